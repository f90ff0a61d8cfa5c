using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T004: a reset while octets were not acknowledged: they may never have arrived.</summary>
/// <remarks>
/// Not flagged: octets whose acknowledgment passed the reset on its way; a close with octets unread (HWA-T005); requests
/// that came after the close (HWA-K001, HWA-K002); answers that a client gave up, which is its own will; and what was
/// written when nothing was outstanding (HWA-T007); connections without HTTP, where the last octets are mostly a goodbye
/// (close_notify of TLS).
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

    private static readonly Phrase Own = new(
        "The {resetter} reset the connection ({rst}) when {own} that it had sent were not acknowledged: they may not have arrived, or are thrown away by the receiver.",
        "{resetter}가 자신이 보낸 {own}이(가) 확인 응답되지 않은 상태에서 연결을 리셋했습니다({rst}). 도착하지 않았거나 수신 측에서 버려질 수 있습니다.");

    private static readonly Phrase Theirs = new(
        "The {resetter} reset the connection ({rst}) while {theirs} of the {sender} were on their way to it: they were not delivered.",
        "{sender}가 보낸 {theirs}이(가) 가는 중에 {resetter}가 연결을 리셋했습니다({rst}). 이 데이터는 전달되지 않았습니다.");

    private static readonly Phrase Both = new(
        "The {resetter} reset the connection ({rst}) when {own} of its own were not acknowledged and {theirs} of the {sender} were on their way: the first may not have arrived, the second were not delivered.",
        "{resetter}가 자신이 보낸 {own}이(가) 확인 응답되지 않고 {sender}의 {theirs}이(가) 가는 중에 연결을 리셋했습니다({rst}). 앞의 것은 도착하지 않았을 수 있고 뒤의 것은 전달되지 않았습니다.");

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

        // Text on the RST itself (RFC 9293 §3.5.3) is no message.
        var own = record.Has(TcpRemarkKind.RstPayload) ? 0 : tcp.EndOf(resetter).Unacknowledged;
        var theirs = record.AtClose.Outstanding && resetter == Side.Server ? tcp.ClientEnd.Unacknowledged : 0;
        if (own == 0 && theirs == 0)
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(connection.LastWhole, tcp.Close.Packet, tcp.EndOf(resetter.Other()).Last, rst),
            Measured =
            [
                Measure.End("resetter", resetter),
                Measure.End("sender", resetter.Other()),
                Measure.Octets("own", own),
                Measure.Octets("theirs", theirs),
                Measure.Frame("rst", rst),
            ],
            Says = own == 0 ? Theirs : theirs == 0 ? Own : Both,
            Guards = [new Guard(NotAcknowledgedLater, Passed: true)],
        });
    }
}
