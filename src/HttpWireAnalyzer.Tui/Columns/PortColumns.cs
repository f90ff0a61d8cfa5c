using System.Globalization;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Tui.Columns.CellText;
using Column = HttpWireAnalyzer.Tui.Columns.ListColumn<HttpWireAnalyzer.Findings.Ports.PortStanding>;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of ports in use.</summary>
internal static class PortColumns
{
    private static readonly Column Client = new(
        "client", 9, 39, 0, false, (in row) => row.Pool.Client.ToString(), (in row) => new SortKey(row.Pool.Client.High, row.Pool.Client.Low, null),
        (in row) => Is("port.client", row.Pool.Client));

    private static readonly Column Server = new(
        "server", 14, 47, 0, false, (in row) => row.Pool.Server.ToString(), (in row) => SortKey.Of(row.Pool.Server),
        (in row) => PortsTo(row.Pool.Server), IsEndpoint: true);

    private static readonly Column Opened = new(
        "conns", 5, 9, 0, true, (in row) => Plain(row.Use.Opened), (in row) => SortKey.Of(row.Use.Opened),
        (in row) => $"port.opened >= {Plain(row.Use.Opened)}");

    private static readonly Column Peak = new(
        "ports max", 9, 9, 0, true, (in row) => Plain(row.Forecast.Peak), (in row) => SortKey.Of(row.Forecast.Peak),
        (in row) => PeakTerm(row));

    private static readonly Column Share = new(
        "of limit", 8, 8, 0, true, (in row) => Quantity.Percent(row.Forecast.Peak, row.Forecast.Limit), (in row) => SortKey.Of(row.Forecast.Peak),
        (in row) => PeakTerm(row));

    private static readonly Column At = new(
        "at", 12, 12, 4, false, (in row) => Quantity.TimeOfDay(row.Forecast.PeakAt), (in row) => SortKey.Of(row.Forecast.PeakAt.Nanoseconds), (in _) => null);

    private static readonly Column Rate = new(
        "rate", 8, 16, 1, true, (in row) => row.Forecast.Rate == 0 ? None : string.Create(CultureInfo.InvariantCulture, $"{row.Forecast.Rate / 1000m:0.#}/s"), (in row) => SortKey.Of(row.Forecast.Rate),
        (in row) => string.Create(CultureInfo.InvariantCulture, $"port.rate >= {row.Forecast.Rate / 1000m}"));

    private static readonly Column Coming = new(
        "forecast", 8, 8, 1, true, (in row) => Quantity.Percent(row.Forecast.Steady, row.Forecast.Limit), (in row) => SortKey.Of(row.Forecast.Steady),
        (in row) => $"port.taken.forecast >= {Plain(row.Forecast.Steady)}");

    private static readonly Column ClientHeld = new(
        "client waits", 12, 12, 2, true, (in row) => Plain(row.Use.Held), (in row) => SortKey.Of(row.Use.Held),
        (in row) => $"port.time_wait.client >= {Plain(row.Use.Held)}");

    private static readonly Column ServerHeld = new(
        "server waits", 12, 12, 3, true, (in row) => Plain(row.Use.HeldByServer), (in row) => SortKey.Of(row.Use.HeldByServer),
        (in row) => $"port.time_wait.server >= {Plain(row.Use.HeldByServer)}");

    public static readonly IReadOnlyList<ColumnSet<PortStanding>> Sets =
    [
        new([Client, Server, Opened, Peak, Share, Rate, Coming, At, ClientHeld, ServerHeld]),
    ];

    public static bool Accepts(BoundFilter filter, PortStanding standing) =>
        new WholeQuestion(filter, truths: null).Accepts(sink => PortFields.Write(standing, sink), connection: -1);

    private static string PeakTerm(PortStanding row) => $"port.taken.max >= {Plain(row.Forecast.Peak)}";
}
