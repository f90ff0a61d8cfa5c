using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>Tells a connection's events by hand, as the stages before Analysis would. Times are milliseconds.</summary>
internal sealed class Conversation
{
    private const long Millisecond = 1_000_000;

    /// <summary>2009-11-18T22:37:00Z.</summary>
    private static readonly Timestamp Origin = new(1_258_583_820_000_000_000);

    private readonly ConnectionId _id = new(0, 0);
    private readonly List<HttpExchange> _exchanges = [];
    private readonly List<TcpStateChange> _changes = [];
    private readonly List<TcpRemark> _remarks = [];
    private int _clientLast;
    private readonly PacketRef[] _fins = new PacketRef[2];
    private readonly PacketRef[] _rsts = new PacketRef[2];
    private readonly List<PacketRef> _packets = [];

    public static Endpoint Client { get; } = new(Address.FromIpv4(0x0A000007), 51514);

    public static Endpoint Server { get; } = new(Address.FromIpv4(0x0A000001), 8080);

    public CloseAnatomy Close { get; set; }

    public HttpSummary Http { get; set; }

    public bool Swapped { get; set; }

    /// <summary>The packet that ended the last message, where that is not an exchange's end.</summary>
    public PacketRef LastOctets { get; set; }

    public IReadOnlyList<PacketRef> Packets => _packets;

    /// <summary>A new packet.</summary>
    public PacketRef At(double milliseconds)
    {
        var packet = new PacketRef(_packets.Count + 1, Origin.Plus((long)(milliseconds * Millisecond)));
        _packets.Add(packet);
        return packet;
    }

    public Conversation Handshake()
    {
        Change(Side.Client, TcpState.SynSent, TcpInput.SendSyn, StateBasis.Sent, At(0));
        var synAck = At(0.8);
        Change(Side.Client, TcpState.Established, TcpInput.ReceiveSynAck, StateBasis.Assumed, synAck);
        Change(Side.Server, TcpState.SynReceived, TcpInput.SendSynAck, StateBasis.Sent, synAck);
        var ack = At(0.81);
        Change(Side.Client, TcpState.Established, TcpInput.ReceiveSynAck, StateBasis.Acked, ack);
        Change(Side.Server, TcpState.Established, TcpInput.SynAcknowledged, StateBasis.Assumed, ack);
        return this;
    }

    /// <summary>A request right behind the handshake, whose answer ends in a hole that shows much later.</summary>
    /// <param name="hadBegun">The answer, as soon as the request was there.</param>
    public Conversation AnswerWithoutEnd(bool hadBegun) => Exchange(0.9, 299, exchange => exchange with
    {
        End = ExchangeEnd.ResponseNotCaptured,
        Persistence = default,
        RequestTrace = exchange.RequestTrace with { Start = Packets[2], End = Packets[2] },
        ResponseTrace = exchange.ResponseTrace with
        {
            Start = hadBegun ? Packets[2] : exchange.ResponseTrace.Start,
            Complete = false,
            Rule = BodyRule.None,
        },
    });

    public Conversation Exchange(double requestAt, double responseAt, Func<HttpExchange, HttpExchange>? change = null, string method = "GET", string target = "/cart")
    {
        var request = At(requestAt);
        var response = responseAt < 0 ? default : At(responseAt);
        var ordinal = _exchanges.Count + 1;
        var exchange = new HttpExchange
        {
            Connection = _id,
            Ordinal = ordinal,
            IsCold = ordinal == 1,
            Request = Request(method, target),
            Response = response.IsNone ? null : Response(200),
            Requester = Side.Client,
            RequestTrace = Trace(request, BodyRule.NoBodyInRequest),
            ResponseTrace = response.IsNone ? default : Trace(response, BodyRule.ContentLength),
            InterimResponses = 0,
            FirstInterim = default,
            PipelineDepth = 1,
            Outstanding = 0,
            IdleBefore = ordinal == 1 ? -1 : request.Time.Since(LastEnd()),
            Persistence = response.IsNone
                ? default
                : new Persistence(PersistenceVerdict.Persistent, PersistenceRule.Http11Default),
            End = response.IsNone ? ExchangeEnd.Unanswered : ExchangeEnd.Complete,
            EndedBy = response.IsNone ? request : response,
            Pairing = PairingConfidence.Certain,
            TunnelDepth = 0,
            Anomalies = HttpAnomalies.None,
        };
        _exchanges.Add(change is null ? exchange : change(exchange));
        return this;
    }

