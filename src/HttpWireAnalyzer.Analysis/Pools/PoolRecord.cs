using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>The connections of one client address to one server endpoint. Durations are nanoseconds.</summary>
public sealed record PoolRecord
{
    /// <summary>Counted from 0 in order of the first packet.</summary>
    public required int Id { get; init; }

    public required Address Client { get; init; }

    public required Endpoint Server { get; init; }

    /// <summary>Host values of its requests, in order of their first use: at most <see cref="PoolLimits.HostsOfPool"/>.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    public required bool HasMoreHosts { get; init; }

    /// <summary>Domains of those hosts that the client spread over several names at once: <see cref="ShardedDomain"/>.</summary>
    public required IReadOnlyList<string> ShardedDomains { get; init; }

    public required PacketRef First { get; init; }

    public required PacketRef Last { get; init; }

    public required OccupancyRecord Occupancy { get; init; }

    /// <summary>Most connections open at once from the client to the server's address, all of its ports together.</summary>
    public required int MaxToAddress { get; init; }

    public required PoolConnections Connections { get; init; }

    public required PoolExchanges Exchanges { get; init; }
}

/// <param name="Step">What each part lasts.</param>
/// <param name="Open">The most connections open in each part; the first part begins with the pool's first packet.</param>
/// <param name="Busy">The most busy.</param>
public sealed record PoolTimeLine(long Step, IReadOnlyList<int> Open, IReadOnlyList<int> Busy);

/// <summary>A pool's connections: how they opened and how they closed is counted as they leave.</summary>
public sealed record PoolConnections
{
    public required long Total { get; init; }

    /// <summary>Those that have not left yet, while more comes: none at the end.</summary>
    public required long Present { get; init; }

    /// <summary>Those that carried a request.</summary>
    public required long WithRequests { get; init; }

    /// <summary>Those whose opening was not captured: they count as open from their first packet.</summary>
    public required long Midstream { get; init; }

    /// <summary>Refused, or not answered.</summary>
    public required long NeverOpened { get; init; }

    /// <summary>First FIN by the client.</summary>
    public required long ClosedByClient { get; init; }

    public required long ClosedByServer { get; init; }

    /// <summary>The FINs crossed (RFC 9293 §3.6, figure 13).</summary>
    public required long ClosedByBoth { get; init; }

    /// <summary>A RST, by either end, without a FIN before it.</summary>
    public required long Reset { get; init; }

    /// <summary>Neither FIN nor RST was seen.</summary>
    public required long LeftOpen { get; init; }

    /// <summary>Those that left the client in TIME-WAIT, which no RST ended.</summary>
    public required long ClientTimeWaits { get; init; }

    /// <summary>The same of the server.</summary>
    public required long ServerTimeWaits { get; init; }

    /// <summary>All handshakes together, as far as they were captured whole: SYN to ACK, repeats included.</summary>
    public required long ConnectTime { get; init; }

    /// <summary>From the first packet of a connection to its first FIN or RST, or to its last packet: of those that opened.</summary>
    public required DurationSpread Age { get; init; }
}

/// <summary>A pool's exchanges that have a request, but for those inside tunnels.</summary>
public sealed record PoolExchanges
{
    public required long Total { get; init; }

    /// <summary>The first ones of connections whose opening was captured: they paid for a handshake.</summary>
    public required long Cold { get; init; }

    /// <summary>Those that found their connection open: all others.</summary>
    public required long Reusing { get; init; }

    /// <summary>Of one connection that carried any: the fewest; 0 where none did.</summary>
    public required long FewestOfConnection { get; init; }

    public required long MostOfConnection { get; init; }

    /// <summary>The longest idle time after which a connection carried another request that was answered; -1 without one.</summary>
    public required long MaxIdleBefore { get; init; }

    /// <summary>The request that ended it.</summary>
    public required PacketRef MaxIdleBeforeAt { get; init; }

    /// <summary>Not answered, cut off, or answered with 502, 503 or 504.</summary>
    public required long Failed { get; init; }

    public required long Retries { get; init; }

    /// <summary>Retries of a method that is not idempotent (RFC 9110 §9.2.2).</summary>
    public required long UnsafeRetries { get; init; }

    /// <summary>In 1/<see cref="OccupancyRecord.MeanUnit"/>; -1 where no connection carried any.</summary>
    /// <param name="connections">Those that carried one or more: <see cref="PoolConnections.WithRequests"/>.</param>
    public long MeanOfConnection(long connections) => connections == 0
        ? -1
        : ((Total * OccupancyRecord.MeanUnit) + (connections / 2)) / connections;
}

/// <summary>Durations, nanoseconds; -1 without any.</summary>
/// <param name="Median">To within 3 %.</param>
public readonly record struct DurationSpread(long Min, long Mean, long Median, long Max);

/// <summary>What an account of pools has found.</summary>
/// <param name="Pools">Most connections first; of equal ones, the one that began first.</param>
/// <param name="Sharded">In the order in which they began.</param>
/// <param name="ConnectionsLeftOut">Of pools beyond <see cref="PoolLimits.Pools"/>.</param>
/// <param name="LateTurns">
/// Turns that were reported when later ones were no longer held: each counts from the earliest place that was.
/// </param>
public sealed record PoolReport(
    IReadOnlyList<PoolRecord> Pools, IReadOnlyList<ShardedDomain> Sharded, long ConnectionsLeftOut, long LateTurns)
{
    public long Failed => Pools.Sum(pool => pool.Exchanges.Failed);

    public long Retries => Pools.Sum(pool => pool.Exchanges.Retries);

    public long UnsafeRetries => Pools.Sum(pool => pool.Exchanges.UnsafeRetries);
}
