using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K008: a request after the close option: the client had sent it, or had received it whole.</summary>
/// <remarks>
/// Not flagged: requests that were on their way when the response with the option came (pipelined, or crossing it): the
/// client's acknowledgment tells, not the clock. (One that is pipelined behind the client's own option is flagged.) Nor those that came before the answer with the option was whole, and
/// those after a response to no request, of which HWA-K014 tells.
/// </remarks>
internal sealed class RequestAfterClose(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K008",
        Severity = Severity.Error,
        Title = new Phrase("request after Connection: close", "Connection: close 이후의 요청"),
        References = ["RFC 9112 §9.6", "RFC 9110 §7.6.1"],
        Advice =
        [
            new Phrase(
                "The client must take a connection out of its pool once a message with Connection: close has passed on it, in either direction. Compare the option without regard to case, and as one of a list (Connection: close, TE).",
                "클라이언트는 어느 방향으로든 Connection: close가 지나간 연결을 풀에서 제거해야 합니다. 이 옵션은 대소문자를 가리지 않고 목록의 한 항목(Connection: close, TE)으로 비교하십시오."),
        ],
    };

    private static readonly Phrase AfterResponse = new(
        "{method} {target} ({request}) was sent {after} after the response ({announced}) that said Connection: close, which the client had acknowledged: RFC 9112 §9.6 forbids it.",
        "{method} {target}({request})이 Connection: close를 담은 응답({announced}) {after} 뒤에 전송되었습니다. 클라이언트는 그 응답을 이미 확인 응답했습니다. RFC 9112 §9.6은 이를 금지합니다.");

    private static readonly Phrase AfterRequest = new(
        "{method} {target} ({request}) was sent on a connection on which the client itself had said Connection: close, in the request before: RFC 9112 §9.6 forbids it.",
        "클라이언트가 바로 앞 요청에서 스스로 Connection: close를 보낸 연결로 {method} {target}({request})을 다시 보냈습니다. RFC 9112 §9.6은 이를 금지합니다.");

    private static readonly Phrase NotAnswered = new("It was not answered.", "응답을 받지 못했습니다.");

    private static readonly Phrase Answered = new(
        "The server answered all the same.", "그런데도 서버는 응답했습니다.");

    private static readonly Phrase NotOnItsWay = new(
        "the request was not on its way when the option came", "옵션이 도착할 때 요청이 전송 중이 아니었음");

    public override ExchangeTraits Exchanges => ExchangeTraits.Anomalous;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } request || (it.Anomalies & HttpAnomalies.RequestAfterClose) == 0 || it.TunnelDepth > 0)
        {
            return;
        }

        var isOwn = exchange.PreviousRequest is { HasClose: true };
        var isAnsweredBefore = !exchange.PreviousEnd.IsNone && exchange.PreviousEnd.Number < it.RequestTrace.Start.Number;
        if (!isAnsweredBefore && !isOwn)
        {
            // No exchange was whole, so what said it answered nothing; or it was known to be whole only later: a hole was filled,
            // or octets came out of order. The client's own request it knew of without an answer.
            return;
        }

        var announced = isAnsweredBefore ? exchange.PreviousEnd : it.RequestTrace.Start;
        var isAnswered = it.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose;
        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = it.Pairing == PairingConfidence.Certain ? Confidence.Certain : Confidence.Likely,
            Subject = exchange.Subject,
            Frames = Evidence.Of(announced, it.RequestTrace.Start, it.EndedBy),
            Measured =
            [
                Measure.Words("method", request.Method),
                Measure.Words("target", request.Target),
                Measure.Frame("request", it.RequestTrace.Start),
                Measure.Frame("announced", announced),
                Measure.Duration("after", it.RequestTrace.Start.Time.Since(announced.Time)),
            ],
            Says = (isOwn ? AfterRequest : AfterResponse).Then(isAnswered ? Answered : NotAnswered),
            Guards = [new Guard(NotOnItsWay, Passed: true)],
        });
    }
}
