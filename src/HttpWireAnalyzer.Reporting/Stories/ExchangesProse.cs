using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What the connection carried.</summary>
internal sealed class ExchangesProse(ConnectionRecord connection, Language language)
{
    public string Of(Exchanged exchanged)
    {
        var carried = Octets(exchanged.ClientOctets, exchanged.ServerOctets);
        if (connection.IsHttp)
        {
            return exchanged.Requests == 0
                ? $"{NoRequest(exchanged)} {carried}."
                : $"{Requests(exchanged)}{Outcomes(exchanged)}{Pipelined(exchanged)}. {carried}.";
        }

        return exchanged.ClientOctets + exchanged.ServerOctets == 0
            ? connection.IsEmpty ? language.Say("Nothing was sent on it.", "아무것도 전송되지 않았습니다.")
                : connection.Gaps > 0 ? language.Say("What was sent on it was not captured.", "전송된 것이 캡처되지 않았습니다.")
                : language.Say("Nothing that was sent on it was captured, if anything was.", "전송된 것이 있었다 해도 캡처되지 않았습니다.")
            : language.Say($"No HTTP/1 message was seen{What(exchanged.Protocol)}: ", $"HTTP/1 메시지가 보이지 않았습니다{What(exchanged.Protocol)}: ")
                + $"{carried}.";
    }

    public string Of(Tunnelled tunnel)
    {
        var since = Frame(tunnel.Exchange.ResponseTrace.End);
        var carried = Octets(tunnel.ClientOctets, tunnel.ServerOctets);
        if (tunnel is { To: ApplicationProtocol.Http2, Exchange.Response.Status: 101 })
        {
            return language.Say(
                $"From {since} on it is HTTP/2 (Upgrade: h2c): {carried}.",
                $"{since}부터 HTTP/2입니다(Upgrade: h2c): {carried}.");
        }

        var target = tunnel.Exchange.Request?.Target is { } named ? Quoted(named) : language.Say("somewhere", "어딘가");
        var what = tunnel.Exchange.Response is not { Status: 101 } response
            ? language.Say($"it is a tunnel to {target}{What(tunnel.To)}", $"터널({target}){What(tunnel.To)}")
            : tunnel.To == ApplicationProtocol.WebSocket
                ? language.Say("it is WebSocket", "WebSocket")
                : language.Say(
                    $"it is what Upgrade names ({PrintableText.OfWire(response.Upgrade ?? "nothing")})",
                    $"Upgrade가 말한 프로토콜({PrintableText.OfWire(response.Upgrade ?? "없음")})");
        var inside = tunnel.Requests == 0 ? "" : language.Say(
            $" ({Quantity.Count(tunnel.Requests, "HTTP request", "HTTP requests")} in it)",
            $"(그 안에 HTTP 요청 {Quantity.Count(tunnel.Requests)}개)");
        return language.Say(
            $"From {since} on {what}, no longer HTTP of this connection: {carried}{inside}.",
            $"{since}부터는 이 연결의 HTTP가 아니라 {what}입니다: {carried}{inside}.");
    }

    private string NoRequest(Exchanged exchanged) => (connection.Http.Anomalies & HttpAnomalies.HttpAnswerToTls) != 0
        ? language.Say(
            "The client began with TLS, and the server, which does not speak it here, answered in HTTP.",
            "클라이언트는 TLS로 시작했지만, 여기서 TLS를 쓰지 않는 서버가 HTTP로 응답했습니다.")
        : exchanged.ClientOctets > 0 && connection.Gaps == 0
        ? language.Say(
            "Nothing that the client sent can be read as a request; responses came.",
            "클라이언트가 보낸 것은 요청으로 읽을 수 없고, 응답만 있습니다.")
        : language.Say("Responses, and no request, were captured.", "응답만 캡처되고 요청은 캡처되지 않았습니다.");

    private string Octets(long client, long server) => language.Say(
        $"{Quantity.Octets(client)} from the client, {Quantity.Octets(server)} from the server",
        $"클라이언트에서 {Quantity.Octets(client)}, 서버에서 {Quantity.Octets(server)}");

