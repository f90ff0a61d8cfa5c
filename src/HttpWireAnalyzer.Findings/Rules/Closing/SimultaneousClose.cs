namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T009: both ends sent FIN before either saw the other's: nobody closed first, and both wait.</summary>
/// <remarks>Not flagged: FINs one after the other, however close: the second acknowledges the first.</remarks>
internal sealed class SimultaneousClose(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T009",
        Severity = Severity.Info,
        Title = new Phrase("simultaneous close", "동시 종료"),
        References = ["RFC 9293 §3.6, figure 13"],
        Advice =
        [
            new Phrase(
                "If both ends run idle timers of one length, let one be shorter: then one end closes, and only one holds TIME_WAIT.",
                "양쪽의 유휴 타이머가 같은 길이라면 한쪽을 더 짧게 하십시오. 그러면 한쪽만 닫고 TIME_WAIT도 한쪽에만 남습니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "Connections closed by both ends at once: {count}, the first with {client_fin} and {server_fin}. The FINs crossed, neither closed first, and both ends hold TIME_WAIT.",
        "연결 {count}개를 양쪽이 동시에 닫았습니다(첫 번째는 {client_fin}, {server_fin}). FIN이 엇갈려 누구도 먼저 닫지 않았고 양쪽 모두 TIME_WAIT에 머뭅니다.");

    private readonly ByPool<Tally> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.CrossingFins;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        _pools.Of(connection.Pool).Add(
            connection.Number, 0, tcp.ClientEnd.Fin, tcp.ServerEnd.Fin,
            tcp.ClientEnd.FinAcknowledged, tcp.ServerEnd.FinAcknowledged);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", tally.Count),
                    Measure.Frame("client_fin", tally.First),
                    Measure.Frame("server_fin", tally.Second),
                ],
                Says = Says,
            });
        }
    }
}
