using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// Leads what the analysis says before the rules. It stands behind the <see cref="PoolAccount"/>, which tells which
/// exchange repeats which.
/// </summary>
/// <remarks>Memory: a cache line for each open connection, a <see cref="Trail"/> for the few that have one, and habits of pools.</remarks>
public sealed class FindingsLine : IExchangeSink, IConnectionSink
{
    /// <summary>Trails that are kept for others: a few kibibytes each, where exchange after exchange went wrong.</summary>
    private const int MostFreeTrails = 64;

    /// <summary>What ends a connection's idleness, but for a request.</summary>
    private const uint Ending = 1u << (int)TcpInput.SendFin | 1u << (int)TcpInput.SendRst;

    private readonly Stack<Trail> _freeTrails = new();
    private readonly ConnectionRecords _records;
    private readonly FindingLimits _limits;
    private readonly IConnectionSink? _next;
    private readonly IReadOnlyList<Rule> _rules;
    private readonly RulesByTraits _ofExchanges;
    private readonly RulesByTraits _ofConnections;
    private readonly RulesByTraits _ofRemarks;
    private readonly FindingList _findings;
    private readonly SlotArray<Attention> _open = new();
    private readonly ConnectionCase _case = new();
    private readonly Dictionary<PoolName, PoolHabits> _pools = [];

    /// <summary>By pools without a client.</summary>
    private readonly Dictionary<PoolName, ServerHabits> _servers = [];

    private readonly List<PoolHabits> _inOrder = [];
    private readonly ProxyAddresses _proxies = new();
    private PoolHabits? _rest;

    /// <summary>An end acknowledged octets that the capture has not: it lost packets, whatever it counts.</summary>
    private bool _missedPackets;
    private PoolHabits? _recent;

    public FindingsLine(IReadOnlyList<Rule> rules)
        : this(rules, FindingLimits.Default)
    {
    }

    /// <param name="next">Is given exchanges and connections as they end, after the rules; null where nobody wants them.</param>
    /// <param name="alarm">Told of each finding as it is made; null where nobody waits for it.</param>
    public FindingsLine(
        IReadOnlyList<Rule> rules, FindingLimits limits, IConnectionSink? next = null, IFindingAlarm? alarm = null)
    {
        _next = next;
        _limits = limits;
        _findings = new FindingList(limits, alarm, _case);
        _records = new ConnectionRecords(this, mostWaiting: 0);
        _rules = rules;
        _ofExchanges = new RulesByTraits([.. rules.Select(rule => ((uint)rule.Exchanges, rule))], (uint)ExchangeTraits.Stream);
        _ofConnections = new RulesByTraits([.. rules.Select(rule => ((uint)rule.Connections, rule))], (uint)ConnectionTraits.Streams);
        _ofRemarks = new RulesByTraits([.. rules.Select(rule => (rule.Remarks, rule))], streams: 0);
    }

    public void OnOpened(in ConnectionOpening opening)
    {
        var pool = HabitsOf(opening.Client.Address, opening.Server);
        pool.NoteOpening(opening.Packet);
        ref var open = ref _open.Reach(opening.Connection.Slot);
        open.Pool = pool;
        open.IsMidstream = opening.Midstream;
        _records.OnOpened(opening);
    }

    public void OnStateChange(in TcpStateChange change)
    {
        if ((Ending >> (int)change.Input & 1) != 0)
        {
            _open[change.Connection.Slot].EndIdle();
        }

        _records.OnStateChange(change);
    }

    public uint StateInputs => Ending | _records.StateInputs;

    public void OnTcpRemark(in TcpRemark remark)
    {
        if (Trail.Keeps(remark) || (Trail.IsCommon(remark) && _open[remark.Connection.Slot].Pool.CommonRemarks++ < _limits.CommonRemarks))
        {
            TrailOf(remark.Connection).Add(remark, _limits);
        }

        foreach (var rule in _ofRemarks.For(1u << (int)remark.Kind))
        {
            rule.OnRemark(remark, _findings);
        }

        _records.OnTcpRemark(remark);
    }

    public void OnGap(in StreamGap gap)
    {
        TrailOf(gap.Connection).Add(gap, _limits);
        _records.OnGap(gap);
    }

    public void OnBusy(ConnectionId connection, PacketRef since) => _open[connection.Slot].EndIdle();

    public void OnExchange(in HttpExchange exchange) => _records.OnExchange(exchange);

