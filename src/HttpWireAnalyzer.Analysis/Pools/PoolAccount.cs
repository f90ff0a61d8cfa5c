using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// Keeps account of how clients use their connections, and passes everything on; a request that repeats a failed one
/// goes on with <see cref="HttpExchange.RetryOf"/>.
/// </summary>
/// <remarks>
/// A connection belongs to the pool of its ends as they were known when it opened; where its requests come from the
/// other end, to that one's pool from its first exchange on.
/// </remarks>
public sealed class PoolAccount : IExchangeSink
{
    private readonly IExchangeSink _next;
    private readonly PoolLimits _limits;
    private readonly Dictionary<PoolKey, int> _places = new(new PoolKey.Comparer());
    private readonly Dictionary<PoolKey, ParallelUse> _toAddresses = new(new PoolKey.Comparer());
    private readonly List<Pool> _pools = [];
    private readonly Turns _turns;
    private readonly Members _members;
    private readonly HostUses _hosts;
    private readonly RetryWatch _retries;
    private int _rest = -1;

    /// <summary>What was asked last: a client opens connection after connection to a server.</summary>
    private PoolKey _recentKey;
    private int _recentPlace = -1;

    public PoolAccount(IExchangeSink next)
        : this(next, PoolLimits.Default)
    {
    }

    public PoolAccount(IExchangeSink next, PoolLimits limits)
    {
        _next = next;
        _limits = limits;
        _hosts = new HostUses(limits);
        _retries = new RetryWatch(limits);
        _turns = new Turns(_pools, _hosts, limits.HeldTurns);
        _members = new Members(_turns);
    }

    public void OnOpened(in ConnectionOpening opening)
    {
        _members.Add(opening, PlaceOf(opening.Client.Address, opening.Server, opening.Packet));
        _next.OnOpened(opening);
    }

    public void OnStateChange(in TcpStateChange change)
    {
        _members.OnStateChange(change);
        _next.OnStateChange(change);
    }

    public uint StateInputs => Members.Inputs | _next.StateInputs;

    public void OnTcpRemark(in TcpRemark remark) => _next.OnTcpRemark(remark);

