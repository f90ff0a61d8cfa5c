using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-T008: a SYN on a pair of ports whose last connection was still in TIME_WAIT. One finding for each pool.</summary>
/// <remarks>
/// Not flagged: a pair whose last connection was reset, since nobody waits then, and one whose TIME_WAIT was over.
/// </remarks>
internal sealed class TimeWaitReused(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T008",
        Severity = Severity.Note,
        Title = new Phrase("port pair reused in TIME_WAIT", "TIME_WAIT 중인 포트 쌍 재사용"),
        References = ["RFC 9293 §3.6.1", "RFC 6191"],
        Advice =
        [
            new Phrase(
                "The client, or a NAT before it, is short of ports for {server}: reuse connections, widen net.ipv4.ip_local_port_range (1024 65535), or use more source addresses.",
                "클라이언트나 그 앞의 NAT에 {server}(으)로 쓸 포트가 부족합니다. 연결을 재사용하거나 net.ipv4.ip_local_port_range를 넓히거나(1024 65535) 출발지 주소를 늘리십시오."),
        ],
    };

    private static readonly Phrase Accepted = new(
        "Connections to {server} that began on a port pair in TIME_WAIT: {count}, the first with {syn}, {since} into it. All opened: sequence number or timestamps told the new connection from the old.",
        "{server}(으)로 가는 연결 {count}개가 TIME_WAIT 중인 포트 쌍에서 시작되었습니다(첫 번째는 {syn}, TIME_WAIT {since} 경과). 순서 번호나 타임스탬프로 이전 연결과 구별되어 모두 열렸습니다.");

    private static readonly Phrase Failed = new(
        "Connections to {server} that began on a port pair in TIME_WAIT: {count}, the first with {syn}, {since} into it. Not opened: {failed}, for the old connection stood in the way.",
        "{server}(으)로 가는 연결 {count}개가 TIME_WAIT 중인 포트 쌍에서 시작되었고(첫 번째는 {syn}, TIME_WAIT {since} 경과) 그중 {failed}개는 열리지 않았습니다. 이전 연결이 가로막았습니다.");

    private static readonly Phrase Refused = new(
        "Connections to {server} that began on a port pair in TIME_WAIT: {count}, the first with {syn}, {since} into it. Refused at first: {refused}. The server answered for the old connection, and only the SYN that was sent again opened the new one.",
        "{server}(으)로 가는 연결 {count}개가 TIME_WAIT 중인 포트 쌍에서 시작되었습니다(첫 번째는 {syn}, TIME_WAIT {since} 경과). 그중 {refused}개는 처음에 거절되었습니다. 서버가 이전 연결로 응답했고, 다시 보낸 SYN이 새 연결을 열었습니다.");

    private readonly ByPool<Reused> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Remarks;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(TcpRemarkKind.TimeWaitReuse))
        {
            return;
        }

        var reused = _pools.Of(connection.Pool);
        reused.Count++;
        reused.Failed += connection.Record.NeverOpened ? 1 : 0;
        reused.Refused += connection.Record.Has(TcpRemarkKind.ChallengeAck) ? 1 : 0;
        foreach (var remark in connection.Trail?.TcpRemarks ?? [])
        {
            // Only a pool's first ones have it in their trails.
            if (remark.Kind == TcpRemarkKind.TimeWaitReuse)
            {
                reused.Tally.Add(connection.Number, remark.Value, remark.Packet, connection.Tcp.ServerEnd.Syn, connection.Tcp.ServerEnd.Rst);
                return;
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, reused) in _pools.InOrder.Where(entry => entry.Kept.Tally.Count > 0))
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = reused.Failed + reused.Refused > 0 ? Severity.Warning : Severity.Note,
                Confidence = Confidence.Certain,
                Subject = reused.Count > 1 ? FindingSubject.Of(pool.Name) : reused.Tally.SubjectOf(pool),
                Frames = reused.Tally.Evidence(),
                Measured =
                [
                    Measure.Words("server", pool.Name.Server.ToString()),
                    Measure.Count("count", reused.Count),
                    Measure.Count("failed", reused.Failed),
                    Measure.Count("refused", reused.Refused),
                    Measure.Duration("since", reused.Tally.FirstValue),
                    Measure.Frame("syn", reused.Tally.First),
                ],
                Says = reused.Failed > 0 ? Failed : reused.Refused > 0 ? Refused : Accepted,
            });
        }
    }

    private sealed class Reused
    {
        /// <summary>Values are times since TIME-WAIT was entered, nanoseconds.</summary>
        public Tally Tally { get; } = new();

        public long Count { get; set; }

        public int Failed { get; set; }

        /// <summary>Their first SYN was answered for the old connection.</summary>
        public int Refused { get; set; }
    }
}
