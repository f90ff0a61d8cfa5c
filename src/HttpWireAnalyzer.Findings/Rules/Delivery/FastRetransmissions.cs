using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D002: octets sent again on duplicate acknowledgments, without waiting for the timer.</summary>
/// <remarks>Not flagged: retransmissions that a timer or a probe made.</remarks>
internal sealed class FastRetransmissions(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.FastRetransmission, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D002",
        Severity = Severity.Note,
        Title = new Phrase("fast retransmissions", "빠른 재전송"),
        References = ["RFC 5681 §3.2", "RFC 6675", "Wireshark tcp.analysis.fast_retransmission"],
        Advice =
        [
            new Phrase(
                "As for retransmissions: find the loss. It costs a round trip and half of the congestion window each time.",
                "재전송과 같이 손실 지점을 찾으십시오. 매번 왕복 시간 한 번과 혼잡 윈도우의 절반을 잃습니다."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Fast retransmissions: {count}, on {marked} of {connections} connections (client {by_client}, server {by_server}), the first {first}. Losses inside a flight, mended in about a round trip.",
        "빠른 재전송 {count}개, 연결 {connections}개 중 {marked}개입니다(클라이언트 {by_client}, 서버 {by_server}). 첫 번째는 {first}입니다. 전송 도중의 손실이 약 한 왕복 시간 만에 복구되었습니다.");
}
