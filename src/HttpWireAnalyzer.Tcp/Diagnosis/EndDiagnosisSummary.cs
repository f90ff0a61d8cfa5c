using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>How well TCP did for one end of a finished connection.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct EndDiagnosisSummary
{
    /// <summary>Of its octets: from the tap to the other end and back.</summary>
    public RoundTripSummary RoundTrips;

    /// <inheritdoc cref="EndDiagnosis.MostInFlight"/>
    public long MostInFlight;

    /// <summary>
    /// Sent before the first acknowledgment of any of them: at least so much was the initial window (RFC 6928). 0
    /// without octets, and where the beginning was not captured.
    /// </summary>
    public int InitialOctets;

    public int InitialSegments;

    /// <summary>Nanoseconds during which it offered no window.</summary>
    public long WindowClosed;

    /// <summary>Retransmissions shown to be needless only by what the receiver said of them later.</summary>
    public int ProvenSpurious;

    /// <summary>Retransmissions of its SYN, with ACK or without.</summary>
    public int RepeatedSyns;

    /// <summary>Null where there were none.</summary>
    public EndTroubles? Troubles;

    /// <inheritdoc cref="EndTroubles.Marks"/>
    public readonly SegmentCounts? Marks => Troubles?.Marks;

    /// <inheritdoc cref="EndTroubles.SlowRestarts"/>
    public readonly SlowRestartSummary? SlowRestarts => Troubles?.SlowRestarts;

    /// <inheritdoc cref="EndTroubles.Stuck"/>
    public readonly StuckSegment? Stuck => Troubles?.Stuck;

    /// <inheritdoc cref="EndTroubles.SmallSegments"/>
    public readonly SmallSegmentRun SmallSegments => Troubles?.SmallSegments ?? default;

    public readonly int Of(SegmentMarks mark) => Marks?.Of(mark) ?? 0;

    /// <inheritdoc cref="MarkedFirsts"/>
    public readonly PacketRef FirstOf(SegmentMarks mark) => Marks?.FirstOf(mark) ?? default;

    /// <param name="last">The last segment of the connection.</param>
    /// <param name="portsReused">As in <see cref="EndFlags.PortsReused"/>.</param>
    internal void Take(in EndDiagnosis end, PacketRef last, bool portsReused)
    {
        Diagnosis.RoundTrips.Summarise(end, ref RoundTrips);
        MostInFlight = end.MostInFlight;
        InitialOctets = end.InitialOctets;
        InitialSegments = InitialOctets == 0 ? 0 : end.InitialSegments;
        WindowClosed = 0;
        ProvenSpurious = 0;
        RepeatedSyns = 0;
        if (end.Detail is { } detail)
        {
            TakeDetail(end, detail, last, portsReused);
        }
        else if (portsReused || Troubles is not null)
        {
            Troubles = portsReused ? EndTroubles.OfReusedPorts : null;
        }
    }

    /// <summary>Apart from its caller: few ends have any.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeDetail(in EndDiagnosis end, StreamDiagnosis detail, PacketRef last, bool portsReused)
    {
        var closedBy = detail.WindowClosedBy;
        WindowClosed = detail.WindowClosedTime + (closedBy.IsNone ? 0 : long.Max(0, last.Time.Since(closedBy.Time)));
        ProvenSpurious = detail.ProvenSpurious;
        RepeatedSyns = detail.RepeatedSyns;
        Troubles = EndTroubles.Of(
            SegmentCounts.Of(detail.Counts, detail.Firsts, portsReused),
            detail.Restarts?.Summarise(end.Next),
            detail.Stuck,
            detail.Small?.Longest ?? default);
    }
}

/// <summary>What few ends have, in one place: a summary is copied for each connection, and references make that dear.</summary>
/// <param name="Marks">Null where no segment has any.</param>
/// <param name="SlowRestarts">Null where the end began slowly after no idleness.</param>
/// <param name="Stuck">Null where every segment came through in the end.</param>
/// <param name="SmallSegments">Its count of segments is 0 without one.</param>
public sealed record EndTroubles(
    SegmentCounts? Marks, SlowRestartSummary? SlowRestarts, StuckSegment? Stuck, SmallSegmentRun SmallSegments)
{
    /// <inheritdoc cref="SegmentCounts.OfReusedPorts"/>
    internal static readonly EndTroubles OfReusedPorts = new(SegmentCounts.OfReusedPorts, null, null, default);

    /// <summary>Null where there are none.</summary>
    internal static EndTroubles? Of(
        SegmentCounts? marks, SlowRestartSummary? slowRestarts, StuckSegment? stuck, in SmallSegmentRun small) =>
        marks is null && slowRestarts is null && stuck is null && small.Segments == 0
            ? null
            : new EndTroubles(marks, slowRestarts, stuck, small);
}

/// <summary>Segments of one end by their marks.</summary>
public sealed class SegmentCounts : IEquatable<SegmentCounts>
{
    /// <summary>A SYN on a 4-tuple that a connection had before, and nothing else.</summary>
    internal static readonly SegmentCounts OfReusedPorts = Of(default, default, portsReused: true)!;

    private readonly MarkCounts _counts;
    private readonly MarkedFirsts _firsts;

    private SegmentCounts(in MarkCounts counts, in MarkedFirsts firsts)
    {
        _counts = counts;
        _firsts = firsts;
    }

    /// <summary>Null where there is nothing to count.</summary>
    internal static SegmentCounts? Of(MarkCounts counts, in MarkedFirsts firsts, bool portsReused)
    {
        if (portsReused)
        {
            counts.Add(SegmentMarks.ReusedPorts);
        }

        foreach (var count in counts)
        {
            if (count > 0)
            {
                return new SegmentCounts(counts, firsts);
            }
        }

        return null;
    }

    public int Of(SegmentMarks mark) => _counts.Of(mark);

    public PacketRef FirstOf(SegmentMarks mark) => _firsts.Of(mark);

    /// <summary>More than that its ports were used before, which a load generator has on every connection.</summary>
    public bool IsTrouble => !ReferenceEquals(this, OfReusedPorts);

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