    public void OnGap(in StreamGap gap) => _next.OnGap(gap);

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
        _members.OnBusy(connection, since);
        _next.OnBusy(connection, since);
    }

    public void OnExchange(in HttpExchange exchange)
    {
        if (exchange.TunnelDepth > 0)
        {
            // RFC 9110 §9.3.6: what a tunnel carries is between others.
            _next.OnExchange(exchange);
            return;
        }

        ref var member = ref _members[exchange.Connection];
        var retry = exchange.Request is { } request && !exchange.IsUpgradeAnswer ? Account(ref member, exchange, request) : null;
        _members.OnExchange(ref member, exchange);
        if (retry is null)
        {
            _next.OnExchange(exchange);
        }
        else
        {
            GiveRetry(exchange, retry);
        }
    }

    public void OnHttpRemark(in HttpRemark remark) => _next.OnHttpRemark(remark);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        ref var member = ref _members[tcp.Connection];
        var place = member.Pool;
        if (tcp.Swapped && !member.Has(MemberFlags.Reversed))
        {
            // A SYN that was captured late, and no request that would have told before.
            place = PlaceOf(tcp.Client.Address, tcp.Server, tcp.First);
        }

        _pools[place].Add(tcp, member.Requests);
        _members.Remove(tcp.Connection);
        _next.OnClosed(tcp, http);
    }

    public void Expect(int slot)
    {
        _members.Prefetch(slot);
        _next.Expect(slot);
    }

    /// <summary>After the last packet.</summary>
    public PoolReport Report()
    {
        _turns.GiveAll();
        return Found(_pools);
    }

    /// <summary>
    /// What has been found so far, while more comes: with the latest turns, as if none came that belongs before them, and
    /// with connections that have not left yet (<see cref="PoolConnections.Present"/>). Sharding shows when its turns are given.
    /// </summary>
    public PoolReport SoFar()
    {
        var uses = _toAddresses.Values.ToDictionary(use => use, use => use.Copy());
        List<Pool> pools = [.. _pools.Select(pool => pool.Copy(uses.GetValueOrDefault(pool.ToAddress) ?? pool.ToAddress.Copy()))];
        foreach (var turn in _turns.Held)
        {
            if (turn.Subject >= 0)
            {
                pools[turn.Subject].Apply(turn);
            }
        }

        _members.CountPresent(pools);
        return Found(pools);
    }

    private PoolReport Found(List<Pool> pools)
    {
        foreach (var pool in pools)
        {
            pool.ToAddress.Settle();
        }

        var sharded = _hosts.Sharded();
        var domains = sharded
            .Select(domain => new ClientName(domain.Client, domain.Domain))
            .ToHashSet(new ClientName.Comparer());
        var records = pools
            .Where((pool, place) => place != _rest && pool.Connections > 0)
            .Select(pool => pool.Record(domain => domains.Contains(new ClientName(pool.Key.Client, domain))))
            .OrderByDescending(pool => pool.Connections.Total)
            .ThenBy(pool => pool.Id);
        return new PoolReport([.. records], sharded, _rest < 0 ? 0 : pools[_rest].Connections, _turns.Late);
    }

    private RetriedExchange? Account(ref Member member, in HttpExchange exchange, RequestHead request)
    {
        if (member.Requests == 0 && exchange.Requester == Side.Server)
        {
            Reverse(ref member, exchange);
        }

        member.Requests++;
        var pool = _pools[member.Pool];
        if (member.Requests == 1 && member.Pool != _rest && request.Host is { } host)
        {
            _members.Name(ref member, _hosts.PlaceOf(pool.Key.Client, host));
        }

        var failure = RetryWatch.FailureOf(exchange);
        pool.Add(exchange, request.Host, failure != ExchangeFailure.None);
        if (member.Pool == _rest)
        {
            return null;
        }

        var retry = _retries.Find(pool.Key.Client, exchange, request);
        if (retry is not null)
        {
            pool.AddRetry(retry.IsUnsafe);
        }

        _retries.Remember(pool.Key.Client, exchange, request, failure, member.ClosedBy(exchange.Requester));

        return retry;
    }

    /// <summary>Apart from its caller, which has room for no second exchange: that would be cleared at every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveRetry(in HttpExchange exchange, RetriedExchange retry) =>
        _next.OnExchange(exchange with { RetryOf = retry });

    private void Reverse(ref Member member, in HttpExchange exchange)
    {
        var key = _pools[member.Pool].Key;
        var server = new Endpoint(key.Client, member.ClientPort);
        _members.Move(ref member, PlaceOf(key.Server.Address, server, member.From), exchange.EndedBy);
    }

    private int PlaceOf(Address client, in Endpoint server, PacketRef first) =>
        _recentPlace >= 0 && _recentKey.Client == client && _recentKey.Server == server
            ? _recentPlace
            : Find(client, server, first);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Find(Address client, in Endpoint server, PacketRef first)
    {
        _recentKey = new PoolKey(client, server);
        _recentPlace = Find(_recentKey, first);
        return _recentPlace;
    }

    private int Find(PoolKey key, PacketRef first)
    {
        if (_places.TryGetValue(key, out var place))
        {
            return place;
        }

        if (_places.Count == _limits.Pools)
        {
            if (_rest < 0)
            {
                _rest = _pools.Count;
                _pools.Add(new Pool(_rest, default, first, new ParallelUse(), _limits));
            }

            return _rest;
        }

        place = _pools.Count;
        var address = key with { Server = key.Server with { Port = 0 } };
        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(_toAddresses, address, out _);
        _pools.Add(new Pool(place, key, first, use ??= new ParallelUse(), _limits));
        _places.Add(key, place);
        return place;
    }
}
