using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>HWA-T002: SYN after SYN, and no answer of any kind. One finding for each pool.</summary>
/// <remarks>
/// Not flagged: an attempt that is refused or of which ICMP tells (HWA-T001), one that opens in the end (HWA-D108), and
/// one that the client gives up after less than three SYNs or seven seconds.
/// </remarks>
internal sealed class SynUnanswered(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Syns = new("syns", MeasureUnit.Count, 3, "RFC 6298 §5: 0, 1 and 3 s");

    private static readonly RuleParameter Span = new(
        "span", MeasureUnit.Nanoseconds, 7 * Timestamp.NanosecondsPerSecond, "when the fourth SYN is due (RFC 6298 §5: 1 + 2 + 4 s)");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T002",
        Severity = Severity.Error,
        Title = new Phrase("SYN not answered", "SYN에 응답 없음"),
        References = ["RFC 9293 §3.8.1", "RFC 6298 §5"],
        Advice =
        [
            new Phrase(
                "Look on the way to {server}: a firewall or security group that drops, a wrong route, a host that is down, or (if some attempts are answered) a full accept queue (nstat -az TcpExtListenDrops). Give clients a connect timeout of a few seconds: Linux tries for about 130 s.",
                "{server}까지의 경로를 확인하십시오. 패킷을 버리는 방화벽이나 보안 그룹, 잘못된 라우팅, 꺼진 호스트, 또는 (일부 시도에 응답이 있다면) 가득 찬 accept 큐(nstat -az TcpExtListenDrops)가 원인일 수 있습니다. 클라이언트에는 몇 초의 연결 타임아웃을 두십시오. Linux는 약 130초 동안 시도합니다."),
        ],
        Parameters = [Syns, Span],
        RestsOnSilence = true,
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "{attempts} of {connections} connections to {server} got no answer at all, the first in {syns} SYNs over {span} (from {syn} on): no SYN-ACK, no RST, no ICMP.",
        "{server}(으)로 가는 연결 {connections}개 중 {attempts}개에 아무 응답이 없었습니다. 첫 번째는 {span} 동안 SYN {syns}개를 보냈지만({syn}부터) SYN-ACK도 RST도 ICMP도 없었습니다.");

    private static readonly Phrase OtherAnswers = new(
        "the server answered nobody else either", "서버가 다른 연결에도 응답하지 않음");

    private static readonly Phrase BothWays = new(
        "other connections to the server were captured in both directions", "그 서버로 가는 다른 연결은 양방향으로 캡처됨");

    private readonly ByPool<Unanswered> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.NeverOpened;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        var syns = tcp.ClientEnd.Counters.Syns;
        var span = tcp.ClientEnd.Last.Time.Since(tcp.ClientEnd.Syn.Time);
        if (tcp.Close.How != CloseManner.Unanswered || connection.Record.Has(TcpRemarkKind.IcmpError)
            || tcp.ClientEnd.Counters.Packets > tcp.ClientEnd.Counters.AllSyns || syns < Of(Syns) || span < Of(Span))
        {
            return;
        }

        var pool = _pools.Of(connection.Pool);
        pool.Syns = pool.Tally.Count == 0 ? syns : pool.Syns;
        pool.Tally.Add(connection.Number, span, tcp.ClientEnd.Syn, tcp.ClientEnd.Last);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, unanswered) in _pools.InOrder)
        {
            var tally = unanswered.Tally;
            var connections = capture.ConnectionsOf(pool, otherwise: tally.Count);
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = pool.OneSided == 0 ? Confidence.Certain : Confidence.Possible,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Words("server", pool.Name.Server.ToString()),
                    Measure.Count("attempts", tally.Count),
                    Measure.Count("connections", connections),
                    Measure.Count("syns", unanswered.Syns),
                    Measure.Duration("span", tally.FirstValue),
                    Measure.Frame("syn", tally.First),
                ],
                Says = Says,
                Threshold = ThresholdOf("syns", Syns),
                Guards = [new Guard(OtherAnswers, tally.Count == connections), new Guard(BothWays, pool.OneSided == 0)],
            });
        }
    }

    private sealed class Unanswered
    {
        /// <summary>Values are the times that attempts took, nanoseconds.</summary>
        public Tally Tally { get; } = new();

        /// <summary>Of the first attempt.</summary>
        public int Syns { get; set; }
    }
}
