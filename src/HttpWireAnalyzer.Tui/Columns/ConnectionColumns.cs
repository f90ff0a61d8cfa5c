using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Rows;
using static HttpWireAnalyzer.Tui.Columns.CellText;
using Column = HttpWireAnalyzer.Tui.Columns.ListColumn<HttpWireAnalyzer.Tui.Rows.ConnectionRow>;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of connections.</summary>
internal static class ConnectionColumns
{
    /// <summary>The place of the client in every set.</summary>
    public const int ClientColumn = 2;

    private const string SentAgain = "conn.client.retransmissions > 0 || conn.server.retransmissions > 0";

    private static readonly Column Number = new(
        "conn", 1, 9, 0, true, (in row) => Plain(row.Number), (in row) => SortKey.Of(row.Number), (in row) => Is("conn.id", row.Number));

    private static readonly Column State = new(
        "st", 2, 2, 0, false, CellText.State, (in row) => SortKey.Of((long)row.Severity), (in row) => Is("conn.close.how", Words.CloseManners[(int)row.How]));

    private static readonly Column Client = new(
        "client", 15, 47, 1, false, (in row) => row.Client.ToString(), (in row) => SortKey.Of(row.Client),
        (in row) => Is("client.address", row.ClientAddress), IsEndpoint: true);

    private static readonly Column Server = new(
        "server", 12, 47, 2, false, (in row) => row.Server.ToString(), (in row) => SortKey.Of(row.Server), (in row) => To(row.Server), IsEndpoint: true);

    private static readonly Column Requests = new(
        "req", 3, 7, 3, true, (in row) => row.Has(RowFlags.Http) ? Plain(row.Requests) : None,
        (in row) => SortKey.Of(row.Has(RowFlags.Http) ? row.Requests : -1), (in row) => IfHttp(row, Is("conn.requests", row.Requests)));

    private static readonly Column Reuse = new(
        "reuse", 5, 7, 6, true, (in row) => row.Requests > 0 ? Quantity.Percent(row.Reuses, row.Requests) : None,
        (in row) => SortKey.Of(row.Requests > 0 ? row.Reuses * 1_000_000L / row.Requests : -1), (in row) => IfHttp(row, row.Requests == 0 ? "!conn.reuse" : row.Reuses > 0 ? "conn.reuse > 0" : "conn.reuse == 0"));

    private static readonly Column Connect = new(
        "connect", 7, 11, 8, true, (in row) => Quantity.DurationOrDash(row.Connect), (in row) => SortKey.Of(row.Connect),
        (in row) => AtLeast("conn.connect_ms", row.Connect));

    private static readonly Column IdleMax = new(
        "idle max", 8, 11, 4, true, (in row) => Quantity.DurationOrDash(row.MaxIdle), (in row) => SortKey.Of(row.MaxIdle),
        (in row) => AtLeast("conn.idle.max", row.MaxIdle));

    private static readonly Column Finding = new(
        "finding", 5, 5, 3, false, CellText.Finding, (in row) => row.Rule is null ? default : new SortKey(1 + (ulong)row.RuleSeverity, 0, row.Rule), (in _) => null);

    private static readonly Column Start = new(
        "start", 12, 12, 3, false, (in row) => Quantity.TimeOfDay(row.Start), (in row) => SortKey.Of(row.Start.Nanoseconds), (in _) => null);

    private static readonly Column StartAndDay = Start with { Width = 18, MaxWidth = 18, Cell = (in row) => Quantity.TimeOfYear(row.Start) };

    private static readonly Column Duration = new(
        "duration", 9, 12, 2, true, (in row) => Quantity.Duration(row.Duration), (in row) => SortKey.Of(row.Duration),
        (in row) => AtLeast("conn.duration", row.Duration));

    private static readonly Column RoundTrip = new(
        "rtt", 8, 11, 5, true, (in row) => Quantity.DurationOrDash(row.RoundTrip), (in row) => SortKey.Of(row.RoundTrip),
        (in row) => AtLeast("conn.rtt.handshake", row.RoundTrip));

