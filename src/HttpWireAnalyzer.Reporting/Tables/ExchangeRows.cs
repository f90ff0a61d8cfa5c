using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>The list of exchanges for people.</summary>
public sealed class ExchangeRows(IRowSink table, Language language) : IConnectionSink
{
    public static IReadOnlyList<Column> Columns(Language language) =>
    [
        new(language.Say("conn", "연결"), IsNumber: true),
        new("n", IsNumber: true, LeaveOut: 3),
        new(language.Say("stream", "스트림"), IsNumber: true, IfAny: true),
        new(language.Say("frame", "패킷"), IsNumber: true, LeaveOut: 5),
        new(language.Say("idle before", "앞선 유휴"), IsNumber: true, LeaveOut: 4),
        new(language.Say("method", "메서드"), MaxWidth: 10),
        new(language.Say("target", "대상"), MaxWidth: 40, Least: 14),
        new(language.Say("status", "상태"), IsNumber: true),
        new(language.Say("size", "크기"), IsNumber: true, LeaveOut: 2),
        new(language.Say("wait", "대기"), IsNumber: true, LeaveOut: 6),
        new(language.Say("total", "전체"), IsNumber: true, LeaveOut: 1),
        new(language.Say("after it", "그 뒤"), LeaveOut: 7, Least: 10),
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
            exchange.IdleBefore < 0 ? (exchange.IsCold ? language.Say("cold", "새 연결") : Quantity.None) : Quantity.Duration(exchange.IdleBefore),
            exchange.Request is null ? Quantity.None : PrintableText.OfWire(exchange.Request.Method),
            exchange.Request is null ? Quantity.None : PrintableText.OfWire(exchange.Request.Target),
            exchange.Response is { Status: > 0 } head ? head.Status.ToString(CultureInfo.InvariantCulture) : Quantity.None,
            exchange.Response is null ? Quantity.None : Quantity.Octets(response.BodyOctets),
            request.End.IsNone || response.Start.IsNone || !exchange.IsShownInOrder ? Quantity.None : Quantity.Duration(response.Start.Time.Since(request.End.Time)),
            request.Start.IsNone || response.End.IsNone || !exchange.IsShownInOrder ? Quantity.None : Quantity.Duration(response.End.Time.Since(request.Start.Time)),
            AfterExchange.Of(exchange.End, exchange.Persistence.Verdict, language),
        ]);
    }
}
