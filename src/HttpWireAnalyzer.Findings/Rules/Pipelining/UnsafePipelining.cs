namespace HttpWireAnalyzer.Findings.Rules.Pipelining;

/// <summary>HWA-L002: a request that may not be repeated stands in a pipeline, or has one behind it: a close would leave its fate
/// open.</summary>
/// <remarks>
/// Not flagged: pipelines of idempotent requests, and a POST that waited until nothing was outstanding; where the capture's holes
/// leave open which answer is whose.
/// </remarks>
internal sealed class UnsafePipelining(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-L002",
        Severity = Severity.Warning,
        Title = new Phrase("non-idempotent request in a pipeline", "멱등이 아닌 요청을 파이프라인에 넣음"),
        References = ["RFC 9112 §9.3.2", "RFC 9110 §9.2.2"],
        Advice =
        [
            new Phrase(
                "Send {method} when nothing is outstanding, and nothing behind it until its final status is there.",
                "{method} 요청은 대기 중인 요청이 없을 때 보내고, 최종 상태 코드를 받을 때까지 뒤에 아무것도 보내지 마십시오."),
        ],
    };

    private static readonly Phrase Says = new(
        "{method} {target} ({frame}) was pipelined with {depth|request|requests} outstanding: if the connection closes before the answer, nobody knows whether it was done, and it may not be repeated.",
        "{method} {target}({frame})이 미응답 요청 {depth}건과 함께 파이프라인으로 전송되었습니다. 응답 전에 연결이 닫히면 처리 여부를 알 수 없고, 다시 보낼 수도 없습니다.");

    private static readonly Phrase Behind = new(
        "{next} ({frame}) was sent behind {method} {target} before that had its answer: if the connection closes between, nobody knows whether {method} was done, and it may not be repeated.",
        "{next}({frame})이 {method} {target}의 응답 전에 그 뒤로 전송되었습니다. 그 사이 연결이 닫히면 {method}의 처리 여부를 알 수 없고, 다시 보낼 수도 없습니다.");

    public override ExchangeTraits Exchanges => ExchangeTraits.NotIdempotent;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.PipelineDepth < 2 || it.TunnelDepth > 0 || exchange.IsPairGuessed || it.Request is not { } request)
        {
            return;
        }

        var isItself = !request.IsIdempotent;
        var unsafeOne = isItself ? request : exchange.PreviousRequest;
        if (unsafeOne is null or { IsIdempotent: true })
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = exchange.Surest,
            Subject = exchange.Subject,
            Frames = Evidence.Of(it.RequestTrace.Start, it.ResponseTrace.Start),
            Measured =
            [
                Measure.Words("method", unsafeOne.Method),
                Measure.Words("target", unsafeOne.Target),
                Measure.Words("next", $"{request.Method} {request.Target}"),
                Measure.Count("depth", it.PipelineDepth),
                Measure.Frame("frame", it.RequestTrace.Start),
            ],
            Says = isItself ? Says : Behind,
        });
    }
}
