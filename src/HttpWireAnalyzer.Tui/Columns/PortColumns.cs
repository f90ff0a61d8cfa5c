using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Work;
using static HttpWireAnalyzer.Tui.Columns.CellText;
using Column = HttpWireAnalyzer.Tui.Columns.ListColumn<HttpWireAnalyzer.Tui.Work.PortUse>;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of ports in use.</summary>
internal static class PortColumns
{
    private static readonly Column Client = new(
        "client", 9, 39, 0, false, (in use) => use.Client.ToString(), (in use) => new SortKey(use.Client.High, use.Client.Low, null), (in _) => null);

    private static readonly Column Server = new(
        "server", 9, 47, 0, false, (in use) => use.Server.ToString(), (in use) => SortKey.Of(use.Server), (in _) => null);

    private static readonly Column Opened = new(
        "conns", 5, 9, 0, true, (in use) => Plain(use.Opened), (in use) => SortKey.Of(use.Opened), (in _) => null);

    private static readonly Column Peak = new(
        "ports max", 9, 9, 0, true, (in use) => Plain(use.Peak), (in use) => SortKey.Of(use.Peak), (in _) => null);

    private static readonly Column Share = new(
        "of limit", 8, 8, 0, true, (in use) => Quantity.Percent(use.Peak, PortUse.Ports), (in use) => SortKey.Of(use.Peak), (in _) => null);

    private static readonly Column At = new(
        "at", 12, 12, 2, false, (in use) => use.Peak == 0 ? None : Quantity.TimeOfDay(use.PeakAt), (in use) => SortKey.Of(use.PeakAt.Nanoseconds), (in _) => null);

    private static readonly Column ClientHeld = new(
        "client waits", 12, 12, 1, true, (in use) => Plain(use.ClientPeak), (in use) => SortKey.Of(use.ClientPeak), (in _) => null);

    private static readonly Column ServerHeld = new(
        "server waits", 12, 12, 3, true, (in use) => Plain(use.ServerPeak), (in use) => SortKey.Of(use.ServerPeak), (in _) => null);

    public static readonly IReadOnlyList<ColumnSet<PortUse>> Sets =
    [
        new("usual", [Client, Server, Opened, Peak, Share, At, ClientHeld, ServerHeld]),
    ];
}
