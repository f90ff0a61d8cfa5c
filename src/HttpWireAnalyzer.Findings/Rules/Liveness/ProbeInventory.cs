using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>HWA-G005: who probes whom with TCP keep-alive, after how long and how often. One finding for each pool and end.</summary>
/// <remarks>Not flagged: probes of a closed window, which ask for room and not for life.</remarks>
internal sealed class ProbeInventory(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-G005",
        Severity = Severity.Info,
        Title = new Phrase("TCP keep-alive in use", "TCP keep-alive 사용 현황"),
        References = ["RFC 9293 §3.8.4"],
    };

    private static readonly Phrase Periodic = new(
        "The {prober} sends TCP keep-alive probes (the first {first}): first after {idle}, then each {interval}. Probes: {probes}, answered: {answered}, on {count} of the pool's connections. They carry no octets, and do not end HTTP idleness.",
        "{prober}가 TCP keep-alive 프로브를 보냅니다(첫 번째 {first}). 처음에는 {idle} 뒤, 이후 {interval}마다입니다. 프로브 {probes}개, 응답 {answered}개, 풀의 연결 {count}개입니다. 데이터가 없으므로 HTTP 유휴를 끝내지 않습니다.");

    private static readonly Phrase Single = new(
        "The {prober} sends TCP keep-alive probes (the first {first}), after {idle}. Probes: {probes}, answered: {answered}, on {count} of the pool's connections. They carry no octets, and do not end HTTP idleness.",
        "{prober}가 {idle} 뒤에 TCP keep-alive 프로브를 보냅니다(첫 번째 {first}). 프로브 {probes}개, 응답 {answered}개, 풀의 연결 {count}개입니다. 데이터가 없으므로 HTTP 유휴를 끝내지 않습니다.");

    private readonly ByPool<Habit> _clients = new();
    private readonly ByPool<Habit> _servers = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (connection.Record.Has(TcpRemarkKind.KeepAliveProbe) && !connection.Record.Has(TcpRemarkKind.ZeroWindow))
        {
            Note(connection, Side.Client, _clients);
            Note(connection, Side.Server, _servers);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        Report(Side.Client, _clients, findings);
        Report(Side.Server, _servers, findings);
    }

    private static void Note(ConnectionCase connection, Side prober, ByPool<Habit> pools)
    {
        var probes = connection.Trail!.TcpRemarks.Where(remark => remark.Kind == TcpRemarkKind.KeepAliveProbe
            && connection.Actual(remark.Sender) == prober).ToList();
        if (probes.Count == 0)
        {
            return;
        }

        var habit = pools.Of(connection.Pool);
        habit.Answered += connection.Tcp.EndOf(prober).Counters.KeepAliveAnswers;
        habit.Interval = probes.Count > 1 && habit.Interval == 0 ? ShortestInterval(probes) : habit.Interval;
        habit.Probes += connection.Tcp.EndOf(prober).Counters.KeepAliveProbes;
        habit.Tally.Add(connection.Number, probes[0].Value, probes[0].Packet, probes[^1].Packet);
    }

    /// <summary>Where an exchange lies between two of them, the clock began anew.</summary>
    private static long ShortestInterval(List<TcpRemark> probes) => probes
        .Zip(probes.Skip(1), (one, next) => next.Packet.Time.Since(one.Packet.Time)).Min();

    private void Report(Side prober, ByPool<Habit> pools, FindingList findings)
    {
        foreach (var (pool, habit) in pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = habit.Tally.SubjectOf(pool),
                Frames = habit.Tally.Evidence(),
                Measured =
                [
                    Measure.End("prober", prober),
                    Measure.Count("probes", habit.Probes),
                    Measure.Count("answered", habit.Answered),
                    Measure.Count("count", habit.Tally.Count),
                    Measure.Duration("idle", habit.Tally.Sum / habit.Tally.Count),
                    .. habit.Interval > 0 ? new[] { Measure.Duration("interval", habit.Interval) } : [],
                    Measure.Frame("first", habit.Tally.First),
                ],
                Says = habit.Interval > 0 ? Periodic : Single,
            });
        }
    }

    private sealed class Habit
    {
        public Tally Tally { get; } = new();

        public long Probes { get; set; }

        public long Answered { get; set; }

        /// <summary>Between probes of the first connection that has two, nanoseconds.</summary>
        public long Interval { get; set; }
    }
}
