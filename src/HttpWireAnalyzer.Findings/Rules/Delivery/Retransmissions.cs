using HttpWireAnalyzer.Findings.Rules.Liveness;
using HttpWireAnalyzer.Findings.Rules.Quality;
using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D001: octets sent again because they were lost, or taken for lost.</summary>
/// <remarks>
/// Not flagged: a segment that was merely overtaken (HWA-D004), octets that the receiver had (HWA-D003), keep-alive probes,
/// what asks for room in a closed window (HWA-D006), SYNs (HWA-D108, HWA-T002), which are also repeated where nothing is
/// lost and the accept queue is full, and connections most of whose repeats the wire or the capture made (HWA-C005), or ICMP
/// errors answer (HWA-G001). Wireshark
/// counts all these here as well.
/// </remarks>
internal sealed class Retransmissions(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.Retransmission, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D001",
        Severity = Severity.Note,
        Title = new Phrase("retransmissions", "재전송"),
        References = ["RFC 9293 §3.8.1", "Wireshark tcp.analysis.retransmission"],
        Advice =
        [
            new Phrase(
                "Look for the loss on the way: ip -s link, ethtool -S, policers, full queues. Below 0.1 % it is the price of a full path.",
                "경로의 손실을 찾으십시오(ip -s link, ethtool -S, 폴리서, 가득 찬 큐). 0.1% 미만이면 포화된 경로에서 정상 범위입니다."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Retransmissions: {count}, {share} of the packets of {marked} of {connections} connections (client {by_client}, server {by_server}), the first {first}.",
        "재전송 {count}개, 연결 {connections}개 중 {marked}개에서 패킷의 {share}입니다(클라이언트 {by_client}, 서버 {by_server}). 첫 번째는 {first}입니다.");

    protected override int CountOf(in EndDiagnosisSummary end) => int.Max(
        0,
        end.Of(SegmentMarks.Retransmission) - end.Of(SegmentMarks.SpuriousRetransmission) - end.ProvenSpurious
            - end.Of(SegmentMarks.ZeroWindowRetransmission) - end.RepeatedSyns);

    protected override bool IsExplained(ConnectionCase connection) =>
        DuplicateFrames.ExplainsRepeats(connection) || GhostSession.ExplainsRepeats(connection);
}
