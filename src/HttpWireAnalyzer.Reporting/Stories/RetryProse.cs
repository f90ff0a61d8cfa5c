using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>Requests that were sent again, in English.</summary>
internal sealed class RetryProse(ConnectionRecord connection)
{
    public string Of(RepeatsFailed repeats)
    {
        var exchange = repeats.Exchange;
        var failed = exchange.RetryOf!;
        var of = failed.Connection == connection.Number
            ? $"request {failed.Ordinal} of this connection"
            : $"request {failed.Ordinal} of connection {failed.Connection}";
        return $"{StoryWords.Named(exchange)} is {of}, sent again {Quantity.Duration(failed.Delay)} after "
            + $"{How(failed.Failure)}.{Judged(exchange)}{Others(repeats.More, "repeats a failed one", "repeat failed ones")}";
    }

    public static string Of(RepeatedElsewhere repeated)
    {
        var by = repeated.By;
        var failed = by.RetryOf!;
        var answer = by.Response is { Status: > 0 } response ? $", and answered {response.Status}" : "";
        return $"{StoryWords.Named(by)} was sent again on connection {by.Connection.Number}, "
            + $"{Quantity.Duration(failed.Delay)} after {How(failed.Failure)}{answer}.{Judged(by)}"
            + Others(repeated.More, "was sent again", "were sent again");
    }

    private static string How(ExchangeFailure failure) => failure switch
    {
        ExchangeFailure.Unanswered => "it was left without an answer",
        ExchangeFailure.RequestTruncated => "it was cut off",
        ExchangeFailure.ResponseTruncated => "its answer was cut off",
        ExchangeFailure.ServerError => "the server failed to answer it (502, 503 or 504)",
        ExchangeFailure.Refused => "the server had said that it did not process it",
        _ => throw new UnreachableException(),
    };

    /// <summary>RFC 9110 §9.2.2.</summary>
    private static string Judged(in HttpExchange exchange) => exchange is { RetryOf.IsUnsafe: true, Request: { } request }
        ? $" {Query.PrintableText.Of(request.Method)} is not safe to repeat: it may have been done twice."
        : "";

    private static string Others(int more, string one, string many) => more switch
    {
        0 => "",
        1 => $" One more request {one}.",
        _ => $" {Quantity.Count(more)} more requests {many}.",
    };
}
