using System.Globalization;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>
/// What a row claims, to be held against other captures: that what went wrong does not, and that what was as it should
/// be stays so.
/// </summary>
internal static class Claims
{
    public static SpecClaim Of(in ConnectionRow row)
    {
        var reason = Words.CloseReasons[(int)row.Reason].Text;
        var server = row.Server;
        if (row.Severity == RowSeverity.Error)
        {
            var unfinished = row.Unanswered > 0 ? " && conn.unanswered > 0" : "";
            return new RecordClaim(
                Invariant($"no connection to {server} ends as connection {row.Number} did"), "connections", CellText.To(server), "none",
                $"conn.close.reason == {reason}{unfinished}", CellText.Why(row, Language.English));
        }

        var first = row.Has(RowFlags.Closed) && row.How != CloseManner.SimultaneousFin
            ? $" && conn.close.first == {Words.Sides[(int)row.First].Text}"
            : "";
        return new RecordClaim(
            Invariant($"connections to {server} end as connection {row.Number} did"), "connections", CellText.To(server), "each",
            $"conn.close.reason == {reason}{first}", $"{CellText.Closer(row, Language.English)}: {CellText.Why(row, Language.English)}");
    }

    public static SpecClaim Of(in ExchangeRow row, Endpoint server)
    {
        string?[] terms = [CellText.IsText("http.request.method", row.Method), CellText.IsText("http.request.target", row.Target)];
        var where = Array.TrueForAll(terms, term => term is null) ? CellText.To(server) : string.Join(" && ", terms.OfType<string>());
        var name = PrintableText.Of($"{row.Method} {row.Target}".Trim());
        var id = Invariant($"{(name.Length > 0 ? name : "exchanges")}, as exchange {row.Ordinal} of connection {row.Connection}");
        var outcome = $"exchange.outcome == {Words.ExchangeEnds[(int)row.End].Text}";

        // What failed is claimed not to; of the rest, the class of the status says what it was.
        var answered = Invariant($"it was answered {row.Status}");
        var (quantifier, filter, because) = row switch
        {
            { Severity: RowSeverity.Error, Status: >= 500 } => ("each", "http.response.code < 500", answered),
            { Severity: RowSeverity.Error } => ("none", outcome, AfterExchange.Of(row.End, row.Persistence, Language.English)),
            { Status: > 0 } => ("each", Invariant($"{outcome} && http.response.code == {row.Status}"), answered),
            _ => ("each", outcome, AfterExchange.Of(row.End, row.Persistence, Language.English)),
        };
        return new RecordClaim(id, "exchanges", where, quantifier, filter, because);
    }

    public static SpecClaim Of(PoolRecord pool)
    {
        var exchanges = pool.Exchanges;
        var where = $"pool.client == {pool.Client} && {CellText.PoolsTo(pool.Server)}";
        var failed = exchanges.Failed > 0 ? Invariant($"{exchanges.Failed} of {exchanges.Total} requests failed") : "no request failed";
        return exchanges.Total < 2
            ? new RecordClaim($"{pool.Client} loses no request to {pool.Server}", "pools", where, "each", "pool.failed == 0", failed)
            : new RecordClaim(
                $"{pool.Client} reuses its connections to {pool.Server}", "pools", where, "each",
                exchanges.Reusing == 0 ? "pool.reuse_ratio > 0" : Invariant($"pool.reuse_ratio >= {exchanges.Reusing * 100 / exchanges.Total}%"),
                Invariant($"{exchanges.Reusing} of {exchanges.Total} requests reused one"));
    }

    public static SpecClaim Of(Finding finding, Language language) => new FindingClaim(
        $"{finding.Rule.Id} does not happen", finding.Rule, finding.Rule.Title.In(language));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
