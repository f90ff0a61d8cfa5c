using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D007: segments that fill the receiver's window to its last octet: the window is the limit, not the network.</summary>
/// <remarks>Not flagged: flights that leave less than a segment of room.</remarks>
internal sealed class FullWindows(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.WindowFull, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D007",
        Severity = Severity.Note,
        Title = new Phrase("sender filled the receiver's window", "수신 윈도우를 가득 채움"),
        References = ["RFC 9293 §3.8.6", "RFC 7323 §2", "Wireshark tcp.analysis.window_full"],
        Advice =
        [
            new Phrase(
                "Give the receiver a larger buffer: no SO_RCVBUF set by hand, net.ipv4.tcp_rmem to three times bandwidth × round trip, window scaling on (net.ipv4.tcp_window_scaling = 1).",
                "수신 버퍼를 키우십시오. SO_RCVBUF를 직접 설정하지 말고, net.ipv4.tcp_rmem 최댓값을 대역폭 × 왕복 시간의 세 배로, 윈도우 스케일링을 켜십시오(net.ipv4.tcp_window_scaling = 1)."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Filled windows: {count} (by the client {by_client}, by the server {by_server}), on {marked} of {connections} connections, the first {first}. The receiver's window was the limit there, not the network.",
        "수신 윈도우를 {count}번 가득 채웠습니다. 연결 {connections}개 중 {marked}개(클라이언트 {by_client}, 서버 {by_server}), 첫 번째는 {first}입니다. 네트워크가 아니라 수신 윈도우가 한계였습니다.");
}
