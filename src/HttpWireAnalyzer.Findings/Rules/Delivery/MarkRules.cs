using HttpWireAnalyzer.Findings.Rules.Quality;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>HWA-D001: octets sent again because they were lost, or taken for lost.</summary>
/// <remarks>
/// Not flagged: a segment that was merely overtaken (HWA-D004), octets that the receiver had (HWA-D003), keep-alive probes,
/// what asks for room in a closed window (HWA-D006), SYNs (HWA-D108, HWA-T002), which are also repeated where nothing is
/// lost and the accept queue is full, and connections most of whose repeats the wire or the capture made (HWA-C005). Wireshark
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

    protected override bool IsExplained(ConnectionCase connection) => DuplicateFrames.ExplainsRepeats(connection);
}

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

/// <summary>HWA-D003: octets sent again although the receiver had acknowledged them.</summary>
/// <remarks>
/// Not flagged: octets of which nothing says that the receiver had them. Those of which it says so later, by DSACK or an old
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

    protected override PacketRef FirstOf(in EndDiagnosisSummary end)
    {
        // Of those that were proven later the packet is not kept: the first retransmission stands for them.
        var marked = end.FirstOf(SegmentMarks.SpuriousRetransmission);
        return marked.IsNone ? end.FirstOf(SegmentMarks.Retransmission) : marked;
    }
}

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

/// <summary>HWA-D006: a receiver closed its window: its program did not read.</summary>
/// <remarks>Not flagged: a window of 0 in a RST, and a window that is small but open (HWA-D007).</remarks>
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

    protected override Severity SeverityOf(long windowClosed) => windowClosed < Of(Closed) ? Severity.Note : Card.Severity;
}

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

/// <summary>HWA-D008: connections on a 4-tuple that another had before.</summary>
/// <remarks>Not flagged: the same SYN again, which is a retransmission.</remarks>
internal sealed class ReusedPorts(RuleSettings settings) : MarkRule(Entry, settings, SegmentMarks.ReusedPorts, Says, Least)
{
    private static readonly RuleParameter Least = new("least", MeasureUnit.Count, 1, "one is worth telling of a pool");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-D008",
        Severity = Severity.Info,
        Title = new Phrase("port numbers reused", "포트 번호 재사용"),
        References = ["RFC 9293 §3.4.1", "Wireshark tcp.analysis.reused_ports"],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "Connections on ports that another had before: {count} of {connections}, the first with {first}. Each is a connection of its own. HWA-T008 tells where TIME_WAIT was cut short.",
        "이전 연결과 같은 포트를 쓴 연결: {connections}개 중 {count}개, 첫 번째는 {first}입니다. 각각 별개의 연결입니다. TIME_WAIT 중이었던 경우는 HWA-T008이 알립니다.");

    public override ConnectionTraits Connections => ConnectionTraits.PortsReused;
}
