namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C006: segments larger than the network carries: captured before the card cut them, or after it joined them.</summary>
/// <remarks>Not flagged: an end whose MSS is unknown, and a connection whose first flight has none of them.</remarks>
internal sealed class OffloadedSegments(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.SuperSegments, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C006",
        Severity = Severity.Info,
        Title = new Phrase("offloaded super-segments", "오프로드된 대형 세그먼트"),
        References = ["RFC 9293 §3.7.1"],
        Advice =
        [
            new Phrase(
                "To see what the wire carries, capture elsewhere, or for the time of it: ethtool -K DEV tso off gso off gro off.",
                "실제 회선의 패킷을 보려면 다른 곳에서 캡처하거나, 캡처하는 동안 ethtool -K DEV tso off gso off gro off를 적용하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Segments on {count} of {connections} connections (the first from {first} on) are larger than the receiver's MSS: the tap sees them before the card cuts them or after it joined them. Numbers of segments, and of retransmissions among them, are not the wire's.",
        "연결 {connections}개 중 {count}개(첫 번째는 {first}부터)에서 세그먼트가 수신 측 MSS보다 큽니다. 네트워크 카드가 나누기 전이나 합친 뒤에 캡처된 것입니다. 세그먼트 수와 재전송 수는 실제 회선과 다릅니다.");
}
