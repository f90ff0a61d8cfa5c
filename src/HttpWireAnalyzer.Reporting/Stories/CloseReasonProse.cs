using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>Why an end closed, as the second half of a sentence whose subject is that end, without a full stop.</summary>
internal sealed class CloseReasonProse(Language language)
{
    public string Of(ClosedFirst closed) => closed.Reason switch
    {
        CloseReason.Refused => language.Say(
            "nobody listens there, or something in between says so",
            "그 포트에서 대기하는 프로그램이 없거나, 경로의 장비가 그렇게 응답했습니다"),
        CloseReason.PeerGone => language.Say(
            $"{Probes(closed)} had gone unanswered, so {language.Name(closed.First.Other())} was out of reach",
            $"{Probes(closed)}에 응답이 없었습니다. {language.Name(closed.First.Other())}에 닿을 수 없었습니다"),
        CloseReason.Unknown or CloseReason.ClosedWhileOutstanding or CloseReason.Reset or CloseReason.ResetOnUnread
            when !closed.Http2Answer.IsNone => SpeaksHttp2(closed),
        CloseReason.ResetOnUnread => language.Say(
            "most likely it closed with octets unread: TCP then sends a RST in place of a FIN",
            "데이터를 다 읽지 않고 닫은 듯하며, 이때 TCP는 FIN 대신 RST를 보냅니다"),
        CloseReason.Reset or CloseReason.ClosedWhileOutstanding when !closed.Unread.IsNone =>
            Unread(closed.First.Other(), closed.Unread, closed.UnreadFor),
        CloseReason.Reset => Reset(closed),
        CloseReason.CloseInRequest => InRequest(closed),
        CloseReason.CloseInResponse => InResponse(closed),
        CloseReason.MaxRequestsReached => language.Say(
            $"the requests that Keep-Alive: max={closed.AnnouncedMax} allows were used up",
            $"Keep-Alive(max={closed.AnnouncedMax})가 허용하는 요청을 다 썼습니다"),
        CloseReason.CloseDelimitedBody when closed.Last is { ResponseTrace.Rule: BodyRule.InvalidContentLength } => language.Say(
            "its Content-Length cannot be believed, so that nobody knows where the response ends, and the connection cannot be used again",
            "Content-Length를 믿을 수 없어 응답이 어디서 끝나는지 알 수 없고, 연결을 다시 쓸 수 없습니다"),
        CloseReason.CloseDelimitedBody => language.Say(
            "the body has no other end than that of the connection (neither Content-Length nor chunked), and is whole as far as one can know",
            "본문의 끝은 연결의 끝뿐이며(Content-Length도 chunked도 없음), 알 수 있는 한 본문은 온전합니다"),
        CloseReason.HalfClose => language.Say(
            "it had said all it had to say, and left the other half open for the answer",
            "보낼 것을 다 보냈고, 응답을 받을 방향은 열어 두었습니다"),
        CloseReason.Unknown or CloseReason.ClosedWhileOutstanding when closed is { First: Side.Server, IsBehindHttp1Answer: true } => language.Say(
            "it does not speak HTTP/2, and had said so in HTTP/1", "HTTP/2를 지원하지 않으며, 그렇다고 HTTP/1로 응답한 뒤였습니다"),
        CloseReason.ClosedWhileOutstanding => Outstanding(closed),
        CloseReason.AnnouncedIdleTimeout => AnnouncedIdle(closed),
        CloseReason.EarlierThanAnnounced => language.Say(
            $"sooner than the {closed.AnnouncedTimeout} s that it had announced",
            $"예고한 {closed.AnnouncedTimeout} s보다 일렀습니다"),
        CloseReason.IdleClose => Idle(closed),
        CloseReason.Http10Default => NotGranted(closed)
            ? language.Say(
                "the client had asked for keep-alive (HTTP/1.0), and the response did not grant it",
                "클라이언트가 keep-alive를 요청했지만(HTTP/1.0) 응답이 허락하지 않았습니다")
            : language.Say(
                "HTTP/1.0 without keep-alive is one exchange for each connection",
                "keep-alive 없는 HTTP/1.0에서는 연결마다 교환이 하나입니다"),
        CloseReason.EndOfTunnel => closed.Last is { Response.Status: 101 }
            ? language.Say("the protocol after the upgrade came to its end", "업그레이드 뒤의 프로토콜이 끝났습니다")
            : language.Say("the tunnel came to its end", "터널이 끝났습니다"),
        CloseReason.WebSocketClosed => language.Say("the WebSocket had been closed", "WebSocket이 닫힌 뒤였습니다"),
        CloseReason.WebSocketCut => language.Say("the WebSocket had not been closed", "WebSocket은 닫히지 않은 상태였습니다"),
        CloseReason.ClientDone => language.Say(
            "unannounced, with nothing left to wait for",
            "예고하지 않았고, 더 기다릴 것도 없었습니다"),
        CloseReason.ServerClosedUnannounced => language.Say(
            "at once after its answer, without having announced it",
            "응답 직후였고, 예고하지 않았습니다")
            + (closed.AnnouncedTimeout > 0
                ? language.Say(
                    $"; what it had announced is a timeout of {closed.AnnouncedTimeout} s",
                    $". 예고한 것은 타임아웃 {closed.AnnouncedTimeout} s입니다")
                : ""),
        CloseReason.NothingSent => language.Say("nothing had been sent", "아무것도 전송되지 않았습니다"),
        CloseReason.Goaway => language.Say("a GOAWAY had announced it, and no stream was left", "GOAWAY로 예고되었고, 남은 스트림이 없었습니다"),
        CloseReason.Unknown => language.Say("the packets do not say why", "패킷으로는 까닭을 알 수 없습니다"),
        _ => throw new UnreachableException(),
    };

