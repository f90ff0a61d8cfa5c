using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-T001: a SYN that RST answered, or of which ICMP said that nobody can deliver it. One finding for each pool.</summary>
/// <remarks>
/// Not flagged: a RST that the server's own SYN-ACK disproved afterwards, silence (HWA-T002), and a connection that was
/// opened and then reset.
/// </remarks>
internal sealed class Refused(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T001",
        Severity = Severity.Warning,
        Title = new Phrase("connection refused", "연결 거부됨"),
        References = ["RFC 9293 §3.10.7.1", "RFC 9293 §3.9.2.2"],
        Advice =
        [
            new Phrase(
                "See whether a program listens on {server} (ss -ltn), on that address and not on 127.0.0.1 alone, and whether a firewall rule rejects.",
                "{server}에서 프로그램이 대기 중인지(ss -ltn), 127.0.0.1이 아니라 그 주소에서 대기하는지, 방화벽 규칙이 거부하는지 확인하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Route = new(
        "Look at the routes and the rules of the router that sent {icmp}: it names itself as its source.",
        "{icmp}을(를) 보낸 라우터(출발지 주소에 나타남)의 경로와 규칙을 확인하십시오.");

    private static readonly Phrase ByRst = new(
        "{server} refused {attempts} of {connections} connections: RST answered the SYN ({syn}). Nobody listens on the port there, or a firewall says so in its place.",
        "{server}이(가) 연결 {connections}개 중 {attempts}개를 거부했습니다. SYN({syn})에 RST로 응답했습니다. 그 포트에서 대기하는 프로그램이 없거나, 방화벽이 대신 그렇게 응답했습니다.");

    private static readonly Phrase ByIcmp = new(
        "{attempts} of {connections} connections to {server} found no way: ICMP type {icmp_type}, code {icmp_code} ({icmp}) answered the SYN ({syn}): a router on the way cannot deliver, or may not.",
        "{server}(으)로 가는 연결 {connections}개 중 {attempts}개가 경로를 찾지 못했습니다. SYN({syn})에 ICMP type {icmp_type}, code {icmp_code}({icmp})가 돌아왔습니다. 경로의 라우터가 전달할 수 없거나 전달이 금지되어 있습니다.");

    private readonly ByPool<Tally> _refused = new();
    private readonly ByPool<Undelivered> _undelivered = new();

    public override ConnectionTraits Connections => ConnectionTraits.NeverOpened;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        if (tcp.Close.How == CloseManner.Refused)
        {
            _refused.Of(connection.Pool).Add(connection.Number, 0, tcp.ClientEnd.Syn, tcp.ServerEnd.Rst);
        }
        else if (IcmpOf(connection) is { Packet.IsNone: false } icmp)
        {
            var undelivered = _undelivered.Of(connection.Pool);
            undelivered.Icmp = undelivered.Icmp.Packet.IsNone ? icmp : undelivered.Icmp;
            undelivered.Tally.Add(connection.Number, 0, tcp.ClientEnd.Syn, icmp.Packet);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _refused.InOrder)
        {
            Report(pool, tally, ByRst, Card.Advice, capture, [], findings);
        }

        foreach (var (pool, undelivered) in _undelivered.InOrder)
        {
            var icmp = undelivered.Icmp;
            var reason = IcmpReason.Unpack(icmp.Value);
            Report(
                pool,
                undelivered.Tally,
                ByIcmp,
                [Route],
                capture,
                [
                    Measure.Frame("icmp", icmp.Packet),
                    Measure.Count("icmp_type", reason.Type),
                    Measure.Count("icmp_code", reason.Code),
                ],
                findings);
        }
    }

    private static TcpRemark IcmpOf(ConnectionCase connection) =>
        connection.Trail?.TcpRemarks.FirstOrDefault(remark => remark.Kind == TcpRemarkKind.IcmpError) ?? default;

    private void Report(
        PoolHabits pool,
        Tally tally,
        Phrase says,
        IReadOnlyList<Phrase> advice,
        CaptureCase capture,
        IReadOnlyList<Measure> more,
        FindingList findings) =>
        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = tally.SubjectOf(pool),
            Frames = tally.Evidence(),
            Measured =
            [
                Measure.Words("server", pool.Name.Server.ToString()),
                Measure.Count("attempts", tally.Count),
                Measure.Count("connections", capture.ConnectionsOf(pool, otherwise: tally.Count)),
                Measure.Frame("syn", tally.First),
                .. more,
            ],
            Says = says,
            Advice = advice,
        });

    private sealed class Undelivered
    {
        public Tally Tally { get; } = new();

        /// <summary>The first one.</summary>
        public TcpRemark Icmp { get; set; }
    }
}
