using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of exchanges for people.</summary>
public sealed class ExchangeRows(AlignedColumns table) : IConnectionSink
{
    public static readonly IReadOnlyList<Column> Columns =
    [
        new("conn", IsNumber: true),
        new("n", IsNumber: true, LeaveOut: 3),
        new("stream", IsNumber: true, IfAny: true),
        new("frame", IsNumber: true),
        new("idle before", IsNumber: true),
        new("method", MaxWidth: 10),
        new("target", MaxWidth: 40),
        new("status", IsNumber: true),
        new("size", IsNumber: true, LeaveOut: 2),
        new("wait", IsNumber: true),
        new("total", IsNumber: true, LeaveOut: 1),
        new("after it"),
    ];

    public void OnConnection(ConnectionRecord connection)
    {
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        table.Add(
        [
            exchange.Connection.Number.ToString(CultureInfo.InvariantCulture),
            exchange.Ordinal.ToString(CultureInfo.InvariantCulture),
            exchange.Stream == 0 ? Quantity.None : exchange.Stream.ToString(CultureInfo.InvariantCulture),
            "#" + (request.Start.IsNone ? response.Start : request.Start).Number.ToString(CultureInfo.InvariantCulture),
            exchange.IdleBefore < 0 ? (exchange.Ordinal == 1 ? "cold" : Quantity.None) : Quantity.Duration(exchange.IdleBefore),
            exchange.Request is null ? Quantity.None : PrintableText.Of(exchange.Request.Method),
            exchange.Request is null ? Quantity.None : PrintableText.Of(exchange.Request.Target),
            exchange.Response is { Status: > 0 } head ? head.Status.ToString(CultureInfo.InvariantCulture) : Quantity.None,
            exchange.Response is null ? Quantity.None : Quantity.Octets(response.BodyOctets),
            request.End.IsNone || response.Start.IsNone ? Quantity.None : Quantity.Duration(response.Start.Time.Since(request.End.Time)),
            request.Start.IsNone || response.End.IsNone ? Quantity.None : Quantity.Duration(response.End.Time.Since(request.Start.Time)),
            After(exchange),
        ]);
    }

    internal static string After(in HttpExchange exchange) => exchange.End switch
    {
        ExchangeEnd.Complete or ExchangeEnd.CompleteByClose => Words.Verdicts[(int)exchange.Persistence.Verdict].Text,
        _ => Words.ExchangeEnds[(int)exchange.End].Text.Replace('_', ' '),
    };
}
