using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What was read: every packet is counted in exactly one of the kinds.</summary>
/// <param name="Octets">Captured octets.</param>
/// <param name="First">The first packet in the file's order; none in an empty capture.</param>
/// <param name="Last">The last one.</param>
/// <param name="Earliest">The earliest time, where the capture runs backwards not the first packet's.</param>
/// <param name="LateSegments">TCP segments that came after their connection had left: no connection counts them.</param>
/// <param name="Evicted">Connections that left while they were open, because a limit was reached.</param>
/// <param name="Interrupted">Reading was stopped from outside: what was read until then is analysed.</param>
public sealed record CaptureTotals(
    PacketKinds Kinds,
    long LateSegments,
    long Evicted,
    long Octets,
    PacketRef First,
    PacketRef Last,
    Timestamp Earliest,
    Timestamp Latest,
    IReadOnlyList<CaptureInterface> Interfaces,
    IReadOnlyList<CaptureRemark> Remarks,
    bool Interrupted)
{
    public long Packets => Kinds.Packets;

    /// <summary>Packets that all interfaces together lost; null where none of them says.</summary>
    public long? Lost => CaptureInterface.LostBy(Interfaces);

    /// <summary>Packets that are older than one before them.</summary>
    public TimeReversals Backwards { get; init; }
}

/// <summary>Packets whose time lies before that of an earlier one, by more than <see cref="Tolerance"/>.</summary>
/// <param name="First">None without any.</param>
/// <param name="Most">The farthest back, nanoseconds.</param>
public readonly record struct TimeReversals(long Count, PacketRef First, long Most)
{
    /// <summary>Queues of a network card are emptied in turn: packets of one moment may be that much out of order.</summary>
    internal const long Tolerance = 1_000_000;

    internal TimeReversals With(PacketRef packet, long back) =>
        new(Count + 1, First.IsNone ? packet : First, long.Max(Most, back));
}

/// <summary>Packets by what decoding made of them.</summary>
/// <param name="Tcp">Frames whose innermost packet is TCP; a fragmented segment counts once.</param>
/// <param name="TcpHeadersCut">Of the undecodable: TCP whose header was not captured whole.</param>
public readonly record struct PacketKinds(
    long Packets, long Tcp, long IcmpErrors, long NotIp, long NotTcp, long FragmentsHeld, long Undecodable,
    long TcpHeadersCut);