    private static readonly Column IdleAtClose = new(
        "idle at close", 10, 13, 5, true, (in row) => Quantity.DurationOrDash(row.IdleAtClose), (in row) => SortKey.Of(row.IdleAtClose),
        (in row) => AtLeast("conn.idle.before_close", row.IdleAtClose));

    private static readonly Column ClientState = new(
        "client is", 11, 13, 2, false, (in row) => StateOf(row.ClientState, row.Has(RowFlags.ClientAssumed)),
        (in row) => SortKey.Of((long)row.ClientState), (in row) => Is("conn.state.client", Words.TcpStates[(int)row.ClientState]));

    private static readonly Column ServerState = new(
        "server is", 11, 13, 2, false, (in row) => StateOf(row.ServerState, row.Has(RowFlags.ServerAssumed)),
        (in row) => SortKey.Of((long)row.ServerState), (in row) => Is("conn.state.server", Words.TcpStates[(int)row.ServerState]));

    private static readonly Column Packets = new(
        "packets", 7, 9, 4, true, (in row) => row.Has(RowFlags.UnderWay) ? None : Plain(row.Packets), (in row) => SortKey.Of(row.Packets), (in _) => null);

    private static readonly Column ClientOctets = new(
        "client sent", 9, 11, 5, true, (in row) => Quantity.Octets(row.ClientOctets), (in row) => SortKey.Of(row.ClientOctets), (in _) => null);

    private static readonly Column ServerOctets = new(
        "server sent", 9, 11, 5, true, (in row) => Quantity.Octets(row.ServerOctets), (in row) => SortKey.Of(row.ServerOctets), (in _) => null);

    private static readonly Column Repeats = new(
        "again", 5, 7, 3, true, (in row) => Plain(row.Retransmissions), (in row) => SortKey.Of(row.Retransmissions),
        (in row) => row.Retransmissions > 0 ? SentAgain : $"!({SentAgain})");

    private static readonly Column Gaps = new(
        "gaps", 4, 6, 6, true, (in row) => Plain(row.Gaps), (in row) => SortKey.Of(row.Gaps), (in row) => Is("conn.gaps", row.Gaps));

    private static readonly Column Unfinished = new(
        "unfinished", 10, 10, 2, true, (in row) => Plain(row.Unanswered), (in row) => SortKey.Of(row.Unanswered),
        (in row) => IfHttp(row, Is("conn.unanswered", row.Unanswered)));

    private static readonly Column Pipeline = new(
        "pipelined", 9, 9, 5, true, (in row) => Plain(row.PipelineDepth), (in row) => SortKey.Of(row.PipelineDepth),
        (in row) => IfHttp(row, Is("conn.pipeline.max", row.PipelineDepth)));

    private static readonly Column Timeout = new(
        "timeout", 7, 8, 2, true, (in row) => row.KeepAliveTimeout < 0 ? None : Plain(row.KeepAliveTimeout) + " s",
        (in row) => SortKey.Of(row.KeepAliveTimeout), (in row) => Is("http.keep_alive.timeout", row.KeepAliveTimeout));

    private static readonly Column Max = new(
        "max", 4, 6, 4, true, (in row) => CountOrDash(row.KeepAliveMax), (in row) => SortKey.Of(row.KeepAliveMax),
        (in row) => Is("http.keep_alive.max", row.KeepAliveMax));

    private static readonly Column ClientProcess = new(
        "client process", 14, 26, 2, false, (in row) => Process(row.Owners.Client), (in row) => SortKey.Of(Process(row.Owners.Client)),
        (in row) => Runs("client.process.name", row.Owners.Client));

    private static readonly Column ServerProcess = new(
        "server process", 14, 26, 1, false, (in row) => Process(row.Owners.Server), (in row) => SortKey.Of(Process(row.Owners.Server)),
        (in row) => Runs("server.process.name", row.Owners.Server));

    private static string? Runs(string field, LocalProcess? process) => process is null ? "!" + field : IsText(field, process.Name);

