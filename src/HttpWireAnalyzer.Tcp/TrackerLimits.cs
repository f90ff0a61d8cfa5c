using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Everything in the tracker that can grow has its limit here; reaching one is reported.</summary>
public sealed record TrackerLimits
{
    public static readonly TrackerLimits Default = new();

    private const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>
    /// Octets that wait behind a hole, for each stream. Linux lets a receive window grow to 6 MiB (tcp_rmem[2]) and
    /// Windows to 16 MiB: more cannot be in flight.
    /// </summary>
    public long StreamQueueOctets { get; init; } = 16 << 20;

    /// <summary>Octets that wait behind holes, over all connections.</summary>
    public long QueueOctets { get; init; } = 256 << 20;

    /// <summary>
    /// Segments of a stream that may arrive after the acknowledgment that proves a hole, before the hole is given up:
    /// captures on several queues swap neighbours, and a late packet is better than a gap.
    /// </summary>
    public int HolePatienceSegments { get; init; } = 64;

    /// <summary>The same in capture time, nanoseconds. A retransmission would have come by then.</summary>
    public long HolePatience { get; init; } = 250_000_000;

    /// <summary>
    /// Nanoseconds of silence after which a closed connection leaves, once <see cref="ClosedKept"/> others have begun.
    /// Retransmissions that still belong to it come by then: RFC 6298 §5.5 doubles the timeout, so that from 200 ms (Linux)
    /// the first five follow each other within 3.2 s, from 1 s (§2.4) the first two within 2 s.
    /// </summary>
    public long ClosedGrace { get; init; } = 4 * Timestamp.NanosecondsPerSecond;

    /// <summary>
    /// Nanoseconds of silence before which none leaves. Where more others begin than <see cref="ClosedKept"/> within
    /// <see cref="ClosedGrace"/>, closed ones leave in proportion sooner, so that those that wait stay in a cache; but by then
    /// the first of the timeouts from 200 ms has passed, and the next would begin the silence anew. Not more than
    /// <see cref="ClosedGrace"/>.
    /// </summary>
    public long LeastClosedGrace
    {
        get => long.Min(field, ClosedGrace);
        init;
    } = 300 * Millisecond;

    /// <summary>
    /// Connections that begin before a closed one leaves, unless it has been silent for
    /// <see cref="ClosedRetention"/>: what comes for it late is then still counted as its. They are counted over the
    /// whole capture, by their SYNs: about a kibibyte each.
    /// </summary>
    public long ClosedKept { get; init; } = 256;

    /// <summary>
    /// Nanoseconds of silence for which a closed connection's number is known, and late segments are counted as its:
    /// RFC 9293 §3.4.2 holds TIME-WAIT for 2 MSL, four minutes.
    /// </summary>
    public long ClosedRetention { get; init; } = 240 * Timestamp.NanosecondsPerSecond;

    /// <summary>
    /// Nanoseconds of capture time after which what is due is looked for: a quarter of <see cref="LeastClosedGrace"/>, so
    /// that what may leave does not stay much longer. Who wants to hear of a close sooner takes less.
    /// </summary>
    public long Tick { get; init; } = 75 * Millisecond;

    /// <summary>
    /// Connections that may be open at once, about a kibibyte each; above it those that were silent longest leave. A
    /// file ends, so that it needs no such limit.
    /// </summary>
    public int MostConnections { get; init; } = int.MaxValue;

    /// <summary>SYNs that may wait for their answer at once, as in a SYN flood; above it the oldest leave.</summary>
    public int MostUnanswered { get; init; } = int.MaxValue;

    /// <summary>Nanoseconds in TIME-WAIT: Linux holds 60 s (TCP_TIMEWAIT_LEN), Windows 120 s, RFC 9293 §3.4.2 four minutes.</summary>
    public long TimeWait { get; init; } = 60 * Timestamp.NanosecondsPerSecond;
}
