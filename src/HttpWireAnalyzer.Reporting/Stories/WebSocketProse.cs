using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The life of a WebSocket.</summary>
internal sealed class WebSocketProse(Language language)
{
    /// <summary>For a line of the course.</summary>
    public string Of(WebSocketCloseSent sent) =>
        "Close " + Said(sent.Close) + (sent.IsAnswer ? language.Say("  answers the other", "  상대에 대한 응답") : "");

    public string Of(WebSocketSpoken spoken)
    {
        var socket = spoken.Socket;
        var agreed = Agreed(socket.Handshake);
        var text = language.Say($"The handshake agreed on {agreed}. ", $"핸드셰이크에서 정한 것: {agreed}. ") + (socket.FirstMessage.IsNone
            ? language.Say("No message was sent", "메시지는 없었습니다")
            : language.Say(
                $"The client sent {Messages(socket.EndOf(Side.Client))}, the server {Messages(socket.EndOf(Side.Server))}; "
                    + $"the first began in {Frame(socket.FirstMessage)}, from {language.Name(socket.FirstMessageSender)}",
                $"클라이언트: {Messages(socket.EndOf(Side.Client))}, 서버: {Messages(socket.EndOf(Side.Server))}. "
                    + $"첫 메시지는 {language.Name(socket.FirstMessageSender)}가 보냈습니다({Frame(socket.FirstMessage)}부터)"));
        return text + (socket.IsPartial
            ? language.Say(", as far as octets were captured that make frames.", ". 프레임을 이루는 데이터가 캡처된 데까지입니다.")
            : ".");
    }

    public string Of(WebSocketKeptAlive kept)
    {
        var socket = kept.Socket;
        var silence = language.Say(
            $"The longest silence was {Quantity.Duration(socket.Silence.Nanoseconds)} ({Between(socket.Silence)}).",
            $"가장 긴 침묵은 {Quantity.Duration(socket.Silence.Nanoseconds)}입니다({Between(socket.Silence)}).");
        if (socket.Pings == 0)
        {
            return (socket.IsPartial
                ? language.Say("No ping was seen. ", "ping이 보이지 않았습니다. ")
                : language.Say("Nobody pinged. ", "아무도 ping을 보내지 않았습니다. ")) + silence;
        }

        var pinger = language.Subject(socket.ClientEnd.Pings > 0 ? socket.Client : socket.Client.Other());
        var who = socket.ClientEnd.Pings > 0 && socket.ServerEnd.Pings > 0
            ? language.Say("Both ends", "양쪽이")
            : language.Say(pinger, pinger + "가");
        var often = socket.Pings == 1
            ? language.Say("once", "한 번")
            : language.Say($"{Quantity.Count(socket.Pings)} times", $"{Quantity.Count(socket.Pings)}번");
        var gap = Quantity.Duration(socket.PingGap.Nanoseconds);
        return language.Say($"{who} pinged {often}; {Answered(socket)}. ", $"{who} ping을 {often} 보냈고, {Answered(socket)}. ") + language.Say(
            $"The longest time without a ping was {gap} ({Between(socket.PingGap)}). ",
            $"ping 없이 가장 길었던 시간은 {gap}입니다({Between(socket.PingGap)}). ") + silence;
    }

    public string Of(WebSocketEnded ended)
    {
        var socket = ended.Socket;
        if (socket.FirstClose is { } close)
        {
            var (closer, other) = (language.Name(socket.Closer), language.Name(socket.Closer.Other()));
            return language.Say(
                $"{Capital(closer)} said Close {Said(close)} in {Frame(close.Packet)}; ",
                $"{closer}가 Close를 보냈습니다({Frame(close.Packet)}): {Said(close)}. ")
                + (socket.EndOf(socket.Closer.Other()).Close is { } answer
                    ? language.Say(
                        $"{other} answered Close {Said(answer)} in {Frame(answer.Packet)}.",
                        $"{other}는 Close로 응답했습니다({Frame(answer.Packet)}): {Said(answer)}.")
                    : language.Say($"{other} sent no Close frame of its own.", $"{other}는 Close 프레임을 보내지 않았습니다."));
        }

        if (ended.IsOpen)
        {
            return language.Say("No Close frame was sent as far as the capture goes.", "캡처가 끝날 때까지 Close 프레임은 없었습니다.");
        }

        if (socket.IsPartial)
        {
            return language.Say(
                "No Close frame was seen, and octets are missing that may have held one.",
                "Close 프레임이 보이지 않았지만, 캡처에 없는 데이터에 있었을 수 있습니다.");
        }

        var ending = Quantity.Duration(socket.SilenceBeforeClose);
        return language.Say(
            "No Close frame was sent, for which programs report code 1006",
            "Close 프레임이 없었고, 프로그램은 이를 코드 1006으로 보고합니다") + (socket.SilenceBeforeClose < 0 ? "." : language.Say(
                $": the connection ended {ending} after its last octets ({Frame(socket.LastOctets)}).",
                $". 연결은 마지막 데이터({Frame(socket.LastOctets)}) {ending} 뒤에 끝났습니다.")) + Gone(ended);
    }

