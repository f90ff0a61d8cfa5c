using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K003: a client uses connections that have been idle for as long as the server lets them be: a race that waits to happen.</summary>
/// <remarks>
/// Not flagged: servers of which no idle close was seen, and clients that never tried one again or closed one themselves;
/// clients whose longest try is below half of the server's timeout; servers that announce each close.
/// </remarks>
internal sealed class TimeoutInversion(RuleSettings settings, CloseRace races, StaleReuse stale) : Rule(Entry, settings)
{
    private static readonly RuleParameter Margin = new(
        "margin", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a timer's grain, a round trip and a busy host");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K003",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("client's idle time is not shorter than the server's", "클라이언트 유휴 시간이 서버보다 짧지 않음"),
        References =
        [
            "RFC 9112 §9.5", "AWS: Application Load Balancers, connection idle timeout", "cloudfoundry/java-buildpack#881",
            "jetty/jetty.project#2306", "dotnet/runtime#52267",
        ],
        Advice =
        [
            new Phrase(
                "Set the client's idle limit to {client_limit} or less, or the server's to {server_limit} or more.",
                "클라이언트의 유휴 제한을 {client_limit} 이하로 하거나 서버의 유휴 제한을 {server_limit} 이상으로 설정하십시오."),
        ],
        Parameters = [Margin],
    };

    private static readonly Phrase Tries = new(
        "{pool}: the client sent a request after {held} of idleness ({request}), and this server closes connections that have been idle for {server_idle} ({close}).",
        "{pool}: 클라이언트는 {held} 동안 유휴 상태이던 연결로 요청을 보냈는데({request}), 이 서버는 {server_idle} 동안 유휴 상태인 연결을 닫습니다({close}).");

    private static readonly Phrase Holds = new(
        "{pool}: the client keeps idle connections for {held} ({request}), and this server closes them after {server_idle} ({close}).",
        "{pool}: 클라이언트는 유휴 연결을 {held} 동안 유지하는데({request}), 이 서버는 {server_idle} 뒤에 닫습니다({close}).");

    private static readonly Phrase Waits = new(
        "A request that leaves as the timer runs out is lost.", "타이머가 만료되는 순간에 나간 요청은 유실됩니다.");

    private static readonly Phrase Happened = new(
        "It has happened: {lost|request was|requests were} lost.", "실제로 요청 {lost}건이 유실되었습니다.");

    private static readonly Phrase AtRisk = new(
        "Of {tries|request|requests} after idleness {at_risk|came|came} within a round trip of the timeout: {expected} are to be expected to fail.",
        "유휴 뒤의 요청 {tries}건 중 {at_risk}건이 타임아웃 전후 왕복 시간 안에 나갔습니다. {expected}가 실패할 것으로 예상됩니다.");

    private static readonly Phrase SeenOften = new(
        "several idle closes agree on the server's timeout", "서버 유휴 시간이 여러 번의 종료로 확인됨");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (pool.Server.Idle.Estimate() is { } server)
            {
                Judge(pool, server, findings);
            }
        }
    }

    private void Judge(PoolHabits pool, IdleEstimate server, FindingList findings)
    {
        var closes = server.Shortest.Span.Length;
        var own = pool.ClientIdle.Estimate();
        own = own is { Samples: > 1, Groups: null } ? own : null;
        var held = own?.Middle.Span ?? pool.LongestTried;
        var roundTrip = pool.MeanRoundTrip;
        var margin = long.Max(Of(Margin), 2 * roundTrip);
        if (held.Length > closes - margin && held.Length > closes / 2)
        {
            findings.Add(Finding(
                pool, server, own, held, pool.TriesBetween(closes - roundTrip, closes + roundTrip), races.LostOf(pool) + stale.LostOf(pool)));
        }
    }

    /// <param name="own">What the client's own closes say; null where its longest try speaks.</param>
    private Finding Finding(PoolHabits pool, IdleEstimate server, IdleEstimate? own, IdleSpan held, int atRisk, int lost) => new()
    {
        Rule = Card,
        Severity = lost > 0 ? Severity.Error : Severity.Warning,
        Confidence = own is null || own.Confidence > server.Confidence ? server.Confidence : own.Confidence,
        Subject = FindingSubject.Of(pool.Name),
        Frames = Evidence.Of(held.From, held.To, server.Shortest.Span.From, server.Shortest.Span.To),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Duration("held", held.Length),
            Measure.Frame("request", held.To),
            Measure.Duration("server_idle", server.Shortest.Span.Length),
            Measure.Count("server_idle_samples", server.Samples),
            Measure.Frame("close", server.Shortest.Span.To),
            Measure.Count("lost", lost),
            Measure.Count("tries", pool.Tries),
            Measure.Count("at_risk", atRisk),
            Measure.Share("expected", atRisk, pool.Tries),
            Measure.Duration("client_limit", IdleMargin.ClientLimit(server.Shortest.Span.Length)),
            Measure.Duration("server_limit", IdleMargin.ServerLimit(held.Length)),
        ],
        Says = (own is null ? Tries : Holds).Then(lost > 0 ? Happened : Waits).Then(atRisk > 0 ? AtRisk : null),
        Threshold = ThresholdOf("held", Margin),
        Guards = [new Guard(SeenOften, server.Samples >= IdleEstimate.Enough)],
    };
}
