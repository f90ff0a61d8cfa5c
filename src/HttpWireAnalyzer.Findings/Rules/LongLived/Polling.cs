using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S001: a client asks for the same thing at a fixed pace, and what comes back is mostly the same.</summary>
/// <remarks>
/// Not told: requests without a pace, and those that are repeated as fast as they are answered (a load generator, a long
/// poll: HWA-S002). Requests are the same where their whole heads are.
/// </remarks>
internal sealed class Polling(RuleSettings settings) : Rule(Entry, settings)
{
    private readonly RepeatedRequests _requests = new();

    private static readonly RuleParameter Least = new("requests", MeasureUnit.Count, 5, "fewer have no pace");

    private static readonly RuleParameter Variation = new("variation", MeasureUnit.Thousandths, 200, "a timer's pace varies less");

    private static readonly RuleParameter Period = new(
        "period", MeasureUnit.Nanoseconds, 100_000_000, "who asks more often is not polling but loading")
    {
        Least = Traits.Pause,
    };

    private static readonly RuleParameter Held = new(
        "held", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "an answer to a poll comes at once");

    private static readonly RuleParameter Same = new("same", MeasureUnit.Thousandths, 800, "most answers say nothing new");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S001",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("polling", "폴링"),
        References = ["RFC 6202 §1", "RFC 9110 §13"],
        Advice =
        [
            new Phrase(
                "Where most answers say nothing new, ask less often, or have the server tell: long polling, server-sent events or WebSocket.",
                "대부분의 응답에 새로운 내용이 없다면 덜 자주 묻거나, 롱 폴링, SSE, WebSocket으로 서버가 알리게 하십시오."),
        ],
        Parameters = [Least, Variation, Period, Held, Same],
    };

    private static readonly Phrase Says = new(
        "{pool}: {method} {target} is asked for every {period} ({count} times, first {frame}); {same} of the answers are as the one before.",
        "{pool}: {method} {target}을(를) {period}마다 요청합니다({count}회, 처음 {frame}). 응답의 {same}이(가) 직전과 같습니다.");

    private static readonly Phrase SaysMany = new(
        "{pool}: {requests} requests are sent again and again at a pace, every {least} to {period} ({count} times together; the first is {method} {target}, {frame}); {same} of the answers are as the one before.",
        "{pool}: 요청 {requests}가지를 일정한 간격({least}에서 {period})으로 반복합니다(모두 {count}회, 처음은 {method} {target}, {frame}). 응답의 {same}이(가) 직전과 같습니다.");

    /// <summary>As many of one pool are told one by one: more are one program's habit.</summary>
    private const int MostAlone = 3;

    public override ExchangeTraits Exchanges => ExchangeTraits.AfterPause;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings) =>
        _requests.Of(exchange)?.Add(exchange.Exchange, Of(Held));

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var ofPool in _requests.All.Where(IsPolled).GroupBy(repeated => repeated.Pool))
        {
            var polled = ofPool.ToList();
            foreach (var told in polled.Chunk(polled.Count > MostAlone ? polled.Count : 1))
            {
                findings.Add(Finding(told));
            }
        }
    }

    private bool IsPolled(Repeated repeated) => repeated.Count >= Of(Least)
        && repeated.Held == 0
        && repeated.Period >= Of(Period)
        && repeated.Variation * 1000 < Of(Variation);

    private Finding Finding(Repeated[] polled)
    {
        var (first, isOne) = (polled[0], polled.Length == 1);
        var (same, count) = (polled.Sum(repeated => (long)repeated.Same), polled.Sum(repeated => (long)repeated.Count));
        return new Finding
        {
            Rule = Card,
            Severity = same * 1000 >= count * Of(Same) ? Severity.Note : Severity.Info,
            Confidence = Confidence.Likely,
            Subject = FindingSubject.Of(first.Pool.Name),
            Frames = Evidence.Of(first.First, first.Last),
            Measured =
            [
                Measure.Words("pool", first.Pool.Name.ToString()),
                Measure.Words("method", first.Request.Method),
                Measure.Words("target", first.Request.Target),
                .. isOne ? ReadOnlySpan<Measure>.Empty : [Measure.Count("requests", polled.Length)],
                Measure.Count("count", count),
                .. isOne ? ReadOnlySpan<Measure>.Empty : [Measure.Duration("least", polled.Min(repeated => repeated.Period))],
                Measure.Duration("period", polled.Max(repeated => repeated.Period)),
                Measure.Share("same", same, count),
                Measure.Frame("frame", first.First),
            ],
            Says = isOne ? Says : SaysMany,
            Threshold = ThresholdOf("same", Same),
        };
    }
}
