using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D004: segments that later ones overtook on the way.</summary>
/// <remarks>Not flagged: octets sent again, which come behind later ones for another reason.</remarks>
internal sealed class OutOfOrder(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.OutOfOrder, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D004",
        Severity = Severity.Note,
        Title = new Phrase("segments out of order", "순서가 바뀐 세그먼트"),
        References = ["RFC 9293 §3.10.7.4", "RFC 8985 §3", "Wireshark tcp.analysis.out_of_order"],
        Advice =
        [
            new Phrase(
                "Packets of one connection take several ways: balance by flow (layer 3+4 hash) and not by packet, on links, bonds and routers.",
                "한 연결의 패킷이 여러 경로로 갑니다. 링크, 본딩, 라우터에서 패킷 단위가 아니라 흐름 단위(L3+L4 해시)로 분산하십시오."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Segments out of order: {count}, on {marked} of {connections} connections (client {by_client}, server {by_server}), the first {first}. Later ones overtook them; nothing was lost.",
        "순서가 바뀐 세그먼트 {count}개, 연결 {connections}개 중 {marked}개입니다(클라이언트 {by_client}, 서버 {by_server}). 첫 번째는 {first}입니다. 뒤의 세그먼트가 앞질렀을 뿐 손실은 없습니다.");
}