    public string Probes(ClosedFirst closed) => language.Say(
        Quantity.Count(closed.UnansweredProbes, "TCP keep-alive probe", "TCP keep-alive probes"),
        $"TCP keep-alive 프로브 {Quantity.Count(closed.UnansweredProbes)}개");

    /// <summary>Why there was no answer in HTTP/1.</summary>
    public string SpeaksHttp2(ClosedFirst closed)
    {
        var asked = closed.Last is { } exchange ? language.NamedAt(exchange) : language.Say("the request", "요청");
        return language.Say(
            $"the server speaks HTTP/2 alone there: it met {asked}, which is HTTP/1, with a frame of HTTP/2 ({Frame(closed.Http2Answer)})",
            $"서버는 그 포트에서 HTTP/2만 지원합니다. HTTP/1로 보낸 {asked}에 HTTP/2 프레임으로 답했습니다({Frame(closed.Http2Answer)})");
    }

    /// <summary>Why an end gave up what it was sending.</summary>
    public string Unread(Side reader, in ClosedWindow window, long lasted) => language.Say(
        $"{language.Name(reader)} did not read: its window was closed from {Frame(window.By)} on, for {Quantity.Duration(lasted)}",
        $"{language.Name(reader)}가 읽지 않았습니다. 윈도우가 {Frame(window.By)}부터 {Quantity.Duration(lasted)} 동안 닫혀 있었습니다");

    /// <summary>Who closes sooner has not waited for an answer: below the delayed ACK and most round trips.</summary>
    public static bool IsPatient(ClosedFirst closed) => closed.SinceRequest >= Timestamp.NanosecondsPerSecond / 5;

