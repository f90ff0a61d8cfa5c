using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Counts what happens on a connection, and keeps the frames that are about all of it.</summary>
internal sealed class Http2Account
{
    private readonly Side _requester;
    private readonly HttpLimits _limits;
    private readonly bool _isUpgraded;
    private readonly bool _isTunnelled;
    private readonly List<Http2GoAway> _goAways = [];
    private readonly List<Http2Event> _events = [];

    /// <summary>The PINGs of each side that wait for their acknowledgments, at most <see cref="HttpLimits.PingsAwaitingPongs"/>.</summary>
    private readonly List<(ulong Opaque, PacketRef At)>[] _waiting = [[], []];
    private readonly int[] _pings = new int[2];

    private PacketRef _preface;
    private Http1Answer? _http1Answer;
    private int _eventsLeftOut;
    private long _concurrentLimit = -1;
    private long _slowestPing = -1;
    private int _streams;
    private int _completed;
    private int _reset;
    private int _refused;
    private int _unfinished;
    private int _pushed;
    private int _maxConcurrent;
    private int _requests;
    private int _responses;
    private PacketRef _lastMessageEnd;
    private Persistence _lastPersistence;
    private HttpAnomalies _anomalies;

    public Http2Account(in ProtocolSwitch change, HttpLimits limits)
    {
        _requester = change.Requester;
        _limits = limits;
        _isUpgraded = change.Response is not null;
        _isTunnelled = change.TunnelDepth > 0;
    }

    public void Note(HttpAnomalies kind) => _anomalies |= kind;

    public void TakePreface(PacketRef at)
    {
        _preface = at;
        Add(new Http2Event(at, _requester, Http2EventKind.Preface, 0, 0, Http2ErrorCode.None));
    }

    public void TakeHttp1Answer(PacketRef at, int status)
    {
        _http1Answer = new Http1Answer(at, status);
        Add(new Http2Event(at, _requester.Other(), Http2EventKind.Http1Answer, 0, status, Http2ErrorCode.None));
    }

    public void TakeSettings(Side sender, PacketRef at, SettingsPayload settings)
    {
        List<(Http2SettingKind, uint)> named = [];
        for (var index = 0; index < settings.Count; index++)
        {
            var (kind, value) = settings[index];
            if (kind == Http2SettingKind.MaxConcurrentStreams && sender != _requester)
            {
                _concurrentLimit = value;
            }

            if (Enum.IsDefined(kind) && named.Count < _limits.NamedSettings)
            {
                named.Add((kind, value));
            }
        }

        Add(new Http2Event(at, sender, Http2EventKind.Settings, 0, 0, Http2ErrorCode.None) { Settings = named });
    }

    public void TakePing(Side sender, PacketRef at, ulong opaque, bool isAcknowledgment)
    {
        if (!isAcknowledgment)
        {
            _pings[(int)sender]++;
            var waiting = _waiting[(int)sender];
            if (waiting.Count == _limits.PingsAwaitingPongs)
            {
                waiting.RemoveAt(0);
            }

            waiting.Add((opaque, at));
            Add(new Http2Event(at, sender, Http2EventKind.Ping, 0, 0, Http2ErrorCode.None));
            return;
        }

        // RFC 9113 §6.7: each is acknowledged, so that of several that are alike the oldest is.
        var asked = _waiting[(int)sender.Other()];
        var place = asked.FindIndex(ping => ping.Opaque == opaque);
        if (place >= 0)
        {
            var took = at.Time.Since(asked[place].At.Time);
            asked.RemoveAt(place);
            _slowestPing = Math.Max(_slowestPing, took);
            Add(new Http2Event(at, sender, Http2EventKind.PingAcknowledged, 0, took, Http2ErrorCode.None));
        }
    }

    /// <summary>A hole may have acknowledgments: a later one that is alike answers another PING.</summary>
    public void LosePings(Side acknowledging) => _waiting[(int)acknowledging.Other()].Clear();

    public void TakeReset(Side sender, PacketRef at, int stream, Http2ErrorCode code) =>
        Add(new Http2Event(at, sender, Http2EventKind.Reset, stream, 0, code));

    public void TakeGoAway(Http2GoAway goAway)
    {
        if (_goAways.Count < _limits.ControlFrames)
        {
            _goAways.Add(goAway);
        }

        Add(new Http2Event(goAway.At, goAway.Sender, Http2EventKind.GoAway, 0, goAway.LastStream, goAway.Error));
    }

    /// <param name="open">It among them.</param>
    public void TakeStream(int open)
    {
        _streams++;
        _maxConcurrent = Math.Max(_maxConcurrent, open);
    }

    public void TakePush() => _pushed++;

    public void TakeEnd(in HttpExchange exchange)
    {
        _completed += exchange.End is ExchangeEnd.Complete or ExchangeEnd.Switched ? 1 : 0;
        _reset += exchange.End == ExchangeEnd.StreamReset ? 1 : 0;
        _refused += exchange.End == ExchangeEnd.Refused ? 1 : 0;
        _unfinished += exchange.End.IsUnfinished() ? 1 : 0;
        _requests += exchange.Request is null || exchange.IsUpgradeAnswer ? 0 : 1;
        _responses += exchange.Response is null ? 0 : 1;
        _anomalies |= exchange.Anomalies;
        NoteMessageEnd(exchange.RequestTrace.End);
        NoteMessageEnd(exchange.ResponseTrace.End);
        _lastPersistence = exchange.Persistence;
    }

    public Http2Record Record(int lastStream) => new()
    {
        Requester = _requester,
        Preface = _preface,
        Http1Answer = _http1Answer,
        IsUpgraded = _isUpgraded,
        IsTunnelled = _isTunnelled,
        Streams = _streams,
        Completed = _completed,
        Reset = _reset,
        Refused = _refused,
        Unfinished = _unfinished,
        Pushed = _pushed,
        MaxConcurrent = _maxConcurrent,
        ConcurrentLimit = _concurrentLimit,
        LastStream = lastStream,
        ClientPings = _pings[(int)Side.Client],
        ServerPings = _pings[(int)Side.Server],
        SlowestPing = _slowestPing,
        GoAways = _goAways,
        Events = _events,
        EventsLeftOut = _eventsLeftOut,
        Requests = _requests,
        Responses = _responses,
        LastMessageEnd = _lastMessageEnd,
        LastPersistence = _lastPersistence,
        Anomalies = _anomalies,
    };

    private void NoteMessageEnd(PacketRef end) => _lastMessageEnd = PacketRef.Later(_lastMessageEnd, end);

    private void Add(Http2Event happened)
    {
        var isPing = happened.Kind is Http2EventKind.Ping or Http2EventKind.PingAcknowledged;
        if (_events.Count < (isPing ? _limits.ControlFrames / 2 : _limits.ControlFrames))
        {
            _events.Add(happened);
        }
        else
        {
            _eventsLeftOut++;
        }
    }
}
