using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Rows;
using static HttpWireAnalyzer.Tui.Columns.CellText;
using Column = HttpWireAnalyzer.Tui.Columns.ListColumn<HttpWireAnalyzer.Tui.Rows.ExchangeRow>;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of exchanges, some of whose cells are words.</summary>
internal static class ExchangeColumns
{
    private static readonly Column Connection = new(
        "conn", 4, 9, 0, true, (in row) => Plain(row.Connection), (in row) => SortKey.Of(row.Connection), (in row) => Is("conn.id", row.Connection));

    private static readonly Column State = new(
        "st", 1, 2, 0, false, (in row) => row.Severity switch { RowSeverity.Error => "✖", RowSeverity.Warning => "!", _ => " " },
        (in row) => SortKey.Of((long)row.Severity), (in row) => Is("exchange.outcome", Words.ExchangeEnds[(int)row.End]));

    private static readonly Column Ordinal = new(
        "n", 2, 7, 5, true, (in row) => Plain(row.Ordinal), (in row) => SortKey.Of(row.Ordinal), (in row) => Is("exchange.ordinal", row.Ordinal));

    private static readonly Column Frame = new(
        "frame", 6, 11, 4, true, (in row) => "#" + Plain(row.Frame), (in row) => SortKey.Of(row.Frame), (in _) => null);

    private static readonly Column Method = new(
        "method", 6, 10, 0, false, (in row) => row.Method is null ? None : PrintableText.Of(row.Method), (in row) => SortKey.Of(row.Method),
        (in row) => IsText("http.request.method", row.Method));

    private static readonly Column Target = new(
        "target", 10, 80, 0, false, (in row) => row.Target is null ? None : PrintableText.Of(row.Target), (in row) => SortKey.Of(row.Target),
        (in row) => IsText("http.request.target", row.Target), IsSentence: true);

    private static readonly Column Host = new(
        "host", 10, 40, 7, false, (in row) => row.Host is null ? None : PrintableText.Of(row.Host), (in row) => SortKey.Of(row.Host),
        (in row) => IsText("http.host", row.Host));

    private static readonly Column Status = new(
        "status", 6, 6, 0, true, (in row) => row.Status == 0 ? None : Plain(row.Status), (in row) => SortKey.Of(row.Status),
        (in row) => row.Status == 0 ? "!http.response" : Is("http.response.code", row.Status));

    private static readonly Column Size = new(
        "size", 8, 9, 6, true, (in row) => OctetsOrDash(row.ResponseOctets), (in row) => SortKey.Of(row.ResponseOctets), (in _) => null);

    private static readonly Column Wait = new(
        "wait", 8, 11, 1, true, (in row) => row.Wait == ExchangeRow.Unknown ? None : Quantity.Duration(row.Wait), (in row) => SortKey.Of(row.Wait),
        (in row) => row.Wait is < 0 and not ExchangeRow.Unknown ? "exchange.ttfb < 0s" : AtLeast("exchange.ttfb", row.Wait));

    private static readonly Column Total = new(
        "total", 8, 11, 2, true, (in row) => Quantity.DurationOrDash(row.Total), (in row) => SortKey.Of(row.Total), (in row) => AtLeast("exchange.latency", row.Total));

    private static readonly Column Stalled = new(
        "stalled", 8, 11, 3, true, (in row) => row.Stalled == 0 ? None : Quantity.DurationOrDash(row.Stalled), (in row) => SortKey.Of(row.Stalled), (in _) => null);

    private static readonly ColumnSet<ExchangeRow>[] English = Of(Language.English);
    private static readonly ColumnSet<ExchangeRow>[] Korean = Of(Language.Korean);

    public static IReadOnlyList<ColumnSet<ExchangeRow>> Sets(Language language) => language == Language.Korean ? Korean : English;

    private static string Idle(in ExchangeRow row, Language language) =>
        row.IdleBefore >= 0 ? Quantity.Duration(row.IdleBefore)
        : !row.IsCold ? None
        : language == Language.Korean ? "새 연결" : "cold";

    private static ColumnSet<ExchangeRow>[] Of(Language language)
    {
        var idle = new Column(
            "idle before", 9, 11, 3, true, (in row) => Idle(row, language),
            (in row) => SortKey.Of(row.IdleBefore), (in row) => row.IdleBefore < 0 ? row.IsCold ? "exchange.cold" : null : AtLeast("exchange.idle_before", row.IdleBefore));
        var retry = new Column(
            "repeats", 7, 9, 4, true, (in row) => row.RetryOf < 0 ? None : ConnectionOf(row.RetryOf, language), (in row) => SortKey.Of(row.RetryOf),
            (in row) => row.RetryOf < 0 ? "!exchange.retry_of" : "exchange.retry_of");
        var then = new Column(
            "after it", 10, 20, 0, false, (in row) => AfterExchange.Of(row.End, row.Persistence, language),
            (in row) => SortKey.Of(AfterExchange.Of(row.End, row.Persistence, language)), (in row) => Is("exchange.outcome", Words.ExchangeEnds[(int)row.End]));
        return
        [
            // What is usual, times, HTTP.
            new([Connection, State, Ordinal, Frame, idle, Method, Target, Status, Size, Wait, Total, then]),
            new([Connection, State, Ordinal, Frame, Method, Target, Wait, Total, Stalled, idle, retry]),
            new([Connection, State, Method, Host, Target, Status, Size, then]),
        ];
    }
}
