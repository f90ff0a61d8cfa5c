namespace HttpWireAnalyzer.Findings.Rules.Pipelining;

/// <summary>HWA-L003: a client pipelined before it knew whether the connection persists.</summary>
/// <remarks>
/// Not flagged: pipelines that began after the first response of the connection, or on one that was open when the capture began:
/// what it had answered before is not known; those that the capture's holes may have made.
/// </remarks>
internal sealed class BlindPipelining(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-L003",
        Severity = Severity.Note,
        Title = new Phrase("pipelined before persistence was known", "지속 연결 여부를 알기 전에 파이프라이닝함"),
        References = ["RFC 9112 §9.3.2"],
        Advice =
        [
            new Phrase(
                "Wait for the first response of a connection before sending a second request; after a connection that failed, RFC 9112 §9.3.2 demands it.",
                "연결의 첫 응답을 받은 뒤에 두 번째 요청을 보내십시오. 실패한 연결 다음이라면 RFC 9112 §9.3.2가 이를 요구합니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "{method} {target} ({frame}) was sent before the first response of the connection: the client could not know yet whether the server lets it persist.",
        "{method} {target}({frame})이 연결의 첫 응답보다 먼저 전송되었습니다. 서버가 연결을 유지하는지 아직 알 수 없는 시점입니다.");

    private static readonly Phrase Again = new(
        "{method} {target} ({frame}), which repeats a request that failed, was pipelined before the first response of the new connection: RFC 9112 §9.3.2 forbids it there.",
        "실패한 요청을 반복하는 {method} {target}({frame})이 새 연결의 첫 응답보다 먼저 파이프라인으로 전송되었습니다. RFC 9112 §9.3.2는 이 경우를 금지합니다.");

    public override ExchangeTraits Exchanges => ExchangeTraits.Second;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        // The second request, and the first was still outstanding: one finding for each connection.
        if (it.Ordinal != 2 || it.PipelineDepth != 2 || it.TunnelDepth > 0 || exchange.IsMidstream || exchange.IsPairGuessed
            || it.Request is not { } request)
        {
            return;
        }

        var isRetry = it.RetryOf is not null;
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isRetry ? Severity.Warning : Severity.Note,
            Confidence = exchange.Surest,
            Subject = exchange.Subject,
            Frames = [it.RequestTrace.Start],
            Measured =
            [
                Measure.Words("method", request.Method),
                Measure.Words("target", request.Target),
                Measure.Frame("frame", it.RequestTrace.Start),
            ],
            Says = isRetry ? Again : Says,
        });
    }
}
