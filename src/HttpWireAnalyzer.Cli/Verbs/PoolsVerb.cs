using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa pools: how each client uses its connections to each server.</summary>
internal static class PoolsVerb
{
    private static readonly string[] Usual =
    [
        "pool.id", "pool.client", "pool.server.address", "pool.server.port", "pool.hosts", "pool.connections",
        "pool.open.max", "pool.busy.max", "pool.busy.avg", "pool.idle.max", "pool.exchanges", "pool.reuse_ratio",
        "pool.exchanges_per_connection.avg", "pool.age.p50", "pool.idle_before_reuse.max", "pool.closed_by.client",
        "pool.closed_by.server", "pool.closed_by.rst", "pool.connect_time", "pool.failed", "pool.retries",
        "pool.retries.unsafe",
    ];

    public static int Run(Request request, Terminal terminal)
    {
        var selection = Selection.Of(request);
        var language = Languages.Of(request.Language, terminal);
        using var session = new Session(request, terminal);
        if (request.WhatIf)
        {
            return request.Json || request.FieldNames.Count > 0
                ? throw new UsageException("--what-if is a report for people: hwa findings --json has its numbers as HWA-R002.")
                : WhatIfReport.Run(selection, session, language);
        }

        var pools = new PoolAccount(new NoExchanges());
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            var read = session.Run(pools, AnalysisTaps.None);
            PoolTable.Write(selection.Of(pools.Report()), lines);
            return Session.FinishJson(lines, read);
        }

        var isTable = terminal.OutputIsTerminal || request.Table;
        var isForPeople = isTable && request.FieldNames.Count == 0;
        var choice = FieldChoice.Of(request, PoolFields.Set, Usual);
        var totals = session.Run(pools, AnalysisTaps.None);
        if (isForPeople)
        {
            var columns = new AlignedColumns(
                session.Text, PoolRows.Columns(language), session.Style, terminal.OutputIsTerminal ? terminal.Width() : 0);
            var chosen = selection.Of(pools.Report()).Pools;
            PoolRows.Add(choice.Order?.Sorted(chosen, PoolFields.Write) ?? chosen, columns);
            columns.End();
        }
        else
        {
            PoolTable.Write(selection.Of(pools.Report()), choice.Fields, choice.Rows(session, isTable));
        }

        return session.FinishText(totals);
    }
}
