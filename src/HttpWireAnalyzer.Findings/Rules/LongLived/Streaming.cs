using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S003: one response that goes on and on, in pieces: an event stream, or a download that is fed slowly.</summary>
/// <remarks>Not told: large bodies that come as fast as the network lets them, and Content-Length.</remarks>
internal sealed class Streaming(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Lasts = new(
        "lasts", MeasureUnit.Nanoseconds, 10 * Timestamp.NanosecondsPerSecond, "an answer that is ready does not take so long")
    {
        Least = Traits.Noticeable,
    };

    private static readonly RuleParameter Pieces = new("pieces", MeasureUnit.Count, 5, "fewer are no stream");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S003",
        Severity = Severity.Info,
        Title = new Phrase("streaming response", "스트리밍 응답"),
        References = ["WHATWG HTML §9.2", "RFC 9112 §7.1", "RFC 6202 §3"],
        Advice =
        [
            new Phrase(
                "Send something at least every 30 s (a comment line in an event stream), so that no proxy takes the silence for an idle connection; and switch off response buffering (nginx: X-Accel-Buffering: no).",
                "프록시가 침묵을 유휴 연결로 여기지 않게 최소 30초마다 무언가를 보내고(이벤트 스트림의 주석 줄), 응답 버퍼링을 끄십시오(nginx: X-Accel-Buffering: no)."),
        ],
        Parameters = [Lasts, Pieces],
    };

    private static readonly Phrase Says = new(
        "The answer to {method} {target} ({response}) went on for {lasts}, in {pieces|piece|pieces}: a stream.",
        "{method} {target}의 응답({response})이 {lasts} 동안 {pieces}조각으로 이어졌습니다. 스트림입니다.");

    private static readonly Phrase Events = new(
        "The answer to {method} {target} ({response}) is an event stream (text/event-stream) of {lasts}.",
        "{method} {target}의 응답({response})은 {lasts} 동안 이어진 이벤트 스트림(text/event-stream)입니다.");

    /// <summary>The head that was last looked into: a server gives the same one again and again, and equal heads are one object.</summary>
    private ResponseHead? _recent;
    private bool _isRecentOfEvents;

    public override ExchangeTraits Exchanges => ExchangeTraits.LongResponse;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } request || it.Response is not { } response)
        {
            return;
        }

        var lasts = (it.ResponseTrace.End.IsNone ? it.EndedBy : it.ResponseTrace.End).Time.Since(it.ResponseTrace.Start.Time);
        var isEvents = IsOfEvents(response);
        if (isEvents || (lasts >= Of(Lasts) && it.ResponseTrace.Chunks >= Of(Pieces)))
        {
            findings.Add(Finding(it, request, exchange.PoolName, lasts, isEvents));
        }
    }

    private bool IsOfEvents(ResponseHead response)
    {
        if (!ReferenceEquals(response, _recent))
        {
            _recent = response;
            _isRecentOfEvents = EventStreams.Is(response);
        }

        return _isRecentOfEvents;
    }

    private Finding Finding(in HttpExchange it, RequestHead request, PoolName pool, long lasts, bool isEvents) => new()
    {
        Rule = Card,
        Confidence = isEvents ? Confidence.Certain : Confidence.Likely,
        Subject = FindingSubject.Of(it, pool),
        Frames = Evidence.Of(it.RequestTrace.Start, it.ResponseTrace.Start, it.EndedBy),
        Measured =
        [
            Measure.Words("method", request.Method),
            Measure.Words("target", request.Target),
            Measure.Duration("lasts", lasts),
            Measure.Count("pieces", it.ResponseTrace.Chunks),
            Measure.Frame("response", it.ResponseTrace.Start),
        ],
        Says = isEvents ? Events : Says,
        Threshold = ThresholdOf("lasts", Lasts),
    };
}
