using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>A rule that counts connections which the capture does not have whole, and shows the first.</summary>
internal abstract class PartialConnections(RuleCard card, RuleSettings settings, ConnectionTraits traits, Phrase says)
    : QualityRule(card, settings)
{
    private readonly Tally _tally = new();

    public sealed override ConnectionTraits Connections => traits;

    public sealed override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var octets = PartOf(connection, out var first);
        if (octets >= 0)
        {
            _tally.Add(connection.Number, octets, first);
        }
    }

    public sealed override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (_tally.Count > 0)
        {
            Tell(
                capture,
                findings,
                says,
                _tally.Evidence(),
                Measure.Count("count", _tally.Count),
                Measure.Count("connections", capture.Pools.Pools.Sum(pool => pool.Connections.Total) + capture.Pools.ConnectionsLeftOut),
                Measure.Octets("octets", _tally.Sum),
                Measure.Octets("most", _tally.Most),
                Measure.Frame("first", _tally.First));
        }
    }

    /// <summary>Octets that it concerns; -1 where the connection is whole.</summary>
    /// <param name="first">The packet that shows it.</param>
    protected virtual long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Tcp.First;
        return 0;
    }
}

/// <summary>HWA-C003: connections of which only one direction was captured.</summary>
/// <remarks>Not flagged: attempts that nobody answered: silence is what there was.</remarks>
internal sealed class OneDirectionOnly(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.OneDirection, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C003",
        Severity = Severity.Warning,
        Title = new Phrase("one direction only", "한 방향만 캡처됨"),
        References = ["RFC 9293 §3.4"],
        Advice =
        [
            new Phrase(
                "Capture where both directions pass: on a host, or with both directions of the mirror port; routes may differ there and back.",
                "양방향이 모두 지나는 곳에서 캡처하십시오. 호스트에서, 또는 미러 포트의 양방향을 모두 켜고 캡처하십시오. 오가는 경로가 다를 수 있습니다."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "One direction only was captured of {count} of {connections} connections, the first from {first} on. Rules that need both say nothing of them, and silence proves nothing: HWA-T002 is only possible for those servers.",
        "연결 {connections}개 중 {count}개는 한 방향만 캡처되었습니다(첫 번째는 {first}부터). 양방향이 필요한 규칙은 이 연결들을 판단하지 않으며, 침묵은 증거가 되지 않습니다. 그 서버들에 대해 HWA-T002는 '가능'에 그칩니다.");
}

/// <summary>HWA-C004: connections that were open before the capture began.</summary>
internal sealed class MidstreamStart(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.Midstream, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C004",
        Severity = Severity.Info,
        Title = new Phrase("connections picked up midstream", "중간부터 캡처된 연결"),
        References = ["RFC 9293 §3.5"],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Open before the capture began: {count} of {connections} connections, the first seen at {first}. Their ends' roles are a guess until a request shows them, their round trip and window scale are unknown, and states rest on assumption.",
        "연결 {connections}개 중 {count}개는 캡처 시작 전에 이미 열려 있었습니다(첫 번째는 {first}). 요청이 보일 때까지 양 끝의 역할은 추정이며, 왕복 시간과 윈도우 배율을 알 수 없고 상태는 가정에 근거합니다.");
}

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

/// <summary>HWA-C010: octets cut off by the snap length.</summary>
internal sealed class SnapLength(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.Trail, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C010",
        Severity = Severity.Note,
        Title = new Phrase("packets cut by the snap length", "스냅 길이로 잘린 패킷"),
        References = ["draft-ietf-opsawg-pcapng §4.2"],
        Advice =
        [
            new Phrase(
                "Capture whole packets (-s 0, tcpdump's usual); a head may be longer than the snap length.",
                "패킷 전체를 캡처하십시오(-s 0, tcpdump 기본값). 헤더가 스냅 길이보다 길 수 있습니다."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Cut off by the snap length: {octets}, on {count} of {connections} connections (the first at {first}). Findings on those connections are one step less sure, and heads in what is missing are not read.",
        "연결 {count}개에서 {octets}이(가) 스냅 길이로 잘렸습니다(첫 번째는 {first}). 그 연결의 진단은 한 단계 덜 확실하며, 잘린 부분의 헤더는 읽을 수 없습니다.");

    protected override long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Trail!.Gaps.FirstOrDefault(gap => gap.Cause == GapCause.SnapLength).NoticedAt;
        return first.IsNone ? -1 : connection.Tcp.ClientEnd.Counters.Cut + connection.Tcp.ServerEnd.Counters.Cut;
    }
}

/// <summary>HWA-C011: connections that are TLS, and so say nothing of HTTP.</summary>
internal sealed class Encrypted(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.WithoutHttp, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C011",
        Severity = Severity.Info,
        Title = new Phrase("TLS, not decrypted", "복호화되지 않은 TLS"),
        References = ["RFC 8446"],
        Advice =
        [
            new Phrase(
                "Capture behind the end of TLS (between load balancer and application), where HTTP can be read.",
                "HTTP를 읽을 수 있도록 TLS가 끝나는 지점 뒤(로드 밸런서와 애플리케이션 사이)에서 캡처하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "TLS: {count} of {connections} connections, the first from {first} on. Rules on exchanges say nothing of them; those on TCP do.",
        "연결 {connections}개 중 {count}개(첫 번째는 {first}부터)가 TLS입니다. HTTP 교환에 관한 규칙은 판단하지 않고 TCP 규칙만 적용됩니다.");

    protected override long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Tcp.First;
        return connection.Record.Http.Protocol == ApplicationProtocol.Tls ? 0 : -1;
    }
}
