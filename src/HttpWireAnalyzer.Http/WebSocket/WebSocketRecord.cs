using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>The life of a WebSocket (RFC 6455), from the 101 to the end of the connection.</summary>
public sealed record WebSocketRecord : SuccessorRecord
{
    /// <summary>Which end of the connection, as finally known, is the WebSocket's client: who asked for it.</summary>
    public required Side Client { get; init; }

    public required WebSocketHandshake Handshake { get; init; }

    /// <summary>The packet that completed the 101.</summary>
    public required PacketRef Opened { get; init; }

    public required WebSocketEnd ClientEnd { get; init; }

    public required WebSocketEnd ServerEnd { get; init; }

    /// <summary>The frame with which the first message began; none without messages.</summary>
    public required PacketRef FirstMessage { get; init; }

    /// <summary>Who sent that.</summary>
    public required Side FirstMessageSender { get; init; }

    /// <summary>The longest time without a ping from either end: from the 101, from ping to ping, and to the end.</summary>
    public required WebSocketSpan PingGap { get; init; }

    /// <summary>The longest time in which neither end sent an octet: from the 101 to the Close frames, or to the end.</summary>
    public required WebSocketSpan Silence { get; init; }

    /// <summary>The longest of those times after which something was sent; none where nothing was.</summary>
    public required WebSocketSpan SilenceSurvived { get; init; }

    /// <summary>The packet that brought the last octet of either end.</summary>
    public required PacketRef LastOctets { get; init; }

    /// <summary>From the last octet to the first FIN or RST; -1 where a Close frame came first, or nothing closed it.</summary>
    public required long SilenceBeforeClose { get; init; }

    /// <summary>Who sent the first Close frame; meaningful where <see cref="FirstClose"/> is there.</summary>
    public required Side Closer { get; init; }

    /// <summary>In the order of their first packets.</summary>
    public required IReadOnlyList<WebSocketViolation> Violations { get; init; }

    /// <summary>The first Close frame; null without one.</summary>
    public WebSocketClose? FirstClose => EndOf(Closer).Close;

    /// <summary>
    /// RFC 6455 §7.1.5: the first Close frame's code, 1005 where it has none; 1006 where the connection closed without one;
    /// <see cref="WebSocketClose.Unknown"/> where it is open, or octets are missing that may have held one.
    /// </summary>
    public required int CloseCode { get; init; }

    public long Frames => ClientEnd.Frames + ServerEnd.Frames;

    public long Messages => ClientEnd.Messages + ServerEnd.Messages;

    public long Pings => ClientEnd.Pings + ServerEnd.Pings;

    /// <summary>Pings of either end that the other answered.</summary>
    public long Answered => ClientEnd.PingsAnswered + ServerEnd.PingsAnswered;

    /// <summary>The longest time from a ping to its pong; -1 without one.</summary>
    public long LongestRoundTrip => long.Max(ClientEnd.LongestRoundTrip, ServerEnd.LongestRoundTrip);

    /// <summary>Octets were missing, or made no frames: the counts say less than there was.</summary>
    public bool IsPartial => ClientEnd.LostPlace || ServerEnd.LostPlace;

    /// <summary>
    /// An end had said Close by then: what is said after the first FIN or RST does not tell its sender why. Null where octets
    /// are missing that may have said it.
    /// </summary>
    public bool? SaidCloseBy(PacketRef packet) =>
        FirstClose is { } close && close.Packet.Number <= packet.Number ? true : IsPartial ? null : false;

    public WebSocketEnd EndOf(Side side) => side == Client ? ClientEnd : ServerEnd;
}

/// <summary>A time, and the packets between which it passed.</summary>
public readonly record struct WebSocketSpan(PacketRef From, PacketRef To)
{
    public long Nanoseconds => long.Max(0, To.Time.Since(From.Time));
}

/// <summary>What one end of a WebSocket sent.</summary>
public sealed record WebSocketEnd
{
    /// <summary>Control frames and fragments included.</summary>
    public required long Frames { get; init; }

    /// <summary>Of them, those that begin a message of text.</summary>
    public required long TextFrames { get; init; }

    /// <summary>Of them, those that begin a message of anything else.</summary>
    public required long BinaryFrames { get; init; }

    /// <summary>Of them, those that go on with a message.</summary>
    public required long Continuations { get; init; }

    /// <summary>Whole ones.</summary>
    public required long Messages { get; init; }

    /// <summary>Messages that were compressed (RFC 7692 §6).</summary>
    public required long Compressed { get; init; }

    /// <summary>Of the payload of data frames, as sent.</summary>
    public required long Octets { get; init; }

    public required long Pings { get; init; }

    public required long Pongs { get; init; }

    /// <summary>Its pings that a pong with the same octets answered.</summary>
    public required long PingsAnswered { get; init; }

    /// <summary>The longest time from a ping of this end to its pong; -1 without one.</summary>
    public required long LongestRoundTrip { get; init; }

    /// <summary>
    /// The first of its pings behind which the other end sent nothing any more, no pong (RFC 6455 §5.5.3) and nothing else; none
    /// without one.
    /// </summary>
    public required PacketRef PingIntoSilence { get; init; }

    public required WebSocketClose? Close { get; init; }

    /// <summary>The stream ended within a frame, or within a message that has more than one.</summary>
    public required bool CutOff { get; init; }

    /// <summary>Octets were missing where frames could not be told apart any more, or made none: the rest was not read.</summary>
    public required bool LostPlace { get; init; }
}

/// <summary>A Close frame.</summary>
/// <param name="Packet">The one that completed it.</param>
/// <param name="Code"><see cref="NoCode"/> where the frame has none.</param>
/// <param name="Reason">The text after it, as the sender wrote it; empty without one.</param>
public sealed record WebSocketClose(PacketRef Packet, int Code, string Reason)
{
    /// <summary>The capture lacks it.</summary>
    public const int Unknown = 0;

    public const int Normal = 1000;
    public const int GoingAway = 1001;

    /// <summary>RFC 6455 §7.1.5: a Close frame without a code. Never sent.</summary>
    public const int NoCode = 1005;

    /// <summary>RFC 6455 §7.1.5: no Close frame came. Never sent.</summary>
    public const int Abnormal = 1006;

    /// <summary>
    /// RFC 6455 §7.4.1, §7.4.2: below 3000 only what is registered (IANA, WebSocket Close Code Number Registry), which ends
    /// at 1014 so far; from there to 4999 what libraries and applications want.
    /// </summary>
    public static bool MayBeSent(int code) =>
        code is (>= Normal and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
