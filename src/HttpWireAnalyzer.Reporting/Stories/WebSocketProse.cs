using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The life of a WebSocket in English.</summary>
internal static class WebSocketProse
{
    /// <summary>For a line of the course.</summary>
    public static string Of(WebSocketCloseSent sent) =>
        "Close " + CodeOf(sent.Close) + ReasonOf(sent.Close) + (sent.IsAnswer ? "  answers the other" : "");

    public static string Of(WebSocketSpoken spoken)
    {
        var socket = spoken.Socket;
        var text = new StringBuilder("The handshake agreed on ").Append(Agreed(socket.Handshake)).Append(". ");
        if (socket.FirstMessage.IsNone)
        {
            text.Append("No message was sent");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"The client sent {Messages(socket.EndOf(Side.Client))}, the server {Messages(socket.EndOf(Side.Server))}; ");
            text.Append(CultureInfo.InvariantCulture, $"the first began in {Frame(socket.FirstMessage)}, from {Name(socket.FirstMessageSender)}");
        }

        return text.Append(socket.IsPartial ? ", as far as octets were captured that make frames." : ".").ToString();
    }

    public static string Of(WebSocketKeptAlive kept)
    {
        var socket = kept.Socket;
        var silence = $"The longest silence was {Quantity.Duration(socket.Silence.Nanoseconds)} ({Between(socket.Silence)}).";
        if (socket.Pings == 0)
        {
            return $"{(socket.IsPartial ? "No ping was seen" : "Nobody pinged")}. {silence}";
        }

        var who = socket.ClientEnd.Pings > 0 && socket.ServerEnd.Pings > 0 ? "Both ends"
            : Capital(Name(socket.ClientEnd.Pings > 0 ? socket.Client : socket.Client.Other()));
        var answered = socket.Answered == 0 ? "nobody answered"
            : Answered(socket) + $", after {Quantity.Duration(socket.LongestRoundTrip)}{(socket.Answered == 1 ? "" : " at most")}";
        var often = socket.Pings == 1 ? "once" : $"{Quantity.Count(socket.Pings)} times";
        return $"{who} pinged {often}; {answered}. "
            + $"The longest time without a ping was {Quantity.Duration(socket.PingGap.Nanoseconds)} ({Between(socket.PingGap)}). {silence}";
    }

    public static string Of(WebSocketEnded ended)
    {
        var socket = ended.Socket;
        if (socket.FirstClose is { } close)
        {
            var answer = socket.EndOf(socket.Closer.Other()).Close;
            return $"{Capital(Name(socket.Closer))} said Close {CodeOf(close)}{ReasonOf(close)} in {Frame(close.Packet)}; {Name(socket.Closer.Other())} "
                + (answer is null ? "sent no Close frame of its own." : $"answered Close {CodeOf(answer)}{ReasonOf(answer)} in {Frame(answer.Packet)}.");
        }

        return ended.IsOpen ? "No Close frame was sent as far as the capture goes."
            : socket.IsPartial ? "No Close frame was seen, and octets are missing that may have held one."
            : "No Close frame was sent, for which programs report code 1006"
                + (socket.SilenceBeforeClose < 0 ? "." : $": the connection ended {Quantity.Duration(socket.SilenceBeforeClose)} after its last octets ({Frame(socket.LastOctets)}).");
    }

    public static string Of(WebSocketRulesBroken broken) => "Against RFC 6455: " + string.Join(
        "; ",
        broken.Socket.Violations.Select(violation => $"{Name(violation.Sender)} {What(violation.Rule)} ({Frame(violation.First)}"
            + (violation.Count > 1 ? $", {Quantity.Count(violation.Count)} times)" : ")"))) + ".";

    private static string Answered(WebSocketRecord socket) => (socket.Answered == socket.Pings, socket.Answered) switch
    {
        (true, 1) => "it was answered",
        (true, _) => "each was answered",
        (false, 1) => "one of them was answered",
        (false, var answered) => $"{Quantity.Count(answered)} of them were answered",
    };

    private static string Between(WebSocketSpan span) => $"{Frame(span.From)} to {Frame(span.To)}";

    private static string Agreed(WebSocketHandshake handshake) => (handshake.Subprotocol, handshake.Extensions) switch
    {
        (null, null) => "no subprotocol and no extension",
        ({ } subprotocol, null) => $"the subprotocol {Quoted(subprotocol)} and no extension",
        (null, { } extensions) => $"no subprotocol, and on {Quoted(extensions)}",
        ({ } subprotocol, { } extensions) => $"the subprotocol {Quoted(subprotocol)} and on {Quoted(extensions)}",
    };

    private static string Messages(WebSocketEnd end) => end.Messages == 0 && end.Octets == 0 ? "no message"
        : $"{Quantity.Count(end.Messages, "message", "messages")} of {Quantity.Octets(end.Octets)}"
            + (end.Compressed > 0 ? " (compressed)" : "") + (end.CutOff ? " and a part of another" : "");

    private static string ReasonOf(WebSocketClose close) => close.Reason.Length == 0 ? "" : $" \"{Quoted(close.Reason)}\"";

    // RFC 6455 §7.4.1; 1012 to 1014: IANA, WebSocket Close Code Number Registry.
    private static string CodeOf(WebSocketClose close) => close.Code switch
    {
        WebSocketClose.Unknown => "with a code that was not captured",
        WebSocketClose.NoCode => "without a code",
        WebSocketClose.Normal => "1000 (normal)",
        WebSocketClose.GoingAway => "1001 (going away)",
        1002 => "1002 (protocol error)",
        1003 => "1003 (data not accepted)",
        1007 => "1007 (data not consistent)",
        1008 => "1008 (against its policy)",
        1009 => "1009 (message too big)",
        1010 => "1010 (extension missing)",
        1011 => "1011 (internal error)",
        1012 => "1012 (restart)",
        1013 => "1013 (try again later)",
        1014 => "1014 (bad gateway)",
        var code => code.ToString(CultureInfo.InvariantCulture),
    };

    private static string What(WebSocketRule rule) => rule switch
    {
        WebSocketRule.KeyInvalid => "asked without a key of sixteen octets",
        WebSocketRule.VersionNot13 => "asked for another version than 13",
        WebSocketRule.AcceptWrong => "gave an accept value that does not follow from the key",
        WebSocketRule.SubprotocolNotOffered => "chose a subprotocol that was not offered",
        WebSocketRule.ExtensionNotOffered => "agreed to an extension that was not offered",
        WebSocketRule.ClientFrameNotMasked => "sent a frame without a mask",
        WebSocketRule.ServerFrameMasked => "sent a masked frame",
        WebSocketRule.ReservedBitSet => "set a reserved bit",
        WebSocketRule.ReservedOpcode => "used a reserved opcode",
        WebSocketRule.LengthNotMinimal => "wrote a length in more octets than needed",
        WebSocketRule.LengthTooLarge => "announced a length beyond 63 bits",
        WebSocketRule.ControlFragmented => "cut a control frame into fragments",
        WebSocketRule.ControlTooLong => "sent a control frame of more than 125 octets",
        WebSocketRule.NothingToContinue => "continued a message that had not begun",
        WebSocketRule.MessageInterrupted => "began a message within another",
        WebSocketRule.CloseCodeCut => "sent a Close frame with half a code",
        WebSocketRule.CloseCodeInvalid => "sent a close code that must not be sent",
        WebSocketRule.FrameAfterClose => "sent a frame after its Close frame",
        _ => throw new UnreachableException(),
    };
}
