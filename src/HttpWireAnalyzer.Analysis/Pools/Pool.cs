using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>The running sums of one pool.</summary>
internal sealed class Pool(int id, PoolKey key, PacketRef first, ParallelUse toAddress, PoolLimits limits)
{
    private readonly List<string> _hosts = [];
    private ParallelUse _toAddress = toAddress;
    private readonly PacketRef _first = first;
    private Occupancy _occupancy = new(limits.TimeLineParts, first.Time);
    private DurationHistogram _ages;
    private PacketRef _last = first;
    private string? _recentHost;
    private bool _moreHosts;
    private long _connections;
    private long _withRequests;
    private long _midstream;
    private long _neverOpened;
    private long _closedByClient;
    private long _closedByServer;
    private long _closedByBoth;
    private long _reset;
    private long _leftOpen;
    private long _clientTimeWaits;
    private long _serverTimeWaits;
    private long _connectTime;
    private long _exchanges;
    private long _cold;
    private long _fewest;
    private long _most;
    private long _maxIdleBefore = -1;
    private PacketRef _maxIdleBeforeAt;
    private long _failed;
    private long _retries;
    private long _unsafeRetries;

    private long _present;

    public PoolKey Key => key;

    public long Connections => _connections;

    public ParallelUse ToAddress => _toAddress;

    /// <summary>One that goes on without this one.</summary>
    /// <param name="use">What it shares with the copies of other pools.</param>
    public Pool Copy(ParallelUse use)
    {
        var copy = (Pool)MemberwiseClone();
        copy._occupancy = _occupancy.Copy();
        copy._toAddress = use;
        return copy;
    }

    public void Apply(in Turn turn)
    {
        _occupancy.Apply(turn);
        if (turn.Open != 0)
        {
            _toAddress.Apply(turn.At, turn.Open);
        }
    }

    /// <summary>An exchange that has a request and is not inside a tunnel.</summary>
    public void Add(in HttpExchange exchange, string? host, bool hasFailed)
    {
        _exchanges++;
        _failed += hasFailed ? 1 : 0;
        // Without an answer it may have been sent on a connection that was closed already.
        if (exchange.IdleBefore > _maxIdleBefore && exchange.Response is not null)
        {
            _maxIdleBefore = exchange.IdleBefore;
            _maxIdleBeforeAt = exchange.RequestTrace.Start;
        }

        if (host is not null && !string.Equals(host, _recentHost, StringComparison.Ordinal))
        {
            _recentHost = host;
            AddHost(host);
        }
    }

    public void AddRetry(bool isUnsafe)
    {
        _retries++;
        _unsafeRetries += isUnsafe ? 1 : 0;
    }

    /// <summary>A connection has not left yet. How it opened and how it closes is counted when it does.</summary>
    public void AddPresent(in Member member)
    {
        _connections++;
        _present++;
        _last = PacketRef.Later(_last, member.From);
        _leftOpen += member.IsOpen ? 1 : 0;
        AddRequests(member.Requests, member.Has(MemberFlags.Midstream));
    }

    /// <summary>A connection leaves.</summary>
    /// <param name="requests">What it carried, but for those inside a tunnel.</param>
    public void Add(in TcpSummary tcp, int requests)
    {
        _connections++;
        _last = PacketRef.Later(_last, tcp.Last);
        if (tcp.Close.TimeWaitReset.IsNone)
        {
            _clientTimeWaits += tcp.Close.ClientHoldsTimeWait ? 1 : 0;
            _serverTimeWaits += tcp.Close.ServerHoldsTimeWait ? 1 : 0;
        }

        _connectTime += long.Max(0, Handshake.TotalOf(tcp));
        AddRequests(requests, tcp.Midstream);
        if (tcp.Close.NeverOpened)
        {
            _neverOpened++;
            return;
        }

        CountClose(tcp.Close);
        var end = tcp.Close.How == CloseManner.Open ? tcp.Last : tcp.Close.Packet;
        _ages.Add(end.Time.Since(tcp.First.Time));
    }

    public PoolRecord Record(Func<string, bool> isSharded) => new()
    {
        Id = id,
        Client = key.Client,
        Server = key.Server,
        Hosts = [.. _hosts],
        HasMoreHosts = _moreHosts,
        ShardedDomains =
        [
            .. _hosts.Select(host => RegistrableDomain.Of(RegistrableDomain.NameOf(host))).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase).Where(isSharded),
        ],
        First = _first,
        Last = _last,
        Occupancy = _occupancy.Until(_last),
        MaxToAddress = _toAddress.Max,
        Connections = ConnectionsRecord(),
        Exchanges = ExchangesRecord(),
    };

    private PoolConnections ConnectionsRecord() => new()
    {
        Total = _connections,
        Present = _present,
        WithRequests = _withRequests,
        Midstream = _midstream,
        NeverOpened = _neverOpened,
        ClosedByClient = _closedByClient,
        ClosedByServer = _closedByServer,
        ClosedByBoth = _closedByBoth,
        Reset = _reset,
        LeftOpen = _leftOpen,
        ClientTimeWaits = _clientTimeWaits,
        ServerTimeWaits = _serverTimeWaits,
        ConnectTime = _connectTime,
        Age = new DurationSpread(_ages.Min, _ages.Mean, _ages.Median(), _ages.Max),
    };

    private PoolExchanges ExchangesRecord() => new()
    {
        Total = _exchanges,
        Cold = _cold,
        Reusing = _exchanges - _cold,
        FewestOfConnection = _fewest,
        MostOfConnection = _most,
        MaxIdleBefore = _maxIdleBefore,
        MaxIdleBeforeAt = _maxIdleBeforeAt,
        Failed = _failed,
        Retries = _retries,
        UnsafeRetries = _unsafeRetries,
    };

    private void AddRequests(int requests, bool isMidstream)
    {
        _midstream += isMidstream ? 1 : 0;
        if (requests > 0)
        {
            _withRequests++;
            _cold += isMidstream ? 0 : 1;
            _fewest = _fewest == 0 ? requests : long.Min(_fewest, requests);
            _most = long.Max(_most, requests);
        }
    }

    private void CountClose(in CloseAnatomy close)
    {
        switch (close.How)
        {
            case CloseManner.Open:
                _leftOpen++;
                break;
            case CloseManner.Reset:
                _reset++;
                break;
            case CloseManner.SimultaneousFin:
                _closedByBoth++;
                break;
            default:
                _closedByClient += close.First == Side.Client ? 1 : 0;
                _closedByServer += close.First == Side.Server ? 1 : 0;
                break;
        }
    }

    private void AddHost(string host)
    {
        if (host.Length > limits.HostOctets || _hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        if (_hosts.Count < limits.HostsOfPool)
        {
            _hosts.Add(host);
        }
        else
        {
            _moreHosts = true;
        }
    }
}

/// <summary>Connections open from one client to one server address, over all ports: browsers limit them for each host.</summary>
internal sealed class ParallelUse
{
    private int _open;
    private PacketRef _at;

    /// <summary>One that goes on without this one.</summary>
    public ParallelUse Copy() => (ParallelUse)MemberwiseClone();

    /// <summary>The most at once: what holds after all of a packet's turns counts.</summary>
    public int Max { get; private set; }

    public void Apply(PacketRef at, int open)
    {
        if (at.Number != _at.Number)
        {
            Settle();
            _at = at;
        }

        _open += open;
    }

    public void Settle() => Max = int.Max(Max, _open);
}
