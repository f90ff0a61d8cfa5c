using System.Buffers.Binary;
using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>Both streams of a WebSocket: when something was sent, who said Close, and how pings fared.</summary>
internal sealed class WebSocketConversation : ISuccessor
{
    private readonly Side _requester;
    private readonly PacketRef _opened;
    private readonly WebSocketReader _client;
    private readonly WebSocketReader _server;
    private readonly WebSocketPings _clientPings;
    private readonly WebSocketPings _serverPings;

    /// <summary>At most one for each rule and side.</summary>
    private readonly List<WebSocketViolation> _violations = [];

    private WebSocketClose? _clientClose;
    private WebSocketClose? _serverClose;
    private Side _closer;
    private PacketRef _firstMessage;
    private Side _firstMessageSender;
    private PacketRef _lastPing;
    private WebSocketSpan _pingGap;
    private PacketRef _lastOctets;
    private PacketRef _clientOctets;
    private PacketRef _serverOctets;
    private PacketRef _quietSince;
    private WebSocketSpan _silence;

    public WebSocketConversation(in ProtocolSwitch change, HttpLimits limits)
    {
        _requester = change.Requester;
        Handshake = WebSocketHandshake.Read(change.Request, change.Response);
        _client = new WebSocketReader(this, _requester, isClient: true, change.RequesterFrom);
        _server = new WebSocketReader(this, _requester.Other(), isClient: false, change.ResponderFrom);
        _clientPings = new WebSocketPings(limits.PingsAwaitingPongs);
        _serverPings = new WebSocketPings(limits.PingsAwaitingPongs);
        _opened = _lastPing = _lastOctets = _quietSince = change.Packet;
        if (change is { Request: { } request, Response: { } response })
        {
            foreach (var rule in WebSocketHandshake.RulesBroken(request, response))
            {
                if (WebSocketHandshake.IsOfClient(rule))
                {
                    Note(rule, _requester, change.RequestTrace.End);
                }
                else
                {
                    Note(rule, _requester.Other(), change.Packet);
                }
            }
        }
    }

    public WebSocketHandshake Handshake { get; }

    private bool IsClosing => _clientClose is not null || _serverClose is not null;

    public void Read(in StreamChunk chunk)
    {
        NoteOctets(chunk.Sender, chunk.Contiguous);
        ReaderOf(chunk.Sender).Read(chunk);
    }

    public void Skip(in StreamGap gap)
    {
        // Something was sent, and nobody knows when.
        _lastOctets = _quietSince = OctetsOf(gap.Sender) = gap.NoticedAt;
        ReaderOf(gap.Sender).Skip(gap);
    }

    public void End(in StreamEnd end) => ReaderOf(end.Sender).End();

    public SuccessorRecord Close(in TcpSummary tcp)
    {
        var isClosed = tcp.Close.HasCloser;
        var isPartial = _client.LostPlace || _server.LostPlace;
        var end = isClosed ? tcp.Close.Packet : tcp.Last;
        var survived = _silence;
        if (!IsClosing)
        {
            _pingGap = Longer(_pingGap, _lastPing, end);
            _silence = Longer(_silence, _quietSince, end);
        }

        var closedInSilence = isClosed && !IsClosing && !isPartial && _lastOctets.Number <= tcp.Close.Packet.Number;
        return new WebSocketRecord
        {
            Client = tcp.Actual(_requester),
            Handshake = Handshake,
            Opened = _opened,
            ClientEnd = Told(_client, _clientPings, _serverOctets, _clientClose),
            ServerEnd = Told(_server, _serverPings, _clientOctets, _serverClose),
            FirstMessage = _firstMessage,
            FirstMessageSender = tcp.Actual(_firstMessageSender),
            PingGap = _pingGap,
            Silence = _silence,
            SilenceSurvived = survived,
            LastOctets = _lastOctets,
            SilenceBeforeClose = closedInSilence ? long.Max(0, tcp.Close.Packet.Time.Since(_lastOctets.Time)) : -1,
            Closer = tcp.Actual(_closer),
            CloseCode = (_closer == _requester ? _clientClose : _serverClose)?.Code
                ?? (isClosed && !isPartial ? WebSocketClose.Abnormal : WebSocketClose.Unknown),
            Violations = ViolationsOf(tcp),
        };
    }