    public PacketRef Fin(Side side, double at)
    {
        var packet = At(at);
        _fins[(int)side] = packet;
        Change(side, TcpState.FinWait1, TcpInput.SendFin, StateBasis.Sent, packet);
        Change(side.Other(), TcpState.CloseWait, TcpInput.ReceiveFin, StateBasis.Assumed, packet);
        return packet;
    }

    public PacketRef FinAcknowledged(Side closer, double at)
    {
        var packet = At(at);
        Change(closer, TcpState.FinWait2, TcpInput.FinAcknowledged, StateBasis.Assumed, packet);
        Change(closer.Other(), TcpState.CloseWait, TcpInput.ReceiveFin, StateBasis.Acked, packet);
        return packet;
    }

    public PacketRef Probe(Side side, double at) => Remark(side, TcpRemarkKind.KeepAliveProbe, at);

    public PacketRef ProbeAnswer(Side side, double at) => Remark(side, TcpRemarkKind.KeepAliveAnswer, at);

    /// <summary>The client sent nothing from that packet on.</summary>
    public void ServerIsAloneFrom(int number) => _clientLast = number;

    /// <summary>All requests were in the packet of the first.</summary>
    public void Pipelined()
    {
        var first = _exchanges[0].RequestTrace;
        for (var i = 1; i < _exchanges.Count; i++)
        {
            _exchanges[i] = _exchanges[i] with { RequestTrace = first };
        }
    }

    public PacketRef WindowCloses(Side side, double at) => Remark(side, TcpRemarkKind.ZeroWindow, at);

    public PacketRef AcknowledgesUnseen(Side side, double at) => Remark(side, TcpRemarkKind.AckedUnseen, at);

    /// <summary>A segment with octets that have passed before; where it was not needed, the other end says so.</summary>
    public PacketRef SentAgain(Side side, double at, bool needed = true)
    {
        var packet = At(at);
        _remarks.Add(new TcpRemark(_id, side, TcpRemarkKind.Retransmission, packet, default, 95));
        if (!needed)
        {
            _remarks.Add(new TcpRemark(_id, side, TcpRemarkKind.SpuriousRetransmission, At(at + 20), packet, 95));
        }

        return packet;
    }

    private PacketRef Remark(Side side, TcpRemarkKind kind, double at)
    {
        var packet = At(at);
        _remarks.Add(new TcpRemark(_id, side, kind, packet, default, 0));
        return packet;
    }

    public PacketRef Rst(Side side, double at)
    {
        var packet = At(at);
        _rsts[(int)side] = packet;
        Change(side, TcpState.Closed, TcpInput.SendRst, StateBasis.Sent, packet);
        Change(side.Other(), TcpState.Closed, TcpInput.ReceiveRst, StateBasis.Assumed, packet);
        return packet;
    }

    public Story Tell()
    {
        var collector = new StoryCollector(0);
        Play(new ExchangeTee(collector, new ConnectionRecords(collector)));
        return collector.Story!;
    }

    public ConnectionRecord Record() => Tell().Connection;

    public void Play(IExchangeSink sink)
    {
        sink.OnOpened(new ConnectionOpening(_id, Client, Server, 1, false, _packets[0]));
        foreach (var change in _changes)
        {
            sink.OnStateChange(change);
        }

        foreach (var remark in _remarks)
        {
            sink.OnTcpRemark(remark);
        }

        foreach (var exchange in _exchanges)
        {
            sink.OnExchange(exchange);
        }

        sink.OnClosed(Tcp(), HttpOf());
    }

    public static RequestHead Request(string method, string target) => new()
    {
        Method = method,
        Target = target,
        Host = "app",
        IsIdempotent = method is "GET" or "HEAD" or "PUT" or "DELETE",
        ExpectsContinue = false,
        Version = HttpVersion.Http11,
        Octets = Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: app\r\n\r\n"),
        ContentLength = -1,
        TransferCoding = TransferCoding.None,
        Connection = ConnectionOptions.None,
        KeepAliveTimeout = -1,
        KeepAliveMax = -1,
        Upgrade = null,
        Anomalies = HttpAnomalies.None,
    };