    /// <summary>A connection without HTTP/1 has none of these fields.</summary>
    private static string? IfHttp(in ConnectionRow row, string? term) => row.Has(RowFlags.Http) ? term : "!conn.requests";

    private static readonly ColumnSet<ConnectionRow>[] English = Of(Language.English, Start);
    private static readonly ColumnSet<ConnectionRow>[] Korean = Of(Language.Korean, Start);
    private static readonly ColumnSet<ConnectionRow>[] EnglishOfDays = Of(Language.English, StartAndDay);
    private static readonly ColumnSet<ConnectionRow>[] KoreanOfDays = Of(Language.Korean, StartAndDay);

    public static IReadOnlyList<ColumnSet<ConnectionRow>> Sets(Language language) => language == Language.Korean ? Korean : English;

    /// <summary>The same for what is shown: with the day, where connections began on several.</summary>
    public static ColumnSet<ConnectionRow> Shown(Model model, int set)
    {
        var rows = model.Capture.Rows.Connections;
        return rows.Count == 0 || Quantity.IsOneDay(rows[0].Start, rows[rows.Count - 1].Start)
            ? Sets(model.Wording.Language)[set]
            : (model.Wording.Language == Language.Korean ? KoreanOfDays : EnglishOfDays)[set];
    }

    /// <summary>The last one, which only a live capture has anything to show in.</summary>
    public static int ProcessSet => English.Length - 1;

    private static ColumnSet<ConnectionRow>[] Of(Language language, Column start)
    {
        var closedBy = new Column(
            "closed by", 10, 15, 0, false, (in row) => Closer(row, language), (in row) => SortKey.Of(Closer(row, language)),
            (in row) => row.Has(RowFlags.Closed)
                ? $"conn.close.first == {Words.Sides[(int)row.First].Text} && conn.close.how == {Words.CloseManners[(int)row.How].Text}"
                : Is("conn.close.how", Words.CloseManners[(int)row.How]));
        var reason = new Column(
            "why", 14, 60, 0, false, (in row) => Why(row, language), (in row) => SortKey.Of(Why(row, language)),
            (in row) => Is("conn.close.reason", Words.CloseReasons[(int)row.Reason]), IsSentence: true);
        var timeWait = new Column(
            "time_wait", 9, 10, 3, false, (in row) => TimeWait(row, language), (in row) => SortKey.Of(TimeWait(row)),
            (in row) => TimeWait(row) == None ? "!conn.time_wait.holder" : "conn.time_wait.holder == " + TimeWait(row));
        var protocol = new Column(
            "protocol", 8, 10, 3, false, (in row) => ProtocolOf(row.Protocol, language), (in row) => SortKey.Of(Words.Protocols[(int)row.Protocol].Text),
            (in row) => Is("conn.protocol", Words.Protocols[(int)row.Protocol]));
        var persistence = new Column(
            "after last", 10, 11, 3, false, (in row) => row.Has(RowFlags.Http) && !row.Has(RowFlags.UnderWay) ? AfterExchange.Of(row.Persistence, language) : None,
            (in row) => SortKey.Of((long)row.Persistence), (in row) => IfHttp(row, Is("conn.persistent", Words.Verdicts[(int)row.Persistence])));
        return
        [
            // What is usual, times, TCP, HTTP, keep-alive, processes.
            new([Number, State, Client, Server, Requests, Reuse, Connect, IdleMax, closedBy, Finding, reason]),
            new([Number, State, Client, Server, start, Duration, RoundTrip, Connect, IdleMax, IdleAtClose, closedBy]),
            new([Number, State, Client, Server, ClientState, ServerState, timeWait, Packets, ClientOctets, ServerOctets, Repeats, Gaps]),
            new([Number, State, Client, Server, protocol, Requests, Unfinished, Reuse, Pipeline, Finding, reason]),
            new([Number, State, Client, Server, Requests, Reuse, persistence, Timeout, Max, IdleMax, IdleAtClose, closedBy]),
            new([Number, State, Client, ClientProcess, Server, ServerProcess, Requests, IdleMax, closedBy, reason]),
        ];
    }
}
