using HttpWireAnalyzer.Http.WebSocket;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What a connection was after a 101 to WebSocket.</summary>
internal sealed class WebSocketFields(FieldSet set)
{
    private readonly Field _subprotocol = set.Add("ws.subprotocol", Text, "Sec-WebSocket-Protocol, as the server chose; this and all that begin with ws. are absent where no WebSocket followed");
    private readonly Field _extensions = set.Add("ws.extensions", Text, "Sec-WebSocket-Extensions, as the server answered");
    private readonly Field _frames = set.Add("ws.frames", Number, "Frames of both ends, control frames included");
    private readonly Field _messages = set.Add("ws.messages", Number, "Whole messages of both ends");
    private readonly Field _firstMessage = set.Add("ws.frame.first_message", Number, "The packet in which the first message began");
    private readonly Field _pings = set.Add("ws.ping.count", Number, "Pings of both ends");
    private readonly Field _answered = set.Add("ws.ping.answered", Number, "Pings that a pong answered");
    private readonly Field _pingGap = set.Add("ws.ping.gap", Duration, "Longest time without a ping of either end: from the 101, from ping to ping, and to the first Close frame or the end; absent where octets are missing");
    private readonly Field _roundTrip = set.Add("ws.pong.rtt", Duration, "Longest time from a ping to its pong");
    private readonly Field _idle = set.Add("ws.idle.max", Duration, "Longest time in which neither end sent an octet: from the 101 to the first Close frame or the end");
    private readonly Field _idleClose = set.Add("ws.idle.before_close", Duration, "Last octet of either end to the first FIN or RST, where no Close frame came");
    private readonly Field _code = set.Add("ws.close.code", Number, "Code of the first Close frame; 1005 where it has none, 1006 where the connection ended without one (RFC 6455 §7.1.5)");
    private readonly Field _closer = set.Add("ws.close.by", Words.Sides, "Who sent the first Close frame: client or server");
    private readonly WebSocketEndFields _client = new(set, "client");
    private readonly WebSocketEndFields _server = new(set, "server");
    private readonly Field _partial = set.Add("ws.partial", Flag, "true where octets were missing, or made no frames: the counts say less than there was");
    private readonly Field _violations = set.AddList("ws.violations", Words.WebSocketRules, "Rules of RFC 6455 that an end broke; absent without any");

    public void Write(WebSocketRecord socket, FieldSink sink)
    {
        sink.TextIfAny(_subprotocol, socket.Handshake.Subprotocol);
        sink.TextIfAny(_extensions, socket.Handshake.Extensions);
        sink.Number(_frames, socket.Frames);
        sink.Number(_messages, socket.Messages);
        sink.Packet(_firstMessage, socket.FirstMessage);
        sink.Number(_pings, socket.Pings);
        sink.Number(_answered, socket.Answered);
        sink.DurationIfKnown(_pingGap, socket.IsPartial ? -1 : socket.PingGap.Nanoseconds);
        sink.DurationIfKnown(_roundTrip, socket.LongestRoundTrip);
        sink.Duration(_idle, socket.Silence.Nanoseconds);
        sink.DurationIfKnown(_idleClose, socket.SilenceBeforeClose);
        sink.NumberIfAny(_code, socket.CloseCode);
        if (socket.FirstClose is not null)
        {
            sink.Word(_closer, Words.Sides[(int)socket.Closer]);
        }

        _client.Write(socket.EndOf(Tcp.Side.Client), sink);
        _server.Write(socket.EndOf(Tcp.Side.Server), sink);
        sink.FlagIfSet(_partial, socket.IsPartial);
        if (socket.Violations.Count > 0)
        {
            sink.List(_violations, [.. socket.Violations.Select(violation => violation.Rule).Distinct().Select(rule => Words.WebSocketRules[(int)rule])]);
        }
    }
}

/// <summary>What one end of a connection sent on its WebSocket.</summary>
internal sealed class WebSocketEndFields(FieldSet set, string side)
{
    private readonly Field _frames = set.Add($"ws.{side}.frames", Number, "Frames that it sent");
    private readonly Field _text = set.Add($"ws.{side}.frames.text", Number, "Of them, those that begin a message of text; absent when 0, as are the next two");
    private readonly Field _binary = set.Add($"ws.{side}.frames.binary", Number, "Those that begin a binary message");
    private readonly Field _continuation = set.Add($"ws.{side}.frames.continuation", Number, "Those that go on with a message");
    private readonly Field _messages = set.Add($"ws.{side}.messages", Number, "Whole messages");
    private readonly Field _octets = set.Add($"ws.{side}.octets", Number, "Payload of its data frames, as sent");
    private readonly Field _compressed = set.Add($"ws.{side}.compressed", Number, "Messages that were compressed (RFC 7692); absent when 0");
    private readonly Field _pings = set.Add($"ws.{side}.pings", Number, "Pings");
    private readonly Field _pongs = set.Add($"ws.{side}.pongs", Number, "Pongs, asked for or not");
    private readonly Field _code = set.Add($"ws.{side}.close.code", Number, "Code of its Close frame; 1005 where that has none");
    private readonly Field _reason = set.Add($"ws.{side}.close.reason", Text, "The text in its Close frame");
    private readonly Field _frame = set.Add($"ws.{side}.frame.close", Number, "The packet of its Close frame");

    public void Write(WebSocketEnd end, FieldSink sink)
    {
        sink.Number(_frames, end.Frames);
        sink.NumberIfAny(_text, end.TextFrames);
        sink.NumberIfAny(_binary, end.BinaryFrames);
        sink.NumberIfAny(_continuation, end.Continuations);
        sink.Number(_messages, end.Messages);
        sink.Number(_octets, end.Octets);
        sink.NumberIfAny(_compressed, end.Compressed);
        sink.Number(_pings, end.Pings);
        sink.Number(_pongs, end.Pongs);
        if (end.Close is { } close)
        {
            sink.NumberIfAny(_code, close.Code);
            sink.TextIfAny(_reason, close.Reason.Length > 0 ? close.Reason : null);
            sink.Packet(_frame, close.Packet);
        }
    }
}
