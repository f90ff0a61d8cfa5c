using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>Keeps account of the ports that each client takes for each server endpoint.</summary>
/// <param name="timeWait">Nanoseconds for which a closer keeps its port.</param>
public sealed class PortAccount(long timeWait) : IConnectionSink
{
    private readonly Dictionary<PoolName, PortUse> _uses = [];
    private readonly List<PoolName> _inOrder = [];

    /// <summary>Ports are counted in the order in which connections began, and these are told of in the order in which they end.</summary>
    private readonly NumberedOrder<(PoolName Pool, PortTerm Term)> _order = new(ConnectionRecords.MostWaiting);

    private PoolName _recentName;
    private PortUse? _recent;

    /// <summary>In order of the first connection, after the last one.</summary>
    public IReadOnlyList<PoolName> Pools
    {
        get
        {
            CountWaiting();
            return _inOrder;
        }
    }

    /// <summary>After the last connection.</summary>
    public PortUse? Of(PoolName pool)
    {
        CountWaiting();
        return _uses.GetValueOrDefault(pool);
    }

    /// <summary>After the last connection: the fullest first; of equal ones, the one whose connection began first.</summary>
    public IEnumerable<PortStanding> Standings(PortProfile profile)
    {
        CountWaiting();
        return _inOrder
            .Select(pool => new PortStanding(pool, _uses[pool], PortForecast.Of(_uses[pool], profile.Ports, profile.TimeWait)))
            .OrderByDescending(standing => standing.Forecast.Utilisation);
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
    }

    /// <summary>Of pools beyond <see cref="PoolLimits.Pools"/> nobody tells.</summary>
    public void OnConnection(ConnectionRecord connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        var isKept = tcp.Close.TimeWaitReset.IsNone;
        var term = new PortTerm(
            tcp.Client.Port,
            tcp.First.Time,
            tcp.Last.Time,
            PortTerm.ClosedAt(tcp.Close.How, tcp.ClientEnd.State, tcp.Last.Time),
            isKept && tcp.Close.ClientHoldsTimeWait,
            isKept && tcp.Close.ServerHoldsTimeWait);
        var pool = new PoolName(tcp.Client.Address, tcp.Server);
        if (_order.TryPass(connection.Number, (pool, term)))
        {
            Count(pool, term);
        }

        while (_order.TryNext(out var next))
        {
            Count(next.Pool, next.Term);
        }
    }

    private void CountWaiting()
    {
        while (_order.TryDrain(out var next))
        {
            Count(next.Pool, next.Term);
        }
    }

    private void Count(in PoolName pool, in PortTerm term)
    {
        var use = _recent is not null && _recentName == pool ? _recent : Find(pool);
        use?.Add(term);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PortUse? Find(in PoolName pool)
    {
        if (!_uses.TryGetValue(pool, out var use))
        {
            if (_uses.Count == PoolLimits.Default.Pools)
            {
                return null;
            }

            _uses.Add(pool, use = new PortUse(timeWait));
            _inOrder.Add(pool);
        }

        (_recentName, _recent) = (pool, use);
        return use;
    }
}

/// <summary>How a client stands with its ports to one server.</summary>
public sealed record PortStanding(PoolName Pool, PortUse Use, PortForecast Forecast);