    public void OnHttpRemark(in HttpRemark remark) =>
        TrailOf(remark.Connection).Add(remark, _open[remark.Connection.Slot].LastWhole, _limits);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http) => _records.OnClosed(tcp, http);

    public void Expect(int slot)
    {
        _open.Prefetch(slot);
        _records.Expect(slot);
    }

    void IConnectionSink.OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        ref var open = ref _open[exchange.Connection.Slot];
        var traits = Traits.Of(exchange, timing);
        traits |= open.Pool.IsBehindProxy || open.Pool.IsBeforeProxy ? ExchangeTraits.Proxied : 0;
        if ((traits & (ExchangeTraits.NotComplete | ExchangeTraits.Retry | ExchangeTraits.Anomalous)) != 0)
        {
            (open.Trail ??= BeginTrail()).Add(exchange, _limits);
        }

        if (exchange.TunnelDepth == 0)
        {
            if ((traits & ExchangeTraits.AfterIdle) != 0)
            {
                IdleNotes.OfRequest(exchange, open.Pool, open.LastWhole);
            }

            if (exchange.Response is { } answer)
            {
                open.Pool.Server.Note(answer);
            }

            if (exchange is { Request: not null, IsUpgradeAnswer: false })
            {
                open.Pool.Spend(timing.Total, exchange.End == ExchangeEnd.Complete ? exchange.RequestTrace.Start : default);
            }
        }

        traits |= open.LastRequest is { IsIdempotent: false } ? ExchangeTraits.NotIdempotent : 0;
        traits |= open.Promise > 0 && exchange.IdleBefore > open.Promise * Timestamp.NanosecondsPerSecond ? ExchangeTraits.AfterPromise : 0;
        var before = new ExchangeCase(in exchange, in timing, in open, ends);
        foreach (var rule in _ofExchanges.For((uint)traits))
        {
            rule.OnExchange(before, _findings);
        }

        if (!ReferenceEquals(open.LastRequest, exchange.Request))
        {
            open.LastRequest = exchange.Request;
        }

        if ((traits & ExchangeTraits.KeepAlivePromise) != 0 && exchange.Response!.KeepAliveTimeout >= 0)
        {
            open.Promise = (int)long.Min(int.MaxValue, exchange.Response.KeepAliveTimeout);
        }

        if (exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose)
        {
            open.LastWhole = exchange.ResponseTrace.End;
            if (exchange is { Outstanding: 0, Persistence.Verdict: PersistenceVerdict.Persistent })
            {
                open.BecomeIdle(open.LastWhole.Time);
            }
        }

        _next?.OnExchange(exchange, ends, timing);
    }

    void IConnectionSink.OnConnection(ConnectionRecord connection)
    {
        ref var open = ref _open[connection.Tcp.Connection.Slot];
        open.EndIdle();
        if (connection.Tcp.Swapped)
        {
            open.Pool = HabitsOf(connection.Tcp.Client.Address, connection.Tcp.Server);
        }

        IdleNotes.OfEnd(connection, open);
        open.Pool.Open(connection.Handshake.RoundTrip);
        open.Pool.IsOneForEach |= (connection.Http.Anomalies & HttpAnomalies.ProxyHeader) != 0;
        var traits = Traits.Of(connection, open.Trail);
        open.Pool.OneSided += (traits & ConnectionTraits.OneDirection) == 0 ? 0 : 1;
        _missedPackets |= Traits.IsMissing(connection, open.Trail);
        _case.Take(connection, open);
        _findings.Begin();
        foreach (var rule in _ofConnections.For((uint)traits))
        {
            rule.OnConnection(_case, _findings);
        }

        _findings.End();
        if (open.Trail is { } trail)
        {
            End(trail);
        }

        open = default;
        _next?.OnConnection(connection);
    }

    /// <summary>
    /// While packets still come: what has been found, in that order. What rules say of the whole capture is missing, and
    /// what rests on silence is taken for whole.
    /// </summary>
    public FindingReport SoFar() => new(_findings.SoFar(), _findings.LeftOut, _findings.Withheld);

    /// <summary>After the last packet.</summary>
    public FindingReport Conclude(CaptureTotals totals, PoolReport pools)
    {
        var capture = new CaptureCase(totals, pools, _inOrder);
        foreach (var rule in _rules)
        {
            rule.Conclude(capture, _findings);
        }

        var settled = _findings.Settle(lostPackets: _missedPackets || LostPackets(totals));
        return new FindingReport(settled, _findings.LeftOut, _findings.Withheld) { NotTold = _findings.NotTold };
    }

    /// <summary>For how long the pool's client may keep an idle connection, as far as is known of the server so far; nanoseconds.</summary>
    public long IdleLimitOf(PoolName pool) => _pools.GetValueOrDefault(pool)?.Server is { } server
        ? ReuseReplay.IdleLimitOf(server.Idle.Estimate(), server.Announced, ReuseReplay.UsualIdleLimit)
        : ReuseReplay.UsualIdleLimit;

    private static bool LostPackets(CaptureTotals totals) =>
        totals.Interfaces.Any(port => port.Dropped > 0) || totals.Remarks.Any(remark => remark.Kind == CaptureRemarkKind.Lost);

    private Trail TrailOf(ConnectionId connection) => _open[connection.Slot].Trail ??= BeginTrail();

    private Trail BeginTrail() => _freeTrails.TryPop(out var free) ? free : new Trail();

    private void End(Trail trail)
    {
        if (_freeTrails.Count < MostFreeTrails)
        {
            trail.Clear();
            _freeTrails.Push(trail);
        }
    }

    private PoolHabits HabitsOf(Address client, in Endpoint server) =>
        _recent is { } recent && recent.Name.Client == client && recent.Name.Server == server
            ? recent
            : Find(client, server);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PoolHabits Find(Address client, in Endpoint server)
    {
        var name = new PoolName(client, server);
        if (!_pools.TryGetValue(name, out var habits))
        {
            habits = Begin(name);
        }

        _recent = habits;
        return habits;
    }

    private PoolHabits Begin(in PoolName name)
    {
        if (_pools.Count == _limits.Pools)
        {
            return _rest ??= new PoolHabits(default, new ServerHabits(_limits), _limits) { IsRest = true };
        }

        ref var server = ref CollectionsMarshal.GetValueRefOrAddDefault(_servers, name.OfAnyClient, out _);
        server ??= new ServerHabits(_limits);
        var habits = new PoolHabits(name, server, _limits);
        _pools.Add(name, habits);
        _inOrder.Add(habits);
        _proxies.Add(habits);
        return habits;
    }
}
