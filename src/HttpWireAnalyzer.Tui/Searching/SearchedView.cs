using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>The lines that a view has, and which of them are on the screen.</summary>
internal static class SearchedView
{
    /// <summary>Of the pane that the cursor is in.</summary>
    public static ShownLines Of(Model model) => model switch
    {
        { HelpTop: null, View: ViewKind.Packets, Detail: { } detail } => PacketsView.Shown(model, detail, detail.Pane) ?? ShownLines.None,
        _ => Shown(model) is [var shown, ..] ? shown : ShownLines.None,
    };

    /// <summary>All that is on the screen.</summary>
    public static IReadOnlyList<ShownLines> Shown(Model model) => model switch
    {
        { HelpTop: { } top } => [Whole(model, new SearchedText(HelpView.Lines(model)), top)],
        { View: ViewKind.Overview } => [Whole(model, new SearchedText(OverviewView.Lines(model)), model.OverviewTop)],
        { View: ViewKind.Rule, Rule: { } rule } => [Whole(model, new SearchedText(RuleView.Lines(model)), rule.Top)],
        { View: ViewKind.Assertion, Assertion: { } assertion } => [Whole(model, new SearchedText(AssertionView.Lines(model)), assertion.Top)],
        { IsDetail: true, Detail: { Detail: not null } detail } => OfConnection(model, detail),
        _ => [],
    };

    /// <summary>The line under the cursor; -1 where none moves in lines.</summary>
    public static int CursorOf(Model model) => model switch
    {
        { HelpTop: not null } => -1,
        { View: ViewKind.Story, Detail: { } detail } => detail.StoryCursor,
        { View: ViewKind.Timeline, Detail: { Packet: { } packet } detail } => CourseView.LineOf(TimelineLayout.Course(detail), packet.Packet.Number),
        { View: ViewKind.Packets, Detail: { Pane: PacketPane.List } detail } => detail.PacketCursor,
        { View: ViewKind.Packets, Detail: { Pane: PacketPane.Tree } detail } => detail.TreeCursor,
        _ => -1,
    };

    public static Whereabouts Where(Model model, ISearchedLines lines) =>
        new(model.View, model.HelpTop is not null, model.Detail?.Number ?? -1, model.Detail?.PacketCursor ?? -1, lines.Count);

    /// <summary>A text that has the screen for itself.</summary>
    private static ShownLines Whole(Model model, ISearchedLines lines, int top) =>
        new(lines, top, Geometry.Body(model), 1, Geometry.BodyTop, model.Width - 1);

    private static IReadOnlyList<ShownLines> OfConnection(Model model, DetailState detail)
    {
        var rows = Geometry.DetailRows(model);
        return model.View switch
        {
            ViewKind.Story => [new ShownLines(StoryOf(detail.Story), detail.StoryTop, rows, 1, Geometry.LinesTop, model.Width - 1)],
            ViewKind.Stream => detail.Stream is { } stream
                ? [new ShownLines(new SearchedStream(stream), detail.StreamTop, rows, 0, Geometry.LinesTop, model.Width)]
                : [],
            ViewKind.Timeline => TimelineView.Shown(model, detail) is { } shown ? [shown] : [],
            _ => [.. Enum.GetValues<PacketPane>().Select(pane => PacketsView.Shown(model, detail, pane)).OfType<ShownLines>()],
        };
    }

    public static SearchedText StoryOf(IReadOnlyList<StoryRow> rows) => new(rows.Count, at => rows[at].Runs);
}
