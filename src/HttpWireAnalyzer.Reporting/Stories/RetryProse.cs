using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>Requests that were sent again.</summary>
internal sealed class RetryProse(ConnectionRecord connection, Language language)
{
    public string Of(RepeatsFailed repeats)
    {
        var name = language.Named(repeats.Exchange);
        var failed = repeats.Exchange.RetryOf!;
        var of = failed.Connection == connection.Number
            ? language.Say($"request {failed.Ordinal} of this connection", $"이 연결 요청 {failed.Ordinal}")
            : language.Say($"request {failed.Ordinal} of connection {failed.Connection}", $"연결 {failed.Connection} 요청 {failed.Ordinal}");
        var after = Quantity.Duration(failed.Delay);
        return language.Say(
            $"{name} is {of}, sent again {after} after {How(failed.Failure)}.",
            $"{name}은 {of}의 재시도입니다. {How(failed.Failure)} {after} 만에 다시 보냈습니다.")
            + Judged(repeats.Exchange)
            + Others(repeats.More, "repeats a failed one", "repeat failed ones", "실패한 요청을 다시 보낸 것이");
    }

    public string Of(RepeatedElsewhere repeated)
    {
        var by = repeated.By;
        var name = language.Named(by);
        var failed = by.RetryOf!;
        var after = Quantity.Duration(failed.Delay);
        var text = by is { Response: { Status: > 0 } response, End: ExchangeEnd.Complete or ExchangeEnd.CompleteByClose }
            ? language.Say(
                $"{name} was sent again on connection {by.Connection.Number}, {after} after {How(failed.Failure)}, and answered {response.Status}.",
                $"{name}은 {How(failed.Failure)} {after} 만에 연결 {by.Connection.Number}에서 다시 전송되어 {response.Status} 응답을 받았습니다.")
            : language.Say(
                $"{name} was sent again on connection {by.Connection.Number}, {after} after {How(failed.Failure)}.",
                $"{name}은 {How(failed.Failure)} {after} 만에 연결 {by.Connection.Number}에서 다시 전송되었습니다.");
        return text + Judged(by) + Others(repeated.More, "was sent again", "were sent again", "다시 보낸 요청이");
    }

    /// <summary>In Korean, since when.</summary>
    private string How(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Unanswered => language.Say("it was left without an answer", "응답 없이 남겨진 지"),
        ExchangeFailure.RequestTruncated => language.Say("it was cut off", "끊긴 지"),
        ExchangeFailure.ResponseTruncated => language.Say("its answer was cut off", "응답이 끊긴 지"),
        ExchangeFailure.ServerError => language.Say("the server failed to answer it (502, 503 or 504)", "서버가 오류로 응답한(502, 503 또는 504) 지"),
        ExchangeFailure.Refused => language.Say("the server had said that it did not process it", "서버가 처리하지 않았다고 알린 지"),
        ExchangeFailure.GivenUp => language.Say("the client had closed without waiting for an answer", "클라이언트가 응답을 기다리지 않고 닫은 지"),
        _ => throw new UnreachableException(),
    };

    /// <summary>RFC 9110 §9.2.2.</summary>
    private string Judged(in HttpExchange exchange) => exchange is { RetryOf.IsUnsafe: true, Request: { } request }
        ? language.Say(
            $" {PrintableText.OfWire(request.Method)} is not safe to repeat: it may have been done twice.",
            $" {PrintableText.OfWire(request.Method)} 요청은 다시 보내면 안전하지 않습니다. 두 번 처리되었을 수 있습니다.")
        : "";

    private string Others(int more, string one, string many, string korean) => more switch
    {
        0 => "",
        1 => language.Say($" One more request {one}.", $" {korean} 1개 더 있습니다."),
        _ => language.Say($" {Quantity.Count(more)} more requests {many}.", $" {korean} {Quantity.Count(more)}개 더 있습니다."),
    };
}
