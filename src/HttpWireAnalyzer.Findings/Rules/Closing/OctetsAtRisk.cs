using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T004: a reset while octets were not acknowledged: they may never have arrived.</summary>
/// <remarks>
/// Not flagged: octets whose acknowledgment passed the reset on its way; a close with octets unread (HWA-T005); requests
/// that came after the close, or crossed it (HWA-K001, HWA-K002), but for the first of a connection; answers that a client
/// gave up, which is its own will, unless their octets had been on the way for longer than a retransmission timeout; and what
/// was written when nothing was outstanding (HWA-T007); connections without HTTP, where the last octets are mostly a goodbye
/// (close_notify of TLS). Only possible: octets that were not sent again for longer than a retransmission timeout, whose acknowledgment
/// the capture may lack.
/// </remarks>
internal sealed class OctetsAtRisk(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T004",
        Severity = Severity.Warning,
        Title = new Phrase("reset with octets unacknowledged", "확인 응답되지 않은 데이터가 있는 채로 리셋"),
        References = ["RFC 9293 §3.10.5", "RFC 9293 §3.10.7.4", "RFC 9112 §9.6"],
        Advice =
        [
            new Phrase(
                "Close with FIN after everything was sent and acknowledged, and without SO_LINGER 0; a server that refuses an upload should read on, and discard, for some seconds before it closes.",
                "모두 보내고 확인 응답을 받은 뒤 FIN으로 닫고 SO_LINGER 0은 쓰지 마십시오. 업로드를 거절하는 서버는 닫기 전에 몇 초 동안 계속 읽어 버려야 합니다."),
        ],
    };

    /// <summary>Linux (TCP_RTO_MIN), nanoseconds.</summary>
    private const long LeastTimeout = Timestamp.NanosecondsPerSecond / 5;

    private static readonly Phrase Own = new(
        "The {resetter} reset the connection ({rst}) when {own} that it had sent were not acknowledged: they may not have arrived, or are thrown away by the receiver.",
        "{resetter}가 자신이 보낸 {own}이(가) 확인 응답되지 않은 상태에서 연결을 리셋했습니다({rst}). 도착하지 않았거나 수신 측에서 버려질 수 있습니다.");

    private static readonly Phrase Theirs = new(
        "The {resetter} reset the connection ({rst}) while {theirs} of the {sender} were on their way to it: they were not delivered.",
        "{sender}가 보낸 {theirs}이(가) 가는 중에 {resetter}가 연결을 리셋했습니다({rst}). 이 데이터는 전달되지 않았습니다.");

    private static readonly Phrase Both = new(
        "The {resetter} reset the connection ({rst}) when {own} of its own were not acknowledged and {theirs} of the {sender} were on their way: the first may not have arrived, the second were not delivered.",
        "{resetter}가 자신이 보낸 {own}이(가) 확인 응답되지 않고 {sender}의 {theirs}이(가) 가는 중에 연결을 리셋했습니다({rst}). 앞의 것은 도착하지 않았을 수 있고 뒤의 것은 전달되지 않았습니다.");

    private static readonly Phrase OfClosed = new(
        "{theirs} of the {sender} met a RST without ACK ({rst}), the answer to a connection that is not known any more: the {resetter} had closed it before, and its FIN was lost or is not in the capture; or something on the way had dropped the connection, or rejects it. They were not delivered.",
        "{sender}가 보낸 {theirs}에 ACK 없는 RST({rst})가 돌아왔습니다. 이 연결을 더는 알지 못하는 곳의 응답입니다. {resetter}가 전에 닫았는데 그 FIN이 유실되었거나 캡처에 없거나, 경로의 장비가 연결을 지웠거나 거부하고 있습니다. 이 데이터는 전달되지 않았습니다.");

    private static readonly Phrase OnTheWay = new(
        "{theirs} of the {sender}'s answer, which had passed here, were never acknowledged, and the {resetter} gave the connection up ({rst}): they did not reach it.",
        "{sender}의 응답 중 여기를 지난 {theirs}이(가) 끝내 확인 응답되지 않았고 {resetter}가 연결을 포기했습니다({rst}). 이 데이터는 도착하지 않았습니다.");

    private static readonly Phrase Path = new(
        "Look for what loses packets between this tap and the {resetter}, and count the request as done: repeat only what is safe to repeat.",
        "이 캡처 지점과 {resetter} 사이에서 패킷을 잃는 곳을 찾으십시오. 요청은 처리된 것으로 보고, 반복해도 안전한 요청만 재시도하십시오.");

    private static readonly Phrase WhereClosed = new(
        "Capture at the {resetter} too: a FIN or a restart there says that it closed; where nothing there says so, a firewall, NAT or load balancer on the way answered in its name (an idle timeout, a REJECT rule). Let the {sender} close idle connections sooner than either does, and repeat only what is safe to repeat.",
        "{resetter} 쪽에서도 캡처하십시오. 거기에 FIN이나 재시작이 보이면 {resetter}가 닫은 것이고, 아무것도 없으면 경로의 방화벽·NAT·로드 밸런서가 대신 응답한 것입니다(유휴 타임아웃, REJECT 규칙). {sender}가 그보다 먼저 유휴 연결을 닫게 하고, 반복해도 안전한 요청만 재시도하십시오.");

    private static readonly Phrase Crossed = new(
        "{method} {target} ({request}), the first request, crossed the {resetter}'s FIN ({fin}) on the way: the {resetter} had closed the connection as unused when it came, and RST ({rst}) answered. {theirs} were not delivered.",
        "첫 요청 {method} {target}({request})이 {resetter}의 FIN({fin})과 엇갈렸습니다. {resetter}는 쓰이지 않은 연결을 이미 닫은 뒤였고 RST({rst})로 답했습니다. {theirs}은(는) 전달되지 않았습니다.");

    private static readonly Phrase Unused = new(
        "Nothing of it was read: send it again on another connection. Let the client open connections when it has something to send, or the server wait longer for a first request.",
        "서버가 읽지 않았으므로 다른 연결로 다시 보내십시오. 클라이언트는 보낼 것이 있을 때 연결을 열고, 서버는 첫 요청을 더 오래 기다리게 하십시오.");

    private static readonly Phrase NotAcknowledgedLater = new(
        "no acknowledgment followed the reset", "리셋 뒤에도 확인 응답이 오지 않음");

    public override ConnectionTraits Connections => ConnectionTraits.Reset;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        ref readonly var tcp = ref connection.Tcp;
        var client = tcp.ClientEnd.Rst;
        var server = tcp.ServerEnd.Rst;
        var resetter = server.IsNone || (!client.IsNone && client.Number < server.Number) ? Side.Client : Side.Server;
        var rst = resetter == Side.Client ? client : server;
        if (ForeignResets.MayBe(tcp, resetter) || !record.IsHttp || record.Close.Reason is CloseReason.ResetOnUnread or CloseReason.PeerGone || record.AtClose.RequestsAfter > 0)
        {
            return;
        }

        // Text on the RST itself (RFC 9293 §3.5.3) is no message. What the capture lacks of the other end may have acknowledged them.
        var isUnknown = record.Has(TcpRemarkKind.RstPayload) || tcp.EndOf(resetter.Other()).Counters.TrailingGap > 0;
        var own = isUnknown ? 0 : tcp.EndOf(resetter).Unacknowledged;
        var theirs = resetter == Side.Client ? LostOnTheWay(record, rst)
            : record.AtClose.Outstanding ? tcp.ClientEnd.Unacknowledged
            : 0;
        var crossed = CrossedOn(connection);
        if ((own == 0 && theirs == 0) || crossed is { Ordinal: > 1 })
        {
            return;
        }

        var isLostOnTheWay = resetter == Side.Client && own == 0;
        var isOfClosed = own == 0 && tcp.EndOf(resetter) is { IsRstOfClosed: true, Fin.IsNone: true };
        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = own > 0 && theirs == 0 && IsNotRepeated(connection, resetter, rst) ? Confidence.Possible : Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(connection.LastWhole, tcp.Close.Packet, tcp.EndOf(resetter.Other()).Last, rst),
            Measured =
            [
                Measure.End("resetter", resetter),
                Measure.End("sender", resetter.Other()),
                Measure.Octets("own", own),
                Measure.Octets("theirs", theirs),
                Measure.Frame("rst", rst),
                .. crossed is { Request: { } request } ? CrossingOf(connection, request, crossed.Value.RequestTrace.Start) : [],
            ],
            Says = crossed is not null ? Crossed : isLostOnTheWay ? OnTheWay : isOfClosed ? OfClosed : own == 0 ? Theirs : theirs == 0 ? Own : Both,
            Advice = crossed is not null ? [Unused] : isLostOnTheWay ? [Path] : isOfClosed ? [WhereClosed] : Card.Advice,
            Guards = [new Guard(NotAcknowledgedLater, Passed: true)],
        });
    }

    /// <summary>
    /// For longer than a retransmission timeout the resetter did not send them again: most likely they were acknowledged, and the
    /// capture lacks that.
    /// </summary>
    private static bool IsNotRepeated(ConnectionCase connection, Side resetter, PacketRef rst)
    {
        var last = connection.Record.Http.LastMessageEnd;
        return !last.IsNone && connection.Tcp.EndOf(resetter).Counters.Retransmissions == 0
            && rst.Time.Since(last.Time) >= long.Max(LeastTimeout, 3 * connection.RoundTrip);
    }

    /// <summary>Octets of a whole answer that had been sent, and sent again, and were never acknowledged.</summary>
    private static long LostOnTheWay(ConnectionRecord record, PacketRef rst) =>
        rst.Time.Since(record.Http.LastMessageEnd.Time) >= LeastTimeout ? record.AtClose.Undelivered : 0;

    /// <summary>The request that the server's FIN crossed; null without one.</summary>
    private static HttpExchange? CrossedOn(ConnectionCase connection)
    {
        foreach (ref readonly var lost in connection.Ended(ExchangeEnd.Unanswered))
        {
            if (lost.Request is not null && connection.Actual(lost.Requester) == Side.Client
                && connection.Tcp.ServerEnd.HasClosedBefore(lost.RequestTrace.HeadOffset))
            {
                return lost;
            }
        }

        return null;
    }

    private static Measure[] CrossingOf(ConnectionCase connection, RequestHead request, PacketRef start) =>
    [
        Measure.Words("method", request.Method),
        Measure.Words("target", request.Target),
        Measure.Frame("request", start),
        Measure.Frame("fin", connection.Tcp.ServerEnd.Fin),
    ];
}
