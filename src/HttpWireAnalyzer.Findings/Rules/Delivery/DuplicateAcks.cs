using HttpWireAnalyzer.Findings.Rules.Quality;
using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D005: acknowledgments that repeat the one before: their sender misses octets. Three or more on a connection.</summary>
/// <remarks>
/// Not flagged: one or two, which reordering makes, window updates, and connections whose segments the wire or the capture
/// doubled (HWA-C005).
/// </remarks>
internal sealed class DuplicateAcks(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.DuplicateAck, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 3, "RFC 5681 §3.2: fewer are reordering");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D005",
        Severity = Severity.Info,
        Title = new Phrase("duplicate acknowledgments", "중복 ACK"),
        References = ["RFC 5681 §2", "Wireshark tcp.analysis.duplicate_ack"],
        Advice =
        [
            new Phrase(
                "They are the receiver's report of a loss or of reordering: see the retransmissions, or the segments out of order, of the other end.",
                "수신 측이 손실이나 순서 바뀜을 알리는 것입니다. 상대편의 재전송이나 순서가 바뀐 세그먼트를 확인하십시오."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Duplicate acknowledgments: {count}, on {marked} of {connections} connections (client {by_client}, server {by_server}), the first {first}. Their senders had received later octets, and missed earlier ones.",
        "중복 ACK {count}개, 연결 {connections}개 중 {marked}개입니다(클라이언트 {by_client}, 서버 {by_server}). 첫 번째는 {first}입니다. 뒤의 데이터는 받았지만 앞의 데이터가 빠져 있었습니다.");

    protected override bool IsExplained(ConnectionCase connection) => DuplicateFrames.ExplainsRepeats(connection);
}
