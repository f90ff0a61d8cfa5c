using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings.Rules.LongLived;
using HttpWireAnalyzer.Findings.Rules.Persistence;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H010: a message that ended with its connection, before its own end; a response, before it began.</summary>
/// <remarks>
/// Not flagged: downloads that the client broke off, and uploads that it stopped because an answer came early; bodies
/// with holes in the capture; event streams that a timer may have cut (HWA-S004); chunks that cannot be read (HWA-H005);
/// what was still under way when the capture ended; later requests of a connection that nothing answered where an idle timer
/// may have been due (HWA-K001, HWA-K002) or that stood in a pipeline (HWA-L005); and a FIN that was on its way already.
/// </remarks>
internal sealed class TruncatedMessage(RuleSettings settings) : Rule(Entry, settings)
{
    private readonly RuleSettings _settings = settings;

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H010",
        Severity = Severity.Error,
        Title = new Phrase("truncated message", "중간에 잘린 메시지"),
        References = ["RFC 9112 §8", "RFC 9112 §6.3"],
        Advice =
        [
            new Phrase(
                "Look at the sender: a program that died or timed out while it wrote, a Content-Length that counts something else than what is sent (before compression, characters in place of octets), or a proxy whose backend went away. The receiver must treat the message as incomplete, and not keep it in a cache.",
                "보내는 쪽을 살펴보십시오. 쓰는 도중에 죽거나 시간이 초과된 프로그램, 실제로 보낸 것과 다른 것을 센 Content-Length(압축 전 길이, 바이트가 아닌 글자 수), 백엔드를 잃은 프록시가 흔한 원인입니다. 받는 쪽은 메시지를 불완전한 것으로 다루고 캐시에 저장하지 말아야 합니다."),
        ],
    };

    private static readonly Phrase OfLength = new(
        "The response to {method} {target} ({response}) ended after {got} of the {expected|octet|octets} that Content-Length promised: the {closer} ended the connection ({close}).",
        "{method} {target}에 대한 응답({response})이 Content-Length가 약속한 {expected}바이트 중 {got}바이트에서 끊겼습니다. {closer}가 연결을 끝냈습니다({close}).");

    private static readonly Phrase OfChunks = new(
        "The response to {method} {target} ({response}) ended after {got|octet|octets} of body, before the end of its chunks: the {closer} ended the connection ({close}).",
        "{method} {target}에 대한 응답({response})이 본문 {got}바이트 뒤에 청크가 끝나기 전에 끊겼습니다. {closer}가 연결을 끝냈습니다({close}).");

    private static readonly Phrase OfEvents = new(
        "The event stream of {method} {target} ({response}) was ended by the {closer} ({close}) after {lasts}, before the end of its chunks.",
        "{method} {target}의 이벤트 스트림({response})을 {lasts} 뒤에 {closer}가 청크가 끝나기 전에 끝냈습니다({close}).");

    private static readonly Phrase Cut = new(
        "It was not silent, so that no timer for silence was due: look for a program that died or was deployed anew, or for a limit on how long a response may last (Cloud Run 5 min, Google's load balancer 30 s, as they come). Let the client connect again with Last-Event-ID, after a random delay.",
        "조용하지 않았으므로 침묵 타이머 때문이 아닙니다. 죽거나 새로 배포된 프로그램, 또는 응답 시간 제한을 확인하십시오(Cloud Run 5분, Google 로드 밸런서 30초). 클라이언트는 무작위 지연 후 Last-Event-ID로 다시 연결하게 하십시오.");

    private static readonly Phrase OfHead = new(
        "The response to {method} {target} ({response}) ended within its head: the {closer} ended the connection ({close}).",
        "{method} {target}에 대한 응답({response})이 헤더 중간에 끊겼습니다. {closer}가 연결을 끝냈습니다({close}).");

    private static readonly Phrase CannotKnow = new(
        "The response to {method} {target} ({response}), which says nothing of its length, ended with RST ({close}) after {got|octet|octets}: nobody can know whether it was whole.",
        "길이를 알리지 않는 {method} {target}의 응답({response})이 {got}바이트 뒤에 RST({close})로 끝났습니다. 온전한 응답인지는 알 수 없습니다.");

    private static readonly Phrase OfUnread = new(
        "The response to {method} {target} ({response}) ended before its end, after {got|octet|octets} of body: the client did not read. Its window was closed from {window} on, for {unread}, and the server gave it up ({close}).",
        "{method} {target}에 대한 응답({response})이 본문 {got}바이트 뒤에 중간에 끊겼습니다. 클라이언트가 읽지 않았습니다. 윈도우가 {window}부터 {unread} 동안 닫혀 있었고, 서버가 포기했습니다({close}).");

    private static readonly Phrase OfUnreadRequest = new(
        "The client gave up its request {method} {target} ({request}) before it was whole ({close}): the server did not read. Its window was closed from {window} on, for {unread}.",
        "클라이언트가 요청 {method} {target}({request})을 다 보내기 전에 포기했습니다({close}). 서버가 읽지 않았습니다. 윈도우가 {window}부터 {unread} 동안 닫혀 있었습니다.");

    private static readonly Phrase Unread = new(
        "Look at the receiver: why did its program not read (a blocked thread or event loop, back-pressure from what it writes to, a user who paused)? The sender gave up at a limit of its own (nginx send_timeout, Apache Timeout, HAProxy timeout client, Kestrel MinResponseDataRate): raise that only where such pauses are meant.",
        "받는 쪽을 살펴보십시오. 프로그램이 왜 읽지 않았습니까(막힌 스레드나 이벤트 루프, 쓰는 곳에서 오는 배압, 사용자의 일시 정지)? 보내는 쪽은 자기 제한에 따라 포기했습니다(nginx send_timeout, Apache Timeout, HAProxy timeout client, Kestrel MinResponseDataRate). 그런 멈춤이 의도된 경우에만 이 제한을 늘리십시오.");

    private static readonly Phrase OfRequest = new(
        "The client ended the connection ({close}) before its request {method} {target} ({request}) was whole: {got|octet|octets} of body had come.",
        "클라이언트가 요청 {method} {target}({request})을 다 보내기 전에 연결을 끝냈습니다({close}). 본문은 {got}바이트만 도착했습니다.");

    private static readonly Phrase OfRefused = new(
        "The server ended the connection ({close}) without an answer while the client still sent {method} {target} ({request}): {got|octet|octets} of body had come.",
        "클라이언트가 {method} {target}({request})을 보내는 중에 서버가 응답 없이 연결을 끝냈습니다({close}). 본문은 {got}바이트만 도착했습니다.");

    private static readonly Phrase OfRequestHead = new(
        "The client ended the connection ({close}) within the head of its request {method} {target} ({request}).",
        "클라이언트가 요청 {method} {target}({request})의 헤더를 다 보내기 전에 연결을 끝냈습니다({close}).");

    private static readonly Phrase OfRefusedHead = new(
        "The server ended the connection ({close}) without an answer while the client still sent the head of {method} {target} ({request}).",
        "클라이언트가 {method} {target}({request})의 헤더를 보내는 중에 서버가 응답 없이 연결을 끝냈습니다({close}).");

    private static readonly Phrase OfNothing = new(
        "The server ended the connection ({close}) {after} after {method} {target} ({request}) and sent not one octet of an answer; it was the first request, so that no idle timer was due.",
        "서버가 {method} {target}({request})을 받고 {after} 뒤에 한 바이트도 응답하지 않은 채 연결을 끝냈습니다({close}). 연결의 첫 요청이므로 유휴 타이머 때문이 아닙니다.");

    private static readonly Phrase OfNothingSoon = new(
        "The server ended the connection ({close}) {after} after {method} {target} ({request}) and sent not one octet of an answer. No idle timer was due: the connection had been idle for {idle} only.",
        "서버가 {method} {target}({request})을 받고 {after} 뒤에 한 바이트도 응답하지 않은 채 연결을 끝냈습니다({close}). 연결이 {idle} 동안만 유휴 상태였으므로 유휴 타이머 때문이 아닙니다.");

    private static readonly Phrase OfNothingLate = new(
        "The server ended the connection ({close}) {after} after {method} {target} ({request}) and sent not one octet of an answer. No idle timer was due: it had the request for all that time.",
        "서버가 {method} {target}({request})을 받고 {after} 뒤에 한 바이트도 응답하지 않은 채 연결을 끝냈습니다({close}). 그동안 요청을 가지고 있었으므로 유휴 타이머 때문이 아닙니다.");

    private static readonly Phrase Silent = new(
        "Look at the server at that time: a program that died, or gave up without writing a status; a worker killed at its limit; a listener that expects another protocol (TLS, PROXY). A proxy that asked answers 502 because of this (nginx: upstream prematurely closed connection; HAProxy: SH).",
        "그 시각의 서버를 살펴보십시오. 죽거나 상태 코드를 쓰지 않고 포기한 프로그램, 한도에 걸려 종료된 워커, 다른 프로토콜(TLS, PROXY)을 기다리는 리스너가 흔한 원인입니다. 앞의 프록시는 이 때문에 502로 응답합니다(nginx: upstream prematurely closed connection, HAProxy: SH).");

    private static readonly Phrase CouldKnow = new("the request can have reached the server before it closed", "서버가 닫기 전에 요청이 도착할 수 있었음");

    private static readonly Phrase Refused = new(
        "Look at the receiver of the request: a limit of size or of time (nginx client_max_body_size, client_header_timeout and client_body_timeout, Apache RequestReadTimeout, Kestrel MaxRequestBodySize and MinRequestBodyDataRate, Node requestTimeout), or a program that died. It should answer 413 or 408 and close in stages (RFC 9112 §9.6), so that the client learns why.",
        "요청을 받는 쪽을 살펴보십시오. 크기나 시간 제한(nginx client_max_body_size·client_header_timeout·client_body_timeout, Apache RequestReadTimeout, Kestrel MaxRequestBodySize·MinRequestBodyDataRate, Node requestTimeout)이나 죽은 프로그램이 흔한 원인입니다. 클라이언트가 이유를 알 수 있도록 413이나 408로 응답하고 단계적으로 닫아야 합니다(RFC 9112 §9.6).");

    private static readonly Phrase NoHole = new("no octet of the body is missing in the capture", "캡처에 본문이 빠짐없이 있음");

    private static readonly Phrase NotGivenUp = new("the receiver had not closed first", "받는 쪽이 먼저 닫지 않음");

    /// <summary>Later requests without an answer: whether an idle timer was due is known when the capture ends.</summary>
    private readonly List<Later> _later = [];

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.HasCloser)
        {
            return;
        }

        foreach (var exchange in connection.Ended(ExchangeEnd.ResponseTruncated))
        {
            if (exchange is { Request: { } request, Response: not null, ResponseTrace.MissingOctets: 0 }
                && (exchange.Anomalies & HttpAnomalies.InvalidChunkSize) == 0
                && CloserOf(connection, exchange) == Side.Server
                && !StreamEnds.MayBeTimer(connection, exchange, _settings.Of(SilentStreamCut.Entry, SilentStreamCut.Silence)))
            {
                findings.Add(OfResponse(connection, exchange, request));
            }
        }

        if (HasClosedFreshly(connection))
        {
            foreach (var exchange in connection.Ended(ExchangeEnd.Unanswered))
            {
                if (exchange is { Request: { } request, Ordinal: 1, RequestTrace.Complete: true, InterimResponses: 0 }
                    && connection.Actual(exchange.Requester) == Side.Client
                    && connection.Tcp.Close.Packet.Number > exchange.RequestTrace.End.Number
                    && !connection.Tcp.ServerEnd.HasClosedBefore(exchange.RequestTrace.HeadOffset))
                {
                    findings.Add(OfNoResponse(connection, exchange, request));
                }
            }
        }

        if (HasClosedUnanswered(connection))
        {
            Suspect(connection, findings);
        }

        foreach (var exchange in connection.Ended(ExchangeEnd.RequestTruncated))
        {
            // What is answered behind the client's own close was cut by that, and not by the answer.
            var isCut = exchange.Response is null
                || (connection.Record.AtClose.RequestCut && connection.Record.IsClosedBy(Side.Client));
            if (isCut && exchange is { Request: { } request, InterimResponses: 0, RequestTrace.MissingOctets: 0 }
                && connection.Actual(exchange.Requester) == Side.Client)
            {
                findings.Add(OfUpload(connection, exchange, request, connection.Tcp.Close.First));
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var window = _settings.Of(CloseRace.Entry, CloseRace.Window);
        foreach (var later in _later)
        {
            var estimate = later.Request.Pool.Server.Idle.Estimate();
            if (later.Request.IsNoRace(estimate, window))
            {
                findings.Add(OfNoResponse(later, later.Request.IsEndedWithin(window) ? OfNothingSoon : OfNothingLate), later.Request.Captured);
            }
        }
    }

    private void Suspect(ConnectionCase connection, FindingList findings)
    {
        foreach (var lost in LostRequest.Of(connection))
        {
            if (lost is { IsAfterClose: false, WasGivenUp: false, Exchange: { RequestTrace.Complete: true, InterimResponses: 0 } exchange }
                && connection.Tcp.Close.Packet.Number > exchange.RequestTrace.End.Number
                && findings.TryKeep(_later.Count))
            {
                _later.Add(new Later(lost, connection.Tcp.Close.Packet));
                findings.Suspect(Card, lost.Start);
            }
        }
    }

    /// <summary>And nothing of the server before.</summary>
    private static bool HasClosedFreshly(ConnectionCase connection) => HasClosedUnanswered(connection)
        && connection.Tcp.ServerEnd.Counters.UniqueOctets == 0 && !connection.Tcp.Midstream;

    /// <summary>A FIN of the server in place of one answer: a RST tells by itself what it means (HWA-T005, HWA-T012).</summary>
    private static bool HasClosedUnanswered(ConnectionCase connection) =>
        connection.Tcp.Close is { First: Side.Server, How: CloseManner.Fin or CloseManner.HalfClosed or CloseManner.FinThenReset }
        && connection.Record.Http is { Unanswered: 1, Http2: null }
        && connection is { HasGaps: false, HasBothDirections: true };

    private Finding OfNoResponse(Later later, Phrase says) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = later.Request.Subject,
        Frames = Evidence.Of(later.Request.LastWhole, later.Request.Start, later.Close),
        Measured =
        [
            .. later.Request.Measured(later.Request.Exchange.IdleBefore),
            Measure.Duration("after", later.Close.Time.Since(later.Request.Exchange.RequestTrace.End.Time)),
            Measure.Frame("close", later.Close),
        ],
        Says = says,
        Advice = [Silent],
        Guards = [new Guard(CouldKnow, Passed: true), new Guard(NotGivenUp, Passed: true)],
    };

    private Finding OfNoResponse(ConnectionCase connection, in HttpExchange exchange, RequestHead request) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = connection.Subject(exchange.Ordinal),
        Frames = Evidence.Of(exchange.RequestTrace.Start, connection.Tcp.Close.Packet),
        Measured =
        [
            Measure.Words("method", request.Method),
            Measure.Words("target", request.Target),
            Measure.Duration("after", connection.Tcp.Close.Packet.Time.Since(exchange.RequestTrace.End.Time)),
            Measure.Frame("request", exchange.RequestTrace.Start),
            Measure.Frame("close", connection.Tcp.Close.Packet),
        ],
        Says = OfNothing,
        Advice = [Silent],
        Guards = [new Guard(CouldKnow, Passed: true), new Guard(NotGivenUp, Passed: true)],
    };

    /// <summary>Whose FIN or RST came first; of an answer that goes on after the client's FIN, who cut it.</summary>
    private static Side CloserOf(ConnectionCase connection, in HttpExchange exchange)
    {
        ref readonly var close = ref connection.Tcp.Close;
        var isHalfClose = close.First == Side.Client
            && connection.Tcp.ClientEnd.Rst.IsNone
            && !connection.Tcp.ServerEnd.Fin.IsNone
            && close.Packet.Number < exchange.ResponseTrace.Start.Number;
        return connection.Actual(exchange.Requester) != Side.Client || isHalfClose ? Side.Server : close.First;
    }

    private Finding OfResponse(ConnectionCase connection, in HttpExchange exchange, RequestHead request)
    {
        ref readonly var body = ref exchange.ResponseTrace;
        var isOpenEnded = body.Rule is BodyRule.UntilClose or BodyRule.TransferEncodingUntilClose or BodyRule.SimpleResponse;
        var isEvents = EventStreams.Is(exchange);
        var says = body.HeadEnd.IsNone ? OfHead
            : !connection.Record.AtClose.Unread.IsNone ? OfUnread
            : isOpenEnded ? CannotKnow
            : isEvents ? OfEvents
            : body.ExpectedBodyOctets >= 0 ? OfLength
            : OfChunks;
        List<Measure> measured =
        [
            Measure.Words("method", request.Method),
            Measure.Words("target", request.Target),
            Measure.Frame("response", body.Start),
            Measure.Count("got", body.BodyOctets),
            Measure.End("closer", Side.Server),
            Measure.Duration("lasts", exchange.EndedBy.Time.Since(body.Start.Time)),
            Measure.Frame("close", exchange.EndedBy),
        ];
        if (body.ExpectedBodyOctets >= 0)
        {
            measured.Add(Measure.Count("expected", body.ExpectedBodyOctets));
        }

        return Finding(connection, exchange, isOpenEnded || isEvents ? Severity.Warning : Severity.Error, says, measured, body.Start, exchange.EndedBy);
    }

    private Finding OfUpload(ConnectionCase connection, in HttpExchange exchange, RequestHead request, Side closer)
    {
        List<Measure> measured =
        [
            Measure.Words("method", request.Method),
            Measure.Words("target", request.Target),
            Measure.Frame("request", exchange.RequestTrace.Start),
            Measure.Frame("close", connection.Tcp.Close.Packet),
        ];
        var isInHead = exchange.RequestTrace.HeadEnd.IsNone;
        if (!isInHead)
        {
            measured.Add(Measure.Count("got", exchange.RequestTrace.BodyOctets));
        }

        var says = (closer, isInHead) switch
        {
            (Side.Client, _) when !connection.Record.AtClose.Unread.IsNone => OfUnreadRequest,
            (Side.Client, false) => OfRequest,
            (Side.Client, true) => OfRequestHead,
            (_, false) => OfRefused,
            (_, true) => OfRefusedHead,
        };
        return Finding(connection, exchange, Severity.Warning, says, measured, exchange.RequestTrace.Start, connection.Tcp.Close.Packet);
    }

    private Finding Finding(
        ConnectionCase connection, in HttpExchange exchange, Severity severity, Phrase says, List<Measure> measured,
        PacketRef start, PacketRef end)
    {
        var unread = says == OfUnread || says == OfUnreadRequest ? connection.Record.AtClose.Unread : default;
        if (!unread.IsNone)
        {
            measured.Add(Measure.Frame("window", unread.By));
            measured.Add(Measure.Duration("unread", unread.Lasted(connection.Tcp.Close.Packet)));
        }

        return new()
        {
            Rule = Card,
            Severity = severity,
            // What made the sender give up is inferred.
            Confidence = unread.IsNone && exchange.Pairing == PairingConfidence.Certain ? Confidence.Certain : Confidence.Likely,
            Subject = connection.Subject(exchange.Ordinal),
            Frames = Evidence.Of(start, unread.By, end),
            Measured = measured,
            Says = says,
            Advice = !unread.IsNone ? [Unread] : says == OfRefused || says == OfRefusedHead ? [Refused] : says == OfEvents ? [Cut] : Card.Advice,
            Guards = exchange.End == ExchangeEnd.RequestTruncated
                ? [new Guard(NoHole, Passed: true)]
                : [new Guard(NoHole, Passed: true), new Guard(NotGivenUp, Passed: true)],
        };
    }

    private readonly record struct Later(LostRequest Request, PacketRef Close);
}