    public static ResponseHead Response(int status, ConnectionOptions options = ConnectionOptions.None) => new()
    {
        Status = status,
        Reason = "OK",
        Version = HttpVersion.Http11,
        Octets = Encoding.Latin1.GetBytes($"HTTP/1.1 {status} OK\r\nContent-Length: 812\r\n\r\n"),
        ContentLength = 812,
        TransferCoding = TransferCoding.None,
        Connection = options,
        KeepAliveTimeout = -1,
        KeepAliveMax = -1,
        Upgrade = null,
        Anomalies = HttpAnomalies.None,
    };

    private static MessageTrace Trace(PacketRef packet, BodyRule rule) => new()
    {
        Start = packet,
        HeadEnd = packet,
        End = packet,
        Rule = rule,
        BodyOctets = rule == BodyRule.ContentLength ? 812 : 0,
        ExpectedBodyOctets = rule == BodyRule.ContentLength ? 812 : -1,
        HeadOffset = 0,
        BodyOffset = 40,
        EndOffset = 852,
        Complete = true,
    };

    private Timestamp LastEnd()
    {
        var last = _exchanges[^1];
        return (last.ResponseTrace.End.IsNone ? last.RequestTrace.End : last.ResponseTrace.End).Time;
    }

    private void Change(Side side, TcpState to, TcpInput input, StateBasis basis, PacketRef packet) =>
        _changes.Add(new TcpStateChange(_id, side, TcpState.Unknown, to, input, basis, packet));

    private HttpSummary HttpOf() => Http with
    {
        Protocol = _exchanges.Count > 0 ? ApplicationProtocol.Http1 : ApplicationProtocol.Unknown,
        Requests = _exchanges.Count,
        Responses = _exchanges.Count(exchange => exchange.Response is not null),
        Unanswered = _exchanges.Count(exchange => exchange.Request is not null && exchange.End.IsUnfinished()),
        MaxPipelineDepth = _exchanges.Select(exchange => exchange.PipelineDepth).DefaultIfEmpty(0).Max(),
        KeepAliveTimeout = Http.KeepAliveTimeout == 0 ? -1 : Http.KeepAliveTimeout,
        KeepAliveMax = Http.KeepAliveMaxMeaning == KeepAliveMaxMeaning.Unknown ? -1 : Http.KeepAliveMax,
        LastMessageEnd = !LastOctets.IsNone ? LastOctets : _exchanges.Count > 0 ? _exchanges[^1].EndedBy : default,
    };

    private TcpSummary Tcp() => new()
    {
        Connection = _id,
        Client = Client,
        Server = Server,
        Swapped = Swapped,
        Encapsulation = Encapsulation.None,
        Incarnation = 1,
        Midstream = false,
        First = _packets[0],
        Last = _packets[^1],
        HandshakeAck = _packets[2],
        Close = Close,
        ClientEnd = End(Side.Client, _packets[0], new EndCounters { Packets = 5, Syns = 1, Delivered = 100, Octets = 100 }),
        ServerEnd = End(Side.Server, _packets[1], new EndCounters { Packets = 4, SynAcks = 1, Delivered = 900, Octets = 900 }),
        ZeekState = ZeekState.SF,
        ZeekHistory = "ShADadFf",
    };

    private EndSummary End(Side side, PacketRef syn, EndCounters counters) => new()
    {
        AcknowledgedUpTo = int.MaxValue,
        State = TcpState.Closed,
        Basis = StateBasis.Sent,
        StateSince = _packets[^1],
        Counters = counters,
        Syn = syn,
        Fin = _fins[(int)side],
        Rst = _rsts[(int)side],
        Last = side == Side.Client && _clientLast > 0 ? _packets[_clientLast - 1] : _packets[^1],
        InitialSequence = 1,
        MaximumSegmentSize = 1460,
        WindowScale = 7,
        Options = EndOptions.Sack | EndOptions.Timestamps,
        TimeToLive = 64,
        RstTimeToLive = 64,
    };
}
