using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa conns and hwa exchanges: columns on a terminal, TSV in a pipe, JSON lines when asked.</summary>
internal static class ListVerb
{
    private static readonly string[] UsualOfConnections =
    [
        "conn.id", "client.address", "client.port", "server.address", "server.port", "conn.start", "conn.duration",
        "conn.connect_ms", "conn.protocol", "conn.requests", "conn.unanswered", "conn.reuse", "conn.idle.max",
        "conn.close.how", "conn.close.first", "conn.close.reason", "conn.close.frame",
    ];

    private static readonly string[] UsualOfExchanges =
    [
        "conn.id", "exchange.ordinal", "exchange.start", "exchange.idle_before", "http.request.method",
        "http.request.target", "http.response.status_code", "http.response.body.size", "exchange.ttfb",
        "exchange.latency", "exchange.persistent", "exchange.outcome", "http.request.frame.start",
        "http.response.frame.end",
    ];

    public static int Run(Request request, Terminal terminal)
    {
        var isOfExchanges = request.Verb == Verb.Exchanges;
        var selection = Selection.Of(request);
        var language = Languages.Of(request.Language, terminal);
        using var session = new Session(request, terminal);
        using var digests = request.Digest ? new StreamDigests() : null;
        CaptureTotals List(IConnectionSink rows) => isOfExchanges ? selection.Exchanges(session, rows)
            : request.WithExchanges ? selection.ConnectionsWithExchanges(session, rows, digests)
            : selection.Connections(session, rows, digests);

        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            var report = new JsonReport(lines, connections: !isOfExchanges, isOfExchanges || request.WithExchanges);
            return Session.FinishJson(lines, List(report));
        }

        if (request.WithExchanges)
        {
            throw new UsageException("--exchanges goes with --json: a table has one kind of row.");
        }

        var fields = isOfExchanges ? ExchangeFields.Set : ConnectionFields.Set;
        var choice = FieldChoice.Of(request, fields, isOfExchanges ? UsualOfExchanges : Usual(request));
        var isTable = terminal.OutputIsTerminal || request.Table;
        if (isTable && request.FieldNames.Count == 0 && !request.Digest)
        {
            var columns = new AlignedColumns(
                session.Text,
                isOfExchanges ? ExchangeRows.Columns(language) : ConnectionRows.Columns(language),
                session.Style,
                terminal.OutputIsTerminal ? terminal.Width() : 0);
            IConnectionSink RowsTo(IRowSink table) => isOfExchanges ? new ExchangeRows(table, language) : new ConnectionRows(table, language);
            var sorted = choice.Order is { } order ? new SortedRecords(columns, order, RowsTo) : null;
            var read = List(sorted ?? RowsTo(columns));
            sorted?.End();
            columns.End();
            return session.FinishText(read);
        }

        var sink = choice.Rows(session, isTable);
        var totals = List(new FieldTable(sink, fields, choice.Fields));
        sink.End();
        return session.FinishText(totals);
    }

    private static string[] Usual(Request request) => request.Digest
        ? [.. UsualOfConnections, "conn.client.sha256", "conn.server.sha256"]
        : UsualOfConnections;
}
