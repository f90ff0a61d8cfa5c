using HttpWireAnalyzer.Findings.Rules.Closing;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D006: a receiver closed its window: its program did not read.</summary>
/// <remarks>
/// Not flagged: a window of 0 in a RST, a window that is small but open (HWA-D007), and a server that had answered and let go of the
/// rest of the request (HWA-T005).
/// </remarks>
internal sealed class ZeroWindows(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.ZeroWindow, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    private static readonly RuleParameter Closed = new(
        "closed", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond / 100, "a program that reads so soon does read");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D006",
        Severity = Severity.Warning,
        Title = new Phrase("receiver had no room: zero window", "수신 버퍼 없음: 제로 윈도우"),
        References = ["RFC 9293 §3.8.6.1", "Wireshark tcp.analysis.zero_window"],
        Advice =
        [
            new Phrase(
                "Make that program read: a blocked thread or event loop, back-pressure from a slow disk or client behind it, or a buffer that is too small (net.ipv4.tcp_rmem, SO_RCVBUF).",
                "그 프로그램이 읽게 하십시오. 막힌 스레드나 이벤트 루프, 뒤쪽의 느린 디스크나 클라이언트로 인한 배압, 너무 작은 버퍼(net.ipv4.tcp_rmem, SO_RCVBUF)를 확인하십시오."),
        ],
        Parameters = [Least, Closed],
    };

    private static readonly Phrase Says = new(
        "Segments with a closed window: {count} (of the client {by_client}, of the server {by_server}), on {marked} of {connections} connections, the first {first}, for {closed} together. The program at that end did not read; neither the sender nor the network was slow.",
        "윈도우가 닫혔다고 알린 세그먼트 {count}개, 연결 {connections}개 중 {marked}개(클라이언트 {by_client}, 서버 {by_server}), 첫 번째는 {first}, 합계 {closed}입니다. 그쪽 프로그램이 읽지 않은 것이며 보내는 쪽이나 네트워크가 느린 것이 아닙니다.");

    protected override bool IsExplained(ConnectionCase connection) => ResetOnUnread.Lingered(connection) is not null;

    protected override Severity SeverityOf(long windowClosed) => windowClosed < Of(Closed) ? Severity.Note : Card.Severity;
}