    private string Gone(WebSocketEnded ended)
    {
        if (ended.PingedInVain is not { } closer)
        {
            return "";
        }

        var (who, other, ping) = (language.Name(closer), language.Name(closer.Other()), Frame(ended.Socket.EndOf(closer).PingIntoSilence));
        return language.Say(
            $" {Capital(who)} had pinged ({ping}), and {other} answered with nothing any more.",
            $" {who}가 ping을 보냈지만({ping}) {other}는 더 이상 아무것도 보내지 않았습니다.");
    }

    public string Of(WebSocketRulesBroken broken)
    {
        var violations = string.Join("; ", broken.Socket.Violations.Select(violation => language.Say(
            $"{language.Name(violation.Sender)} {What(violation.Rule)} ({Frame(violation.First)}"
                + (violation.Count > 1 ? $", {Quantity.Count(violation.Count)} times)" : ")"),
            $"{language.Name(violation.Sender)}가 {What(violation.Rule)}({Frame(violation.First)}"
                + (violation.Count > 1 ? $", {Quantity.Count(violation.Count)}번)" : ")"))));
        return language.Say("Against RFC 6455: ", "RFC 6455 위반: ") + violations + ".";
    }

    private string Answered(WebSocketRecord socket)
    {
        var (answered, trip) = (Quantity.Count(socket.Answered), Quantity.Duration(socket.LongestRoundTrip));
        return (socket.Answered == socket.Pings, socket.Answered) switch
        {
            (_, 0) => language.Say("nobody answered", "아무도 응답하지 않았습니다"),
            (true, 1) => language.Say($"it was answered, after {trip}", $"{trip} 뒤에 응답받았습니다"),
            (true, _) => language.Say($"each was answered, after {trip} at most", $"모두 {trip} 안에 응답받았습니다"),
            (false, 1) => language.Say($"one of them was answered, after {trip}", $"그중 하나가 {trip} 뒤에 응답받았습니다"),
            (false, _) => language.Say($"{answered} of them were answered, after {trip} at most", $"그중 {answered}개가 {trip} 안에 응답받았습니다"),
        };
    }

    private string Between(WebSocketSpan span) => language.Say($"{Frame(span.From)} to {Frame(span.To)}", $"{Frame(span.From)}부터 {Frame(span.To)}까지");

    private string Agreed(WebSocketHandshake handshake) => (handshake.Subprotocol, handshake.Extensions) switch
    {
        (null, null) => language.Say("no subprotocol and no extension", "서브프로토콜 없음, 확장 없음"),
        ({ } subprotocol, null) => language.Say(
            $"the subprotocol {Quoted(subprotocol)} and no extension",
            $"서브프로토콜 {Quoted(subprotocol)}, 확장 없음"),
        (null, { } extensions) => language.Say(
            $"no subprotocol, and on {Quoted(extensions)}",
            $"서브프로토콜 없음, 확장 {Quoted(extensions)}"),
        ({ } subprotocol, { } extensions) => language.Say(
            $"the subprotocol {Quoted(subprotocol)} and on {Quoted(extensions)}",
            $"서브프로토콜 {Quoted(subprotocol)}, 확장 {Quoted(extensions)}"),
    };

    private string Messages(WebSocketEnd end)
    {
        if (end.Messages == 0 && end.Octets == 0)
        {
            return language.Say("no message", "메시지 없음");
        }

        var octets = Quantity.Octets(end.Octets);
        return language.Say(
            $"{Quantity.Count(end.Messages, "message", "messages")} of {octets}",
            $"메시지 {Quantity.Count(end.Messages)}개({octets})")
            + (end.Compressed > 0 ? language.Say(" (compressed)", "(압축됨)") : "")
            + (end.CutOff ? language.Say(" and a part of another", ", 또 하나의 일부") : "");
    }

