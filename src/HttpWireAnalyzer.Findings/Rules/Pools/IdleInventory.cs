using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R006: what idle connections cost a server that gives each a thread.</summary>
/// <remarks>Not told: pools that are idle for less than a connection-second. A server with a poller holds only a socket.</remarks>
internal sealed class IdleInventory(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Least = new(
        "least", MeasureUnit.Nanoseconds, 10 * Timestamp.NanosecondsPerSecond, "less than ten connection-seconds is noise");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R006",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("idle connections held", "유휴 연결 점유"),
        References = ["RFC 9112 §9.3"],
        Advice =
        [
            new Phrase(
                "A server with a thread for each connection keeps {threads} of its threads waiting for this client: shorten its keep-alive timeout, or serve with a poller (nginx, event MPM, NIO), which holds only a socket.",
                "연결마다 스레드를 쓰는 서버라면 이 클라이언트를 위해 스레드 {threads}개가 대기합니다. keep-alive 시간을 줄이거나, 소켓만 유지하는 폴러 방식(nginx, event MPM, NIO)으로 서비스하십시오."),
        ],
        Parameters = [Least],
    };

    private static readonly Phrase Says = new(
        "{pool}: connections were idle for {idle} all together, {idle_most} at once at most ({frame}); with a thread for each connection {threads} would have waited all the time.",
        "{pool}: 연결이 모두 합쳐 {idle} 동안 유휴 상태였고 동시에 최대 {idle_most}개였습니다({frame}). 연결마다 스레드를 쓴다면 평균 {threads}개가 계속 대기한 셈입니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (capture.RecordOf(pool.Name) is not { Exchanges.Total: > 0 } record || record.Occupancy.Idle.Mean <= 0)
            {
                continue;
            }

            var idle = (long)((Int128)record.Occupancy.Idle.Mean * record.Last.Time.Since(record.First.Time) / OccupancyRecord.MeanUnit);
            if (idle >= Of(Least))
            {
                findings.Add(Finding(pool.Name, record, idle));
            }
        }
    }

    private Finding Finding(PoolName pool, PoolRecord record, long idle) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(pool),
        Frames = Evidence.Of(record.First, record.Occupancy.Idle.MaxAt, record.Last),
        Measured =
        [
            Measure.Words("pool", pool.ToString()),
            Measure.Duration("idle", idle),
            Measure.Count("idle_most", record.Occupancy.Idle.Max),
            new Measure("threads", MeasureUnit.Mean, record.Occupancy.Idle.Mean),
            Measure.Frame("frame", record.Occupancy.Idle.MaxAt),
        ],
        Says = Says,
    };
}