    private string Reset(ClosedFirst closed)
    {
        if (!closed.ForgottenAt.IsNone)
        {
            return language.Say(
                $"its kernel had forgotten this connection, and opened another on the same ports ({Frame(closed.ForgottenAt)})",
                $"커널이 이 연결을 잊었고, 같은 포트로 다른 연결을 열었습니다({Frame(closed.ForgottenAt)})");
        }

        if (closed.NothingSent)
        {
            return language.Say("nothing had been sent, and nothing says why", "아무것도 전송되지 않았고, 까닭도 보이지 않습니다");
        }

        if (!closed.Probe.IsNone)
        {
            return language.Say(
                $"it answered a TCP keep-alive probe ({Frame(closed.Probe)}), so it no longer knew the connection",
                $"TCP keep-alive 프로브({Frame(closed.Probe)})에 대한 응답이므로, 이 연결을 더는 알지 못했습니다");
        }

        if (closed is { Undelivered: > 0, First: Side.Client })
        {
            return Undelivered(closed);
        }

        if (closed.Idle >= 0)
        {
            return language.Say(
                "an abort where a FIN would have done; nothing was outstanding",
                "FIN으로 닫아도 될 것을 리셋했습니다. 진행 중인 교환은 없었습니다")
                + (closed.First == Side.Client ? AlsoAnnounced(closed.Last?.Response) : "");
        }

        if (closed is { First: Side.Client, Lost.Count: > 0 } && IsPatient(closed))
        {
            return Outstanding(closed) + language.Say(", and threw the connection away", ". 연결도 버렸습니다");
        }

        if (closed is { First: Side.Client, Last: { End: ExchangeEnd.RequestTruncated, Response: { } early }, AnsweredLate.IsNone: true })
        {
            return language.Say(
                $"it had been answered {early.Status} before it had sent the whole request",
                $"요청을 다 보내기 전에 {early.Status} 응답을 받았습니다") + AlsoAnnounced(early);
        }

        if (closed.ForeignTtl is { } ttl)
        {
            return language.Say(
                string.Create(CultureInfo.InvariantCulture, $"with TTL {ttl.Rst} where its other packets have {ttl.End}, so a device on the way may have sent it"),
                string.Create(CultureInfo.InvariantCulture, $"RST의 TTL({ttl.Rst})이 다른 패킷의 TTL({ttl.End})과 다르므로, 경로의 장비가 보냈을 수 있습니다"));
        }

        if (closed.IsOfClosed)
        {
            return language.Say(
                "a RST without ACK is the answer to a connection that is not known any more: it was closed there before, and that FIN was lost or not captured, or a device on the way answered",
                "RST에 ACK가 없으므로 이 연결을 더는 알지 못하는 곳의 응답입니다. 전에 닫혔는데 그 FIN이 유실되었거나 캡처에 없거나, 경로의 장비가 응답했습니다");
        }

        if (closed is { First: Side.Client, AnsweredLate.IsNone: false })
        {
            return Outstanding(closed);
        }

        return closed is { LostWereAcknowledged: true }
            ? language.Say("what its kernel had acknowledged was most likely unread", "커널이 확인 응답한 것을 프로그램은 읽지 않은 듯합니다")
            : closed.HoleBefore
            ? language.Say("octets before it, which may say why, were not captured", "까닭을 보여 줄 수 있는 그 앞의 데이터가 캡처되지 않았습니다")
            : language.Say("nothing before it says why", "그 앞의 패킷으로는 까닭을 알 수 없습니다");
    }

    private string AlsoAnnounced(ResponseHead? response) => response is { HasClose: true }
        ? language.Say(", and the server had announced its close", ". 서버는 닫겠다고 예고했습니다")
        : "";

    private static bool NotGranted(ClosedFirst closed) => closed.Last is { Request.HasKeepAlive: true, Response.HasKeepAlive: false };

    private string InRequest(ClosedFirst closed)
    {
        var said = closed.Last is { Response.HasClose: true }
            ? language.Say("both had announced it (Connection: close)", "양쪽 모두 예고했습니다(Connection: close)")
            : closed.First == Side.Client
                ? language.Say("it had announced it (Connection: close)", "예고한 대로입니다(Connection: close)")
                : language.Say("the client had asked for it (Connection: close)", "클라이언트가 요청했습니다(Connection: close)");
        return closed is { First: Side.Client, Idle: < 0, IsOneSided: false }
            ? said + language.Say("; it left the other half open for the answer", ". 응답을 받을 방향은 열어 두었습니다")
            : said;
    }

    private string InResponse(ClosedFirst closed)
    {
        var said = closed.First == Side.Server
            ? language.Say("it had announced it (Connection: close)", "예고한 대로입니다(Connection: close)")
            : language.Say("the server had announced it (Connection: close)", "서버가 예고했습니다(Connection: close)");
        // RFC 2068 §19.7.1.1: the last response of a countdown that stood at 1 is the one that says close.
        if (closed is { MaxMeaning: KeepAliveMaxMeaning.Remaining, AnnouncedMax: 1 })
        {
            return said + language.Say(", with its Keep-Alive max used up", ". Keep-Alive의 max를 다 썼습니다");
        }

        return closed.Last is { Request: { Version: HttpVersion.Http10, HasKeepAlive: false } }
            ? said + language.Say(
                "; the request, HTTP/1.0 without keep-alive, had asked for no more",
                ". 요청도 keep-alive 없는 HTTP/1.0이어서 유지를 바라지 않았습니다")
            : said;
    }

    private string Undelivered(ClosedFirst closed) => language.Say(
        $"it had not acknowledged the last {Quantity.Octets(closed.Undelivered)} of the answer, which was on the wire here already",
        $"응답의 마지막 {Quantity.Octets(closed.Undelivered)}를 확인 응답하지 않은 상태였습니다. 응답은 여기까지는 온 뒤였습니다");

