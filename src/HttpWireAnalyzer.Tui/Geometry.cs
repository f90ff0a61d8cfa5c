namespace HttpWireAnalyzer.Tui;

/// <summary>How the screen is divided: a line at the top, the view, and a line at the foot.</summary>
internal static class Geometry
{
    public const int LeastWidth = 20;
    public const int LeastHeight = 5;

    /// <summary>The first line below the one at the top.</summary>
    public const int BodyTop = 1;

    /// <summary>Below the line of a connection, or the titles of a list.</summary>
    public const int LinesTop = 2;

    /// <summary>From so many lines on a list shares the screen with what it shows of its row.</summary>
    private const int LeastForPreview = 20;

    private const int LeastPreview = 7;
    private const int MostPreview = 22;

    /// <summary>From so many columns on the packets' panes stand beside each other.</summary>
    private const int LeastBeside = 100;

    /// <summary>What most lines of a packet's tree take.</summary>
    private const int LeastTree = 45;

    /// <summary>Digits of an octet's place, and what stands behind them.</summary>
    public const int PlaceWidth = 6;

    /// <summary>Offset, octets in hexadecimal, and as letters.</summary>
    public static int HexWidth(int perLine) => PlaceWidth + DigitsAt(perLine) + 1 + perLine + 1;

    /// <summary>Octets of a packet in a line: half of the usual where their letters would be beside the screen, or the tree had no room.</summary>
    public static int OctetsPerLine(Model model, DetailState detail) =>
        model.Width - (IsBeside(model, detail) ? LeastTree + 1 : 1) >= HexWidth(16) ? 16 : 8;

    /// <summary>Where an octet's two digits stand in a line: a blank behind each, and one more between eights.</summary>
    public static int DigitsAt(int octet) => (3 * octet) + (octet / 8);

    /// <summary>Lines between the top and the foot.</summary>
    public static int Body(Model model) => int.Max(1, model.Height - 2);

    /// <summary>Lines below a list, their title included; 0 where there is no room.</summary>
    public static int Preview(Model model)
    {
        if (model.List is not { } list || model.IsMaximised || model.Height < LeastForPreview)
        {
            return 0;
        }

        // What a short list leaves is not left empty.
        var usual = int.Clamp(model.Height * 2 / 5, LeastPreview, MostPreview);
        return model.View is ViewKind.Connections or ViewKind.Exchanges or ViewKind.Findings || (model.View == ViewKind.Pools && model.WhatIf is not null)
            ? int.Max(usual, Body(model) - 2 - model.RowsOf(list))
            : usual;
    }

    /// <summary>Rows of a list: its titles take a line.</summary>
    public static int ListRows(Model model) => int.Max(1, Body(model) - Preview(model) - 1);

    /// <summary>Lines of the story or the stream: the connection's line stands above.</summary>
    public static int DetailRows(Model model) => int.Max(1, Body(model) - 1);

    /// <summary>Both lower panes of the packets view are shown, beside each other.</summary>
    public static bool IsBeside(Model model, DetailState detail) =>
        model.Width >= LeastBeside && !(model.IsMaximised && detail.Pane != PacketPane.List);

    /// <summary>Rows of the list of packets: its titles take a line.</summary>
    public static int PacketRows(Model model) => int.Max(1, PacketLines(model) - 1);

    /// <summary>Lines of the list of packets, its titles included; 0 where one of the lower panes has all the room.</summary>
    public static int PacketLines(Model model) => model switch
    {
        _ when IsOneLower(model) => 0,
        { IsMaximised: true } or { Height: < LeastForPreview } => DetailRows(model),
        _ => int.Max(5, DetailRows(model) * 2 / 5),
    };

    /// <summary>Lines of the lower panes, their title included; 0 where only the list is shown.</summary>
    public static int LowerRows(Model model) => model.Height < LeastForPreview && model.Detail?.Pane == PacketPane.List
        ? 0
        : int.Max(0, DetailRows(model) - PacketLines(model));

    /// <summary>One of the lower panes has all the room.</summary>
    public static bool IsOneLower(Model model) =>
        model.Detail is { Pane: not PacketPane.List } && (model.IsMaximised || model.Height < LeastForPreview);
}
