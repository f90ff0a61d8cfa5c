using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings.Rules.Persistence;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.WhatIf;

/// <summary>
/// What if a pool had kept its connections? Its requests come again at the times at which the client wanted them, and
/// take the connection that was used last and is idle, or open one. A request keeps its own service time, and pays for
/// a handshake only where it opens a connection.
/// </summary>
/// <remarks>
/// What it assumes: the server lets connections persist until the idle limit; requests on one connection follow each
/// other; one whose exchange did not end, or that became another protocol, carries no more (RFC 9112 §9.3.2); TLS and slow
/// start are not counted, so that the saving is rather more than what is told. The first requests of a capture are
/// replayed, <see cref="MostRequests"/> at most.
/// </remarks>
public sealed class ReuseReplay
{
    /// <summary>Over all pools: 32 octets each, two mebibytes.</summary>
    public const int MostRequests = 1 << 16;

    /// <summary>Nanoseconds: SocketsHttpHandler's PooledConnectionIdleTimeout since .NET 6.</summary>
    public const long UsualIdleLimit = 60 * Timestamp.NanosecondsPerSecond;

    /// <summary>A pool may have one request or all of them: each page is as long as those before it together, up to this.</summary>
    private const int LongestPage = 1024;
    private const int ShortestPage = 4;

    /// <summary>All full but the last: growing copies nothing.</summary>
    private readonly List<Wanted[]> _pages = [];
    private Wanted[] _last = [];
    private int _usedOfLast;

    /// <summary>Requests that were taken.</summary>
    public int Requests { get; private set; }

    /// <summary>For how long a client may keep an idle connection: as long as it would, but not as long as the server does.</summary>
    /// <param name="server">When the server closes; null where that is not known.</param>
    /// <param name="announced">What the server says: a client that keeps connections for longer is not promised anything.</param>
    /// <param name="most">What the client would keep it for, nanoseconds.</param>
    public static long IdleLimitOf(IdleEstimate? server, AnnouncedTimeout announced, long most)
    {
        var closes = server is null ? most : long.Min(most, IdleMargin.ClientLimit(server.Shortest.Span.Length));
        return announced.IsWait ? long.Min(closes, IdleMargin.ClientLimit(announced.Length)) : closes;
    }

    /// <param name="wanted">When the client began: the SYN of a first request's connection, else the request.</param>
    /// <param name="connect">Nanoseconds of the handshake that it paid for; 0 where it paid for none.</param>
    /// <param name="service">From the request's first octet to the response's last, nanoseconds.</param>
    /// <param name="isLast">No other request can follow it on its connection.</param>
    public void Add(Timestamp wanted, long connect, long service, bool isLast = false)
    {
        if (_usedOfLast == _last.Length)
        {
            _pages.Add(_last = GC.AllocateUninitializedArray<Wanted>(int.Clamp(Requests, ShortestPage, LongestPage)));
            _usedOfLast = 0;
        }

        Requests++;
        _last[_usedOfLast++] = new Wanted(wanted, connect, service, isLast);
    }