    private string Outstanding(ClosedFirst closed) => closed.Last switch
    {
        { ResponseTrace.Complete: true } when closed is { Undelivered: > 0, First: Side.Client } => Undelivered(closed),
        { End: ExchangeEnd.RequestTruncated } cut when closed is { First: Side.Client, IsWithoutAnswer: true } => language.Say(
            $"it left in the middle of its own request, {language.Named(cut)}",
            $"자기 요청 {language.Named(cut)}을 보내던 도중에 떠났습니다"),
        { } late when closed.First == Side.Client && !closed.AnsweredLate.IsNone && IsPatient(closed) => language.Say(
            $"it gave up waiting for the answer to {language.Named(late)}, which came too late",
            $"{language.Named(late)}의 응답을 기다리다 포기했고, 응답은 너무 늦게 왔습니다"),
        { } exchange when closed is { First: Side.Client, IsWithoutAnswer: true } && !IsPatient(closed) => language.Say(
            $"it did not wait for the answer to {language.Named(exchange)}",
            $"{language.Named(exchange)}의 응답을 기다리지 않았습니다"),
        { Response: null } exchange when closed.First == Side.Client => language.Say(
            $"it gave up waiting for the answer to {language.Named(exchange)}",
            $"{language.Named(exchange)}의 응답을 기다리다 포기했습니다"),
        { Response: null } exchange when closed.HasCrossed => language.Say(
            $"it had closed before {language.Named(exchange)} arrived, for the FIN does not acknowledge it: the two crossed on their way",
            $"FIN이 {language.Named(exchange)}을 확인 응답하지 않으므로, 요청이 도착하기 전에 닫았습니다. 둘이 경로에서 엇갈렸습니다"),
        { Response: null } exchange => language.Say(
            $"it had not answered {language.Named(exchange)}",
            $"{language.Named(exchange)}에 응답하지 않은 상태였습니다"),
        { } stream when closed.First == Side.Client && EventStreams.Is(stream) => language.Say(
            "it had had enough of an event stream, which has no other end",
            "이벤트 스트림을 그만 받았습니다. 이벤트 스트림에는 다른 끝이 없습니다"),
        { End: ExchangeEnd.CompleteByClose } when closed.First == Side.Client => language.Say(
            "it did not wait for the server's close, the only end that its response has",
            "서버가 닫기를 기다리지 않았습니다. 그 응답의 끝은 서버의 닫기뿐입니다"),
        { } when closed.First == Side.Client => language.Say("it left in the middle of the response", "응답을 받던 도중에 떠났습니다"),
        { } => language.Say("it left in the middle of its own response", "응답을 보내던 도중에 떠났습니다"),
        null => language.Say("it left in the middle of an exchange", "교환 도중에 떠났습니다"),
    };

    private string Idle(ClosedFirst closed) => closed.First == Side.Client
        ? language.Say("an idle close that nothing had announced", "예고 없이 유휴 연결을 닫았습니다")
        : closed.AnnouncedTimeout < 0
            ? language.Say("an idle timeout, most likely; nothing had announced it", "예고는 없었고, 유휴 타임아웃으로 보입니다")
            : language.Say(
                $"an idle close, long after the {closed.AnnouncedTimeout} s that it had announced",
                $"유휴 연결을 예고한 {closed.AnnouncedTimeout} s보다 훨씬 뒤에 닫았습니다");

    private string AnnouncedIdle(ClosedFirst closed)
    {
        var late = closed.Idle - (closed.AnnouncedTimeout * Timestamp.NanosecondsPerSecond);
        var waited = late < Timestamp.NanosecondsPerSecond / 10 ? "" : language.Say(
            $"; it waited {Quantity.Duration(late)} longer than that",
            $". 그보다 {Quantity.Duration(late)} 더 기다렸습니다");
        var left = closed is not { MaxMeaning: KeepAliveMaxMeaning.Remaining, AnnouncedMax: > 0 } ? "" : language.Say(
            $" (not max: {Quantity.Count(closed.AnnouncedMax)} were left)",
            $"(max 때문은 아님: {Quantity.Count(closed.AnnouncedMax)}개 남음)");
        return language.Say(
            $"its idle timeout, announced as {closed.AnnouncedTimeout} s{waited}{left}",
            $"예고한 유휴 타임아웃 {closed.AnnouncedTimeout} s가 지났습니다{left}{waited}");
    }
}
