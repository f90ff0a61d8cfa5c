using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>How well TCP did for one end of a finished connection.</summary>
/// <param name="RoundTrips">Of its octets: from the tap to the other end and back.</param>
/// <param name="MostInFlight">Most octets sent and not acknowledged.</param>
/// <param name="InitialOctets">
/// Sent before the first acknowledgment of any of them: at least so much was the initial window (RFC 6928). 0 without
/// octets, and where the beginning was not captured.
/// </param>
/// <param name="WindowClosed">Nanoseconds during which it offered no window.</param>
/// <param name="ProvenSpurious">Retransmissions shown to be needless only by what the receiver said of them later.</param>
/// <param name="Marks">Null where no segment has any.</param>
public readonly record struct EndDiagnosisSummary(
    RoundTripSummary RoundTrips,
    long MostInFlight,
    int InitialOctets,
    int InitialSegments,
    long WindowClosed,
    int ProvenSpurious,
    SegmentCounts? Marks)
{
    internal static EndDiagnosisSummary Of(in EndDiagnosis end, PacketRef last)
    {
        var detail = end.Detail;
        var isClosed = detail is { WindowClosedBy.IsNone: false };
        return new EndDiagnosisSummary(
            Diagnosis.RoundTrips.SummaryOf(end),
            end.MostInFlight,
            end.InitialOctets,
            end.InitialOctets == 0 ? 0 : end.InitialSegments,
            (detail?.WindowClosedTime ?? 0) + (isClosed ? long.Max(0, last.Time.Since(detail!.WindowClosedBy.Time)) : 0),
            detail?.ProvenSpurious ?? 0,
            detail is null ? null : SegmentCounts.Of(detail.Counts));
    }

    public int Of(SegmentMarks mark) => Marks?.Of(mark) ?? 0;
}

/// <summary>Segments of one end by their marks.</summary>
public sealed class SegmentCounts : IEquatable<SegmentCounts>
{
    private readonly MarkCounts _counts;

    private SegmentCounts(in MarkCounts counts) => _counts = counts;

    internal static SegmentCounts? Of(in MarkCounts counts)
    {
        foreach (var count in counts)
        {
            if (count > 0)
            {
                return new SegmentCounts(counts);
            }
        }

        return null;
    }

    public int Of(SegmentMarks mark) => _counts.Of(mark);

    public bool Equals(SegmentCounts? other) => other is not null && Octets().SequenceEqual(other.Octets());

    public override bool Equals(object? obj) => Equals(obj as SegmentCounts);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Octets());
        return hash.ToHashCode();
    }

    private ReadOnlySpan<byte> Octets() => MemoryMarshal.AsBytes(new ReadOnlySpan<MarkCounts>(in _counts));
}