    public void NoteMessage(WebSocketReader reader, PacketRef packet)
    {
        if (_firstMessage.IsNone)
        {
            (_firstMessage, _firstMessageSender) = (packet, reader.Side);
        }
    }

    public void NotePing(WebSocketReader reader, ReadOnlySpan<byte> payload, PacketRef packet)
    {
        (reader.IsClient ? _clientPings : _serverPings).Ping(payload, packet);
        if (!IsClosing)
        {
            _pingGap = Longer(_pingGap, _lastPing, packet);
            _lastPing = packet;
        }
    }

    public void NotePong(WebSocketReader reader, ReadOnlySpan<byte> payload, PacketRef packet) =>
        (reader.IsClient ? _serverPings : _clientPings).Pong(payload, packet);

    /// <param name="isWhole">False where the capture lacks some of the payload.</param>
    public void NoteClose(WebSocketReader reader, ReadOnlySpan<byte> payload, bool isWhole, PacketRef packet)
    {
        ref var known = ref reader.IsClient ? ref _clientClose : ref _serverClose;
        if (known is not null)
        {
            return;
        }

        if (!IsClosing)
        {
            _closer = reader.Side;
            _pingGap = Longer(_pingGap, _lastPing, packet);
        }

        known = isWhole ? ReadClose(reader, payload, packet) : new WebSocketClose(packet, WebSocketClose.Unknown, string.Empty);
    }

    public void Note(WebSocketRule rule, Side side, PacketRef packet)
    {
        var at = _violations.FindIndex(known => known.Rule == rule && known.Sender == side);
        if (at < 0)
        {
            _violations.Add(new WebSocketViolation(rule, side, packet, 1));
        }
        else
        {
            _violations[at] = _violations[at] with { Count = _violations[at].Count + 1 };
        }
    }

    private static WebSocketClose ReadClose(WebSocketReader reader, ReadOnlySpan<byte> payload, PacketRef packet)
    {
        // RFC 6455 §5.5.1: a code of two octets, and then text, or nothing at all.
        if (payload.Length < sizeof(ushort))
        {
            if (!payload.IsEmpty)
            {
                reader.Break(WebSocketRule.CloseCodeCut, packet);
            }

            return new WebSocketClose(packet, WebSocketClose.NoCode, string.Empty);
        }

        int code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!WebSocketClose.MayBeSent(code))
        {
            reader.Break(WebSocketRule.CloseCodeInvalid, packet);
        }

        return new WebSocketClose(packet, code, Encoding.UTF8.GetString(payload[sizeof(ushort)..]));
    }

    private void NoteOctets(Side sender, PacketRef packet)
    {
        if (!IsClosing)
        {
            _silence = Longer(_silence, _quietSince, packet);
        }

        _lastOctets = _quietSince = OctetsOf(sender) = packet;
    }

    private ref PacketRef OctetsOf(Side side) => ref side == _requester ? ref _clientOctets : ref _serverOctets;

    private static WebSocketSpan Longer(WebSocketSpan known, PacketRef from, PacketRef to)
    {
        WebSocketSpan other = new(from, to);
        return known.From.IsNone || other.Nanoseconds > known.Nanoseconds ? other : known;
    }

    /// <param name="heard">The other end's last octets.</param>
    private static WebSocketEnd Told(WebSocketReader reader, WebSocketPings pings, PacketRef heard, WebSocketClose? close) => new()
    {
        Frames = reader.Frames,
        TextFrames = reader.TextFrames,
        BinaryFrames = reader.BinaryFrames,
        Continuations = reader.Continuations,
        Messages = reader.Messages,
        Compressed = reader.Compressed,
        Octets = reader.Octets,
        Pings = pings.Sent,
        Pongs = reader.Pongs,
        PingsAnswered = pings.Answered,
        LongestRoundTrip = pings.LongestRoundTrip,
        PingIntoSilence = pings.FirstWaiting(heard),
        Close = close,
        CutOff = reader.CutOff,
        LostPlace = reader.LostPlace,
    };

    private List<WebSocketViolation> ViolationsOf(in TcpSummary tcp)
    {
        List<WebSocketViolation> violations = new(_violations.Count);
        foreach (var violation in _violations)
        {
            violations.Add(violation with { Sender = tcp.Actual(violation.Sender) });
        }

        return violations;
    }

    private WebSocketReader ReaderOf(Side side) => side == _requester ? _client : _server;
}
