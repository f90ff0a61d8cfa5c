using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R003: how a client uses its connections to a server, in one sentence. hwa pools has the columns.</summary>
/// <remarks>Not told: pools with few requests.</remarks>
internal sealed class PoolInventory(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Requests = new("requests", MeasureUnit.Count, 20, "with fewer there is no habit to tell");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R003",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("how a pool is used", "풀 사용 현황"),
        References = ["RFC 9112 §9.4"],
        Parameters = [Requests],
    };

    private static readonly Phrase Says = new(
        "{pool}: {requests|request|requests} on {connections|connection|connections}, {open} open and {busy} busy at most; {reuse} of the requests reused one. First FIN by the client {by_client}, by the server {by_server}, reset {reset}.",
        "{pool}: 연결 {connections}개로 요청 {requests}건을 처리했고, 최대 {open}개가 열려 있었으며 {busy}개가 사용 중이었습니다. 재사용률은 {reuse}입니다. 먼저 닫은 쪽: 클라이언트 {by_client}, 서버 {by_server}, 리셋 {reset}.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (capture.RecordOf(pool.Name) is { } record && record.Exchanges.Total >= Of(Requests))
            {
                findings.Add(Finding(pool.Name, record));
            }
        }
    }

    private Finding Finding(PoolName pool, PoolRecord record) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(pool),
        Frames = Evidence.Of(record.First, record.Occupancy.Open.MaxAt, record.Occupancy.Busy.MaxAt, record.Last),
        Measured =
        [
            Measure.Words("pool", pool.ToString()),
            Measure.Count("requests", record.Exchanges.Total),
            Measure.Count("connections", record.Connections.Total),
            Measure.Count("open", record.Occupancy.Open.Max),
            Measure.Count("busy", record.Occupancy.Busy.Max),
            Measure.Share("reuse", record.Exchanges.Reusing, record.Exchanges.Total),
            Measure.Count("by_client", record.Connections.ClosedByClient),
            Measure.Count("by_server", record.Connections.ClosedByServer),
            Measure.Count("reset", record.Connections.Reset),
        ],
        Says = Says,
    };
}
