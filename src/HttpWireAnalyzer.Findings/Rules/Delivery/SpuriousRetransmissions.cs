using HttpWireAnalyzer.Findings.Rules.Quality;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D003: octets sent again although the receiver had acknowledged them.</summary>
/// <remarks>
/// Not flagged: octets of which nothing says that the receiver had them; connections whose repeats are copies (HWA-C005). Those of which it says so later, by DSACK or an old
/// timestamp, count; Wireshark cannot know them.
/// </remarks>
internal sealed class SpuriousRetransmissions(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.SpuriousRetransmission, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D003",
        Severity = Severity.Note,
        Title = new Phrase("spurious retransmissions", "불필요한 재전송"),
        References = ["RFC 3522", "RFC 2883", "RFC 5682", "Wireshark tcp.analysis.spurious_retransmission"],
        Advice =
        [
            new Phrase(
                "Look at the way of the acknowledgments: a full uplink, Wi-Fi power saving, a busy receiver. Where HWA-C005 speaks too, the capture or the wire doubles segments.",
                "ACK가 지나는 경로를 확인하십시오(가득 찬 업링크, Wi-Fi 절전, 바쁜 수신 측). HWA-C005도 나왔다면 캡처나 회선이 세그먼트를 복제한 것입니다."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Spurious retransmissions: {count}, on {marked} of {connections} connections (client {by_client}, server {by_server}), the first {first}. The receiver had those octets: acknowledgments were late or lost, or the wire doubled segments.",
        "불필요한 재전송 {count}개, 연결 {connections}개 중 {marked}개입니다(클라이언트 {by_client}, 서버 {by_server}). 첫 번째는 {first}입니다. 수신 측은 이미 데이터를 갖고 있었으며 ACK가 늦거나 유실되었거나 회선이 세그먼트를 복제했습니다.");

    protected override int CountOf(in EndDiagnosisSummary end) => end.Of(SegmentMarks.SpuriousRetransmission) + end.ProvenSpurious;

    protected override bool IsExplained(ConnectionCase connection) => DuplicateFrames.ExplainsRepeats(connection);

    protected override PacketRef FirstOf(ConnectionCase connection) =>
        connection.Trail?.FirstNeedless is { IsNone: false } first ? first : base.FirstOf(connection);
}
