using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.WhatIf;

/// <summary>Takes the requests of each pool for a <see cref="ReuseReplay"/>.</summary>
/// <param name="mostRequests">Over all pools: those that come first are taken.</param>
public sealed class ReuseAccount(int mostRequests = ReuseReplay.MostRequests)
{
    private readonly Dictionary<PoolName, ReuseReplay> _replays = [];
    private readonly HashSet<PoolName> _bound = [];
    private PoolName _recentName;
    private ReuseReplay? _recent;
    private int _taken;

    /// <summary>Null where the pool has no whole exchange.</summary>
    public ReuseReplay? Of(PoolName pool) => _replays.GetValueOrDefault(pool);

    /// <summary>Its connections are authenticated (NTLM, Negotiate): others may not use them.</summary>
    public bool IsBound(PoolName pool) => _bound.Contains(pool);

    /// <summary>Requests beyond as many as are taken.</summary>
    public long LeftOut { get; private set; }

    public void Add(in PoolName pool, in HttpExchange exchange, in ExchangeTiming timing)
    {
        if (exchange.Request is null || exchange.TunnelDepth > 0 || EndOf(exchange).IsNone || exchange.RequestTrace.Start.IsNone)
        {
            return;
        }

        if (exchange.Response is { Status: 401 or 407 } asks && BindsConnection(asks))
        {
            _bound.Add(pool);
        }

        if (_taken == mostRequests)
        {
            LeftOut++;
        }
        else
        {
            Take(pool, exchange, timing);
        }
    }

    /// <summary>Apart from its caller, which has most requests of a long capture pass.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Take(in PoolName pool, in HttpExchange exchange, in ExchangeTiming timing)
    {
        _taken++;
        var start = exchange.RequestTrace.Start.Time;
        var connect = long.Max(0, timing.Connect);
        ReplayOf(pool).Add(start.Plus(-connect), connect, EndOf(exchange).Time.Since(start), IsLast(exchange));
    }

    /// <summary>What was not answered took a connection as well, until that ended; none where an answer was not captured.</summary>
    private static PacketRef EndOf(in HttpExchange exchange) =>
        exchange.ResponseTrace.End.IsNone && exchange.End.IsUnfinished() ? exchange.EndedBy : exchange.ResponseTrace.End;

    /// <summary>In HTTP/2 a stream that ends leaves the connection to others.</summary>
    private static bool IsLast(in HttpExchange exchange) =>
        exchange.Stream == 0 && (exchange.End.IsUnfinished() || exchange.End == ExchangeEnd.Switched);

    /// <summary>RFC 4559 §6: these schemes authenticate the connection, not the request.</summary>
    private static bool BindsConnection(ResponseHead response) =>
        (response.Field("WWW-Authenticate") ?? response.Field("Proxy-Authenticate")) is { } scheme
        && (scheme.Contains("NTLM", StringComparison.OrdinalIgnoreCase) || scheme.Contains("Negotiate", StringComparison.OrdinalIgnoreCase));

    private ReuseReplay ReplayOf(in PoolName pool)
    {
        if (_recent is not null && _recentName == pool)
        {
            return _recent;
        }

        if (!_replays.TryGetValue(pool, out var replay))
        {
            _replays.Add(pool, replay = new ReuseReplay());
        }

        (_recentName, _recent) = (pool, replay);
        return replay;
    }
}
