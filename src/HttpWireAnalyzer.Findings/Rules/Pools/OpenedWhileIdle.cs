using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R005: a client opened a connection while it had an idle one to the same server.</summary>
/// <remarks>
/// Not flagged: openings within 10 ms of a connection's becoming idle (a burst, the other half of happy eyeballs), and
/// pools that opened few connections, or one for each of a proxy's clients (PROXY protocol). What the packets cannot show: that the idle one was for another purpose.
/// </remarks>
internal sealed class OpenedWhileIdle(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Share = new(
        "share", MeasureUnit.Thousandths, 200, "one of five openings is no accident");

    private static readonly RuleParameter Openings = new(
        "openings", MeasureUnit.Count, 2, "one may be an accident");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R005",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("opened although a connection was idle", "유휴 연결이 있는데도 새 연결을 엶"),
        References = ["RFC 9112 §9.3", "RFC 9112 §9.4"],
        Advice =
        [
            new Phrase(
                "Use one client object for all callers: several pools in one process (one HttpClient or Agent for each call site, one for each worker) cannot see each other's idle connections.",
                "모든 호출자가 클라이언트 객체 하나를 쓰게 하십시오. 한 프로세스 안의 여러 풀(호출 위치나 워커마다 만든 HttpClient, Agent)은 서로의 유휴 연결을 보지 못합니다."),
        ],
        Parameters = [Share, Openings],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count} of {connections} connections were opened while another was idle: {idle|was|were} when the first of them was opened ({frame}).",
        "{pool}: 연결 {connections}개 중 {count}개가 다른 연결이 유휴 상태일 때 열렸습니다. 첫 번째가 열릴 때({frame}) {idle}개가 유휴 상태였습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (pool.OpenedWhileIdle >= Of(Openings) && !pool.IsOneForEach && capture.RecordOf(pool.Name) is { Exchanges.Total: > 0 } record)
            {
                findings.Add(Finding(pool, record));
            }
        }
    }

    private Finding Finding(PoolHabits pool, PoolRecord record)
    {
        var isOften = pool.OpenedWhileIdle * 1000 >= record.Connections.Total * Of(Share);
        return new Finding
        {
            Rule = Card,
            Severity = isOften ? Severity.Warning : Severity.Note,
            Confidence = Confidence.Likely,
            Subject = FindingSubject.Of(pool.Name),
            Frames = [pool.FirstOpenedWhileIdle],
            Measured =
            [
                Measure.Words("pool", pool.Name.ToString()),
                Measure.Count("count", pool.OpenedWhileIdle),
                Measure.Count("connections", record.Connections.Total),
                Measure.Count("idle", pool.IdleAtFirst),
                Measure.Frame("frame", pool.FirstOpenedWhileIdle),
                Measure.Share("share", pool.OpenedWhileIdle, record.Connections.Total),
            ],
            Says = Says,
            Threshold = ThresholdOf("share", Share),
        };
    }
}
