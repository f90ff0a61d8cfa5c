using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Pipelining;

/// <summary>HWA-L004: an answer waited behind the answer to the request before it.</summary>
/// <remarks>
/// When it was ready cannot be seen, so what is told is a bound: between nothing and the time from the request until the
/// answer before it was out, less the round trip that any answer takes. It is certain where the answer followed at once and the one before it was slow. Not flagged:
/// short waits, and those that are a small part of the latency; where the capture's holes leave open which answer is whose.
/// </remarks>
internal sealed class HeadOfLine(RuleSettings settings) : Rule(Entry, settings)
{
    /// <summary>Who follows so soon had been ready.</summary>
    private const long AtOnce = 2_000_000;

    private static readonly RuleParameter Wait = new(
        "wait", MeasureUnit.Nanoseconds, 100_000_000, "what people notice");

    private static readonly RuleParameter Share = new(
        "share", MeasureUnit.Thousandths, 500, "half of the latency");

    private static readonly RuleParameter Least = new(
        "least", MeasureUnit.Nanoseconds, 10_000_000, "a share of less than this does not matter");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-L004",
        Severity = Severity.Warning,
        Title = new Phrase("head-of-line blocking", "선두 차단(head-of-line blocking)"),
        References = ["RFC 9112 §9.3.2"],
        Advice =
        [
            new Phrase(
                "Do not pipeline behind slow requests: use another connection for {method} {target}, or HTTP/2, whose streams do not wait for each other.",
                "느린 요청 뒤에 파이프라이닝하지 마십시오. {method} {target}에는 다른 연결이나, 스트림끼리 기다리지 않는 HTTP/2를 쓰십시오."),
        ],
        Parameters = [Wait, Share, Least],
    };

    private static readonly Phrase Says = new(
        "{method} {target} ({request}) waited up to {blocked} of its {latency} behind the answer before it: that one was out only at {free}, and its own began {gap} later.",
        "{method} {target}({request})은 지연 {latency} 가운데 최대 {blocked}을(를) 앞 응답 뒤에서 기다렸습니다. 앞 응답은 {free}에 끝났고, 자신의 응답은 {gap} 뒤에 시작되었습니다.");

    private static readonly Phrase FollowedAtOnce = new("its answer followed at once", "응답이 곧바로 이어짐");

    private readonly long _wait = settings.Of(Entry, Wait);
    private readonly long _share = settings.Of(Entry, Share);
    private readonly long _least = settings.Of(Entry, Least);

    public override ExchangeTraits Exchanges => ExchangeTraits.Queued;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        ref readonly var timing = ref exchange.Timing;
        if (it.Request is not { } request || it.PipelineDepth < 2 || exchange.IsPairGuessed || timing.Queued < _least
            || (timing.Queued < _wait && timing.Queued * 1000 < timing.Total * _share)
            || findings.TryLeaveOut(Card))
        {
            return;
        }

        findings.Add(Finding(exchange, request));
    }

    private Finding Finding(in ExchangeCase exchange, RequestHead request)
    {
        ref readonly var it = ref exchange.Exchange;
        ref readonly var timing = ref exchange.Timing;
        var gap = it.ResponseTrace.Start.Time.Since(exchange.PreviousEnd.Time);
        return new Finding
        {
            Rule = Card,
            Confidence = gap <= AtOnce ? exchange.Surest : Confidence.Possible,
            Subject = exchange.Subject,
            Frames = Evidence.Of(it.RequestTrace.Start, exchange.PreviousEnd, it.ResponseTrace.Start, it.ResponseTrace.End),
            Measured =
            [
                Measure.Words("method", request.Method),
                Measure.Words("target", request.Target),
                Measure.Duration("blocked", timing.Queued),
                Measure.Duration("latency", timing.Total),
                Measure.Duration("gap", long.Max(0, gap)),
                Measure.Frame("request", it.RequestTrace.Start),
                Measure.Frame("free", exchange.PreviousEnd),
            ],
            Says = Says,
            Threshold = ThresholdOf("blocked", Wait),
            Guards = [new Guard(FollowedAtOnce, gap <= AtOnce)],
        };
    }
}
