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

    public override ExchangeTraits Exchanges => ExchangeTraits.AfterPause;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings) =>
        _requests.Of(exchange)?.Add(exchange.Exchange, Of(Held));

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var repeated in _requests.All)
        {
            if (repeated.Count >= Of(Least)
                && repeated.Held == 0
                && repeated.Period >= Of(Period)
                && repeated.Variation * 1000 < Of(Variation))
            {
                findings.Add(Finding(repeated));
            }
        }
    }

    private Finding Finding(Repeated repeated) => new()
    {
        Rule = Card,
        Severity = repeated.Same * 1000L >= repeated.Count * Of(Same) ? Severity.Note : Severity.Info,
        Confidence = Confidence.Likely,
        Subject = FindingSubject.Of(repeated.Pool.Name),
        Frames = Evidence.Of(repeated.First, repeated.Last),
        Measured =
        [
            Measure.Words("pool", repeated.Pool.Name.ToString()),
            Measure.Words("method", repeated.Request.Method),
            Measure.Words("target", repeated.Request.Target),
            Measure.Count("count", repeated.Count),
            Measure.Duration("period", repeated.Period),
            Measure.Share("same", repeated.Same, repeated.Count),
            Measure.Frame("frame", repeated.First),
        ],
        Says = Says,
        Threshold = ThresholdOf("same", Same),
    };
}
