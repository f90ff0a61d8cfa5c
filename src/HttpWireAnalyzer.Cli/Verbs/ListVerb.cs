using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
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
        using var session = new Session(request, terminal);
        using var digests = request.Digest ? new StreamDigests() : null;
        var taps = new AnalysisTaps(Streams: digests);
        var isOfExchanges = request.Verb == Verb.Exchanges;
        if (request.Json)
        {
            FieldChoice.RefuseWithJson(request);
            var lines = new JsonLines(terminal.Output);
            var report = new JsonReport(lines, connections: !isOfExchanges, isOfExchanges || request.WithExchanges);
            return Session.FinishJson(lines, session.Run(WithRetries(new ConnectionRecords(report, digests)), taps));
        }

        if (request.WithExchanges)
        {
            throw new UsageException("--exchanges goes with --json: a table has one kind of row.");
        }

        var isTable = terminal.OutputIsTerminal || request.Table;
        if (isTable && request.FieldNames.Count == 0 && request.Sort is null && !request.Digest)
        {
            var columns = new AlignedColumns(
                session.Text,
                isOfExchanges ? ExchangeRows.Columns : ConnectionRows.Columns,
                session.Style,
                terminal.OutputIsTerminal ? terminal.Width() : 0);
            IConnectionSink rows = isOfExchanges ? new ExchangeRows(columns) : new ConnectionRows(columns);
            var read = session.Run(WithRetries(new ConnectionRecords(rows)), taps);
            columns.Flow();
            return session.FinishText(read);
        }

        var fields = isOfExchanges ? ExchangeFields.Set : ConnectionFields.Set;
        var choice = FieldChoice.Of(request, fields, isOfExchanges ? UsualOfExchanges : Usual(request));
        var sink = choice.Rows(session, isTable);
        var table = new FieldTable(sink, fields, choice.Fields);
        var totals = session.Run(WithRetries(new ConnectionRecords(table, digests)), taps);
        sink.End();
        return session.FinishText(totals);
    }

    /// <summary>An exchange says what it repeats.</summary>
    private static PoolAccount WithRetries(ConnectionRecords records) => new(records);

    private static string[] Usual(Request request) => request.Digest
        ? [.. UsualOfConnections, "conn.client.sha256", "conn.server.sha256"]
        : UsualOfConnections;
}