    private string Said(WebSocketClose close) => CodeOf(close) + (close.Reason.Length == 0 ? "" : $" \"{QuotedText(close.Reason)}\"");

    // RFC 6455 §7.4.1; 1012 to 1014: IANA, WebSocket Close Code Number Registry.
    private string CodeOf(WebSocketClose close) => close.Code switch
    {
        WebSocketClose.Unknown => language.Say("with a code that was not captured", "코드가 캡처되지 않음"),
        WebSocketClose.NoCode => language.Say("without a code", "코드 없음"),
        WebSocketClose.Normal => language.Say("1000 (normal)", "1000(정상)"),
        WebSocketClose.GoingAway => language.Say("1001 (going away)", "1001(떠남)"),
        1002 => language.Say("1002 (protocol error)", "1002(프로토콜 오류)"),
        1003 => language.Say("1003 (data not accepted)", "1003(받지 않는 데이터)"),
        1007 => language.Say("1007 (data not consistent)", "1007(일관되지 않은 데이터)"),
        1008 => language.Say("1008 (against its policy)", "1008(정책 위반)"),
        1009 => language.Say("1009 (message too big)", "1009(너무 큰 메시지)"),
        1010 => language.Say("1010 (extension missing)", "1010(확장이 빠짐)"),
        1011 => language.Say("1011 (internal error)", "1011(내부 오류)"),
        1012 => language.Say("1012 (restart)", "1012(재시작)"),
        1013 => language.Say("1013 (try again later)", "1013(나중에 다시)"),
        1014 => language.Say("1014 (bad gateway)", "1014(잘못된 게이트웨이)"),
        var code => code.ToString(CultureInfo.InvariantCulture),
    };

    private string What(WebSocketRule rule) => rule switch
    {
        WebSocketRule.KeyInvalid => language.Say("asked without a key of sixteen octets", "16바이트 키 없이 요청했습니다"),
        WebSocketRule.VersionNot13 => language.Say("asked for another version than 13", "13이 아닌 버전을 요청했습니다"),
        WebSocketRule.AcceptWrong => language.Say("gave an accept value that does not follow from the key", "키와 맞지 않는 accept 값을 주었습니다"),
        WebSocketRule.SubprotocolNotOffered => language.Say("chose a subprotocol that was not offered", "제시되지 않은 서브프로토콜을 골랐습니다"),
        WebSocketRule.ExtensionNotOffered => language.Say("agreed to an extension that was not offered", "제시되지 않은 확장에 동의했습니다"),
        WebSocketRule.ClientFrameNotMasked => language.Say("sent a frame without a mask", "마스크 없는 프레임을 보냈습니다"),
        WebSocketRule.ServerFrameMasked => language.Say("sent a masked frame", "마스크된 프레임을 보냈습니다"),
        WebSocketRule.ReservedBitSet => language.Say("set a reserved bit", "예약 비트를 켰습니다"),
        WebSocketRule.ReservedOpcode => language.Say("used a reserved opcode", "예약된 opcode를 썼습니다"),
        WebSocketRule.LengthNotMinimal => language.Say("wrote a length in more octets than needed", "길이를 필요보다 많은 바이트로 적었습니다"),
        WebSocketRule.LengthTooLarge => language.Say("announced a length beyond 63 bits", "63비트를 넘는 길이를 알렸습니다"),
        WebSocketRule.ControlFragmented => language.Say("cut a control frame into fragments", "제어 프레임을 조각냈습니다"),
        WebSocketRule.ControlTooLong => language.Say("sent a control frame of more than 125 octets", "125바이트를 넘는 제어 프레임을 보냈습니다"),
        WebSocketRule.NothingToContinue => language.Say("continued a message that had not begun", "시작하지 않은 메시지를 이어 보냈습니다"),
        WebSocketRule.MessageInterrupted => language.Say("began a message within another", "메시지 안에서 다른 메시지를 시작했습니다"),
        WebSocketRule.CloseCodeCut => language.Say("sent a Close frame with half a code", "코드가 반만 든 Close 프레임을 보냈습니다"),
        WebSocketRule.CloseCodeInvalid => language.Say("sent a close code that must not be sent", "보내서는 안 되는 Close 코드를 보냈습니다"),
        WebSocketRule.FrameAfterClose => language.Say("sent a frame after its Close frame", "Close 프레임 뒤에 프레임을 보냈습니다"),
        _ => throw new UnreachableException(),
    };
}
