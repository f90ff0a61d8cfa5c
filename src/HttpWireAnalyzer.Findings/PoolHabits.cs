using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>What connection after connection of one pool has shown, for rules that need more than one of them.</summary>
public sealed class PoolHabits
{
    /// <summary>What is asked for together is sent together: who opens a connection so soon did not know of the idle one.</summary>
    private const long Burst = Timestamp.NanosecondsPerSecond / 100;

    /// <summary>Connections that have nothing outstanding and may be used again.</summary>
    private int _idle;
    private Timestamp _lastIdle;

    private readonly int _mostTries;
    private long _roundTripTime;
    private long _roundTrips;
    private List<long>? _tries;

    internal PoolHabits(PoolName name, ServerHabits server, FindingLimits limits)
    {
        Name = name;
        Server = server;
        ClientIdle = new IdleTimeouts(limits);
        _mostTries = limits.IdleSamples;
    }

    public PoolName Name { get; }

    /// <summary>Shared with the pools of other clients.</summary>
    public ServerHabits Server { get; }

    /// <summary>It stands for all pools beyond <see cref="FindingLimits.Pools"/>, which have no habits in common: no rule tells of it.</summary>
    public bool IsRest { get; internal init; }

    /// <summary>When this client closes idle connections to this server.</summary>
    public IdleTimeouts ClientIdle { get; }

    /// <summary>Its client is a server in another pool: what is seen here is a proxy's side to its servers.</summary>
    public bool IsBehindProxy { get; internal set; }

    /// <summary>Its server is a client in another pool: what is seen here is a proxy's side to its clients.</summary>
    public bool IsBeforeProxy { get; internal set; }

    /// <summary>
    /// Each connection says whose it is (PROXY protocol): the client is a proxy, and may use it for that one alone.
    /// </summary>
    public bool IsOneForEach { get; internal set; }

    /// <summary>The longest idle time after which this client tried to use a connection again, answered or not.</summary>
    public IdleSpan LongestTried { get; private set; }

    /// <summary>Requests on connections that had been idle, answered or not, until <see cref="TriesBetween"/> keeps no more.</summary>
    public long Tries { get; private set; }

    /// <summary>Connections that were opened while another had been idle for longer than <see cref="Burst"/>.</summary>
    public long OpenedWhileIdle { get; private set; }

    /// <summary>The first packet of the first of them; none without one.</summary>
    public PacketRef FirstOpenedWhileIdle { get; private set; }

    /// <summary>How many were idle then.</summary>
    public int IdleAtFirst { get; private set; }

    internal void NoteOpening(PacketRef packet)
    {
        if (_idle == 0 || packet.Time.Since(_lastIdle) < Burst)
        {
            return;
        }

        if (OpenedWhileIdle++ == 0)
        {
            (FirstOpenedWhileIdle, IdleAtFirst) = (packet, _idle);
        }
    }

    internal void BecomeIdle(Timestamp time)
    {
        _idle++;
        _lastIdle = time;
    }

    internal void EndIdle() => _idle--;

    /// <summary>The request that was answered last; none before the first.</summary>
    public PacketRef LastAnswered { get; private set; }

    /// <summary>Idle times after which a request met nobody, although nobody had closed: the shortest tell most.</summary>
    internal List<IdleClose> Drops { get; } = [];

    /// <summary>Exchanges that have a request, but for those inside tunnels: as hwa pools counts them.</summary>
    public long Exchanges { get; private set; }

    /// <summary>Of those, the time from request to answer, all together: nanoseconds.</summary>
    public long Latency { get; private set; }

    /// <summary>Those of <see cref="FindingLimits.CommonRemarks"/>, kept or not.</summary>
    internal int CommonRemarks { get; set; }

    /// <summary>Of the handshakes that no repeated segment held up; nanoseconds, 0 without any.</summary>
    public long MeanRoundTrip => _roundTrips == 0 ? 0 : _roundTripTime / _roundTrips;

    /// <summary>Connections of which one direction only was captured.</summary>
    public int OneSided { get; internal set; }

    /// <param name="answered">The request, if it was.</param>
    internal void Spend(long nanoseconds, PacketRef answered)
    {
        Exchanges++;
        Latency += nanoseconds;
        LastAnswered = PacketRef.Later(LastAnswered, answered);
    }

    /// <param name="roundTrip">Nanoseconds; -1 where a connection's handshake does not tell it.</param>
    internal void Open(long roundTrip)
    {
        if (roundTrip >= 0)
        {
            _roundTripTime += roundTrip;
            _roundTrips++;
        }
    }

    /// <summary>Of the <see cref="Tries"/>, those after idle times in these bounds: nanoseconds, half a second and more.</summary>
    public int TriesBetween(long from, long to) => _tries?.Count(idle => idle >= from && idle <= to) ?? 0;

    internal void Try(in IdleSpan span)
    {
        Tries += _tries?.Count == _mostTries ? 0 : 1;
        if (span.Length >= IdleTimeouts.Shortest && (_tries is null || _tries.Count < _mostTries))
        {
            (_tries ??= []).Add(span.Length);
        }

        if (span.Length > LongestTried.Length)
        {
            LongestTried = span;
        }
    }
}

/// <summary>What one server endpoint has shown, to all of its clients.</summary>
public sealed class ServerHabits
{
    internal ServerHabits(FindingLimits limits) => Idle = new IdleTimeouts(limits);

    /// <summary>When it closes idle connections.</summary>
    public IdleTimeouts Idle { get; }

    /// <summary>The Server field of its first response; null where that had none.</summary>
    public string? Software { get; private set; }

    /// <summary>Keep-Alive: timeout of its first response.</summary>
    public AnnouncedTimeout Announced { get; private set; } = AnnouncedTimeout.None;

    private bool _hasAnswered;

    internal void Note(ResponseHead response)
    {
        if (!_hasAnswered)
        {
            (_hasAnswered, Software, Announced) = (true, response.Field("Server"), AnnouncedTimeout.FromSeconds(response.KeepAliveTimeout));
        }
    }
}
