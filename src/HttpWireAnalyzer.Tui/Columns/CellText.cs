using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>Values of rows as text, and as terms of a filter.</summary>
internal static class CellText
{
    public const string None = Quantity.None;

    public static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);

    public static string CountOrDash(long count) => count < 0 ? None : Plain(count);

    public static string OctetsOrDash(long octets) => octets < 0 ? None : Quantity.Octets(octets);

    /// <summary>Severity, then what is left of the connection: open, TIME_WAIT, CLOSE_WAIT, or nothing.</summary>
    public static string State(in ConnectionRow row)
    {
        var severity = row.Severity switch
        {
            RowSeverity.Error => "✖",
            RowSeverity.Warning => "!",
            _ => " ",
        };
        var state = row.ClientState == TcpState.CloseWait || row.ServerState == TcpState.CloseWait ? "C"
            : row.Has(RowFlags.ClientTimeWait | RowFlags.ServerTimeWait) ? "W"
            : row.How == CloseManner.HalfClosed ? "F"
            : row.How == CloseManner.Open ? "●"
            : " ";
        return severity + state;
    }

    public static string Closer(in ConnectionRow row, Language language) => CloseReasonText.Closer(row.How, row.First, language);

    /// <summary>Why it closed, in few letters: on eighty columns there is room for about twenty.</summary>
    public static string Why(in ConnectionRow row, Language language)
    {
        var idle = $"{(language == Language.Korean ? "유휴" : "idle")} {Quantity.Duration(row.IdleAtClose)}";
        var reason = row.Reason switch
        {
            CloseReason.IdleClose => idle,
            CloseReason.AnnouncedIdleTimeout => $"{idle}, timeout={Plain(row.KeepAliveTimeout)}",
            CloseReason.EarlierThanAnnounced => $"{idle} < timeout={Plain(row.KeepAliveTimeout)}",
            _ => CloseReasonText.InColumn(row.Reason, row.Protocol, language),
        };

        // In mid-exchange, one is unfinished by the meaning of the words.
        var meant = row.Reason == CloseReason.ClosedWhileOutstanding ? 1 : 0;
        return row.Unanswered <= meant ? reason : CloseReasonText.AndUnfinished(reason, row.Unanswered, language);
    }

    /// <summary>The sign and the rule of the worst finding: ✖K001.</summary>
    public static string Finding(in ConnectionRow row) =>
        row.Rule is { } rule ? SeverityText.Glyph(row.RuleSeverity) + rule[RuleCard.RuleIdPrefix.Length..] : None;

    /// <summary>A program and its pid, as the live list has them.</summary>
    public static string Process(LocalProcess? process) =>
        process is null ? None : string.Create(CultureInfo.InvariantCulture, $"{PrintableText.Of(process.Name)} {process.Id}");

    /// <summary>Both ends, with the processes that are known.</summary>
    public static string Ends(in ConnectionRow row) =>
        $"{row.Client}{Of(row.Owners.Client)} → {row.Server}{Of(row.Owners.Server)}";

    public static string TimeWait(in ConnectionRow row, Language language) => TimeWait(row) switch
    {
        "both" => language == Language.Korean ? "양쪽" : "both",
        "client" => language == Language.Korean ? "클라이언트" : "client",
        "server" => language == Language.Korean ? "서버" : "server",
        var none => none,
    };

    /// <summary>As a filter takes it.</summary>
    public static string TimeWait(in ConnectionRow row) =>
        (row.Has(RowFlags.ClientTimeWait), row.Has(RowFlags.ServerTimeWait)) switch
        {
            (true, true) => "both",
            (true, false) => "client",
            (false, true) => "server",
            _ => None,
        };

    /// <summary>What has a name keeps it.</summary>
    public static string ProtocolOf(ApplicationProtocol protocol, Language language) => protocol switch
    {
        ApplicationProtocol.Unknown => language == Language.Korean ? "알 수 없음" : "unknown",
        ApplicationProtocol.Other => language == Language.Korean ? "기타" : "other",
        _ => Words.Protocols[(int)protocol].Text,
    };

    public static string ConnectionOf(long number, Language language) => (language == Language.Korean ? "연결 " : "conn ") + Plain(number);

    public static string StateOf(TcpState state, bool assumed) => state == TcpState.Unknown ? "?" : StateText.Of(state, assumed);

    /// <summary>A duration as a filter takes it.</summary>
    public static string? AtLeast(string field, long nanoseconds) => nanoseconds < 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{field} >= {nanoseconds / 1000}us");

    public static string? Is(string field, long value) =>
        value < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{field} == {value}");

    public static string Is(string field, Word word) => $"{field} == {word.Text}";

    public static string Is(string field, Address address) => $"{field} == {address}";

    /// <summary>The connections of a client to a server.</summary>
    public static string Between(Address client, Endpoint server) =>
        string.Create(CultureInfo.InvariantCulture, $"client.address == {client} && server.address == {server.Address} && server.port == {server.Port}");

    public static string To(Endpoint server) =>
        string.Create(CultureInfo.InvariantCulture, $"server.address == {server.Address} && server.port == {server.Port}");

    /// <summary>The pools of a server.</summary>
    public static string PoolsTo(Endpoint server) =>
        string.Create(CultureInfo.InvariantCulture, $"pool.server.address == {server.Address} && pool.server.port == {server.Port}");

    /// <summary>The ports that clients use for a server.</summary>
    public static string PortsTo(Endpoint server) =>
        string.Create(CultureInfo.InvariantCulture, $"port.server.address == {server.Address} && port.server.port == {server.Port}");

    /// <summary>A text between quotes: a filter reads what is shown, escapes too. Null for one that is cut.</summary>
    public static string? IsText(string field, string? text) => text is null || text.EndsWith('…')
        ? null
        : $"{field} == \"{PrintableText.Of(text).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Of(LocalProcess? process) => process is null ? "" : $" ({Process(process)})";
}