    /// <summary>Null where nothing was added.</summary>
    /// <param name="idleLimit">Nanoseconds after which an idle connection is not used again.</param>
    /// <param name="timeWait">Nanoseconds for which a connection that the client drops keeps its port.</param>
    public ReuseOutcome? Run(long idleLimit, long timeWait)
    {
        if (Requests == 0)
        {
            return null;
        }

        // All of both is written before it is read, and so is what is put in order.
        var before = GC.AllocateUninitializedArray<long>(Requests);
        var after = GC.AllocateUninitializedArray<long>(Requests);
        var inOrder = Ordered(before);
        var paid = Paid(inOrder, after);
        var cold = paid.Length;
        var usualConnect = cold == 0 ? 0 : Quantiles.At(paid, cold / 2);
        var idle = new Stack<long>();
        var busy = new PriorityQueue<long, long>();
        var retired = new List<long>();
        var (opened, sum, saved, endBefore, endAfter) = (0, 0L, 0L, 0L, 0L);
        var origin = inOrder[0].At;
        for (var at = 0; at < inOrder.Length; at++)
        {
            var request = inOrder[at];
            var now = request.At.Since(origin);
            while (busy.TryPeek(out var free, out _) && free <= now)
            {
                idle.Push(busy.Dequeue());
            }

            var isWarm = idle.TryPeek(out var since) && now - since <= idleLimit;
            var connect = isWarm ? 0 : request.Connect > 0 ? request.Connect : usualConnect;
            if (isWarm)
            {
                idle.Pop();
            }
            else
            {
                // The one on top was used last: all of them have been idle for too long.
                Retire();
                opened++;
            }

            before[at] = request.Connect + request.Service;
            after[at] = connect + request.Service;
            sum += before[at];
            saved += before[at] - after[at];
            endBefore = long.Max(endBefore, now + before[at]);
            endAfter = long.Max(endAfter, now + after[at]);
            if (request.IsLast)
            {
                retired.Add(now + after[at]);
            }
            else
            {
                busy.Enqueue(now + after[at], now + after[at]);
            }
        }

        // Those that are left close as well, once they have been idle for long enough.
        while (busy.TryDequeue(out var free, out _))
        {
            idle.Push(free);
        }

        Retire();
        return new ReuseOutcome(
            inOrder.Length, opened, saved, Spread(before), Spread(after), sum, endBefore, endAfter, cold,
            MostWithin(retired, timeWait));

        void Retire()
        {
            while (idle.TryPop(out var free))
            {
                retired.Add(free + idleLimit);
            }
        }
    }

    /// <summary>The requests as they were wanted; those of one moment in any order, for more is not known of them.</summary>
    /// <param name="times">Room for as many, which is written over.</param>
    private ReadOnlySpan<Wanted> Ordered(long[] times)
    {
        var requests = GC.AllocateUninitializedArray<Wanted>(Requests);
        var copied = 0;
        foreach (var page in _pages)
        {
            var used = int.Min(page.Length, Requests - copied);
            page.AsSpan(0, used).CopyTo(requests.AsSpan(copied));
            copied += used;
        }

        for (var at = 0; at < requests.Length; at++)
        {
            times[at] = requests[at].At.Nanoseconds;
        }

        Array.Sort(times, requests);
        return requests;
    }

    /// <summary>What handshakes cost.</summary>
    /// <param name="room">For as many as there are requests: the answer is a part of it.</param>
    private static Span<long> Paid(ReadOnlySpan<Wanted> requests, long[] room)
    {
        var count = 0;
        foreach (var request in requests)
        {
            if (request.Connect > 0)
            {
                room[count++] = request.Connect;
            }
        }

        return room.AsSpan(0, count);
    }

    private static int MostWithin(List<long> times, long span)
    {
        times.Sort();
        var most = 0;
        for (var (first, last) = (0, 0); last < times.Count; last++)
        {
            while (times[last] - times[first] >= span)
            {
                first++;
            }

            most = int.Max(most, last - first + 1);
        }

        return most;
    }

    /// <param name="latencies">Their order is lost.</param>
    private static LatencySpread Spread(Span<long> latencies)
    {
        var last = latencies.Length - 1;
        var median = Quantiles.At(latencies, last / 2);
        // Behind the median stands nothing that is less.
        var upper = latencies[(last / 2)..];
        return new LatencySpread(
            median, Quantiles.At(upper, (int)(last * 95L / 100) - (last / 2)), Quantiles.At(upper, last - (last / 2)));
    }

    private readonly record struct Wanted(Timestamp At, long Connect, long Service, bool IsLast);
}

/// <summary>Nanoseconds.</summary>
public readonly record struct LatencySpread(long Median, long Percentile95, long Most);

/// <summary>What the replay came to. Durations are nanoseconds.</summary>
/// <param name="Opened">Connections that it opened.</param>
/// <param name="Saved">Of all latencies together.</param>
/// <param name="Before">Latencies as they were, handshakes included.</param>
/// <param name="SumBefore">All of them together.</param>
/// <param name="EndBefore">From the first request to the end of the last, as it was.</param>
/// <param name="Cold">Requests that had paid for a handshake.</param>
/// <param name="TimeWaits">Ports of connections that it dropped, in TIME-WAIT at once at most.</param>
public sealed record ReuseOutcome(
    int Requests, int Opened, long Saved, LatencySpread Before, LatencySpread After, long SumBefore, long EndBefore, long EndAfter, int Cold,
    int TimeWaits);