    /// <summary>How many there were, and on what connection.</summary>
    private string Requests(Exchanged exchanged)
    {
        var requests = language.Say(Quantity.Count(exchanged.Requests, "request", "requests"), $"요청 {Quantity.Count(exchanged.Requests)}개");
        var warm = Quantity.Count(exchanged.Warm);
        return requests + (exchanged.Midstream ? language.Say(" on a connection that was open already; ", "(이미 열려 있던 연결); ")
            : exchanged.Warm == 0 ? exchanged.Requests == 1 ? language.Say(", cold, ", "(새 연결), ") : ", "
            : language.Say($": the first cold, {warm} reused the connection{Because(exchanged.Rule)}; ", $": 첫 요청은 새 연결, {warm}개는 연결 재사용{Because(exchanged.Rule)}; "));
    }

    private string Pipelined(Exchanged exchanged) => exchanged.MaxDepth <= 1 ? "" : language.Say(
        $"; pipelined, up to {exchanged.MaxDepth} at once",
        $"; 파이프라인, 한 번에 최대 {exchanged.MaxDepth}개");

    private string Outcomes(Exchanged exchanged)
    {
        var (english, korean) = connection.HasCloser ? ("never answered", "응답 없음") : ("not answered yet", "아직 응답 없음");
        var never = int.Max(
            0,
            exchanged.Requests - exchanged.Answered - exchanged.Cut - exchanged.Uncaptured - exchanged.Unreadable - exchanged.Refused
                - exchanged.Reset);
        if (exchanged.Requests == 1)
        {
            return exchanged.Uncaptured > 0 ? language.Say("its answer was not captured", "응답이 캡처되지 않음")
                : exchanged.Unreadable > 0 ? language.Say("its answer cannot be read", "응답을 읽을 수 없음")
                : exchanged.Refused > 0 ? language.Say("refused", "거부됨")
                : exchanged.Reset > 0 ? language.Say("reset", "리셋됨")
                : exchanged.AnsweredAfterCut > 0 ? language.Say("cut off, and answered all the same", "끊겼지만 응답받음")
                : exchanged.AnsweredUnfinished > 0 ? language.Say("answered before it was whole", "다 보내기 전에 응답받음")
                : exchanged.Endless > 0 ? language.Say("answered until the client left", "클라이언트가 떠날 때까지 응답받음")
                : exchanged.Cut > 0 && !connection.HasCloser ? language.Say("its answer was under way", "응답이 오는 중")
                : exchanged.Cut > exchanged.CutUnanswered ? language.Say("not answered in full", "응답이 온전하지 않음")
                : exchanged.CutUnanswered > 0 ? language.Say("cut off, and never answered", "끊겼고 응답 없음")
                : never > 0 ? language.Say(english, korean)
                : language.Say("answered", "응답받음");
        }

        if (exchanged.Answered == exchanged.Requests)
        {
            return language.Say("all answered", "모두 응답받음");
        }

        if (exchanged.Uncaptured == exchanged.Requests)
        {
            return language.Say("of their answers nothing was captured", "응답은 하나도 캡처되지 않음");
        }

        var others = language.Counted(
            (exchanged.Uncaptured, "whose answer was not captured", "응답이 캡처되지 않음"),
            (exchanged.Unreadable, "whose answer cannot be read", "응답을 읽을 수 없음"),
            (exchanged.Cut, "cut off", "끊김"),
            (exchanged.Refused, "refused", "거부됨"),
            (exchanged.Reset, "reset", "리셋됨"),
            (never, english, korean));
        var answered = Quantity.Count(exchanged.Answered);
        return string.Join(", ", others.Prepend(language.Say($"{answered} answered", $"응답받음 {answered}개")));
    }

    /// <summary>RFC 9112 §9.3.</summary>
    private string Because(PersistenceRule rule) => rule switch
    {
        PersistenceRule.Http11Default => language.Say(" (the default of HTTP/1.1)", "(HTTP/1.1 기본 동작)"),
        PersistenceRule.Http10KeepAlive => language.Say(" (HTTP/1.0, both said keep-alive)", "(HTTP/1.0, 양쪽 모두 keep-alive)"),
        PersistenceRule.Http2Default => language.Say(" (HTTP/2)", "(HTTP/2)"),
        _ => "",
    };

    private string What(ApplicationProtocol protocol) => protocol switch
    {
        ApplicationProtocol.Tls => language.Say(" (it is TLS)", "(TLS)"),
        ApplicationProtocol.Http2 => language.Say(" (it is HTTP/2)", "(HTTP/2)"),
        ApplicationProtocol.WebSocket => language.Say(" (it is WebSocket)", "(WebSocket)"),
        _ => "",
    };
}
