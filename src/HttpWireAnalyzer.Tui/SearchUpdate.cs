using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Searching;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>
/// What / asks of a text, and n and N: the nearest line with it, on the screen; behind the last the first one again. A list
/// has a filter in its place, which leaves the rows that fit: there n and N go from row to row.
/// </summary>
internal static class SearchUpdate
{
    /// <summary>What is marked: what is being typed, or was asked for.</summary>
    public static SoughtText? TextOf(Model model) => model.Prompt is { Kind: PromptKind.Search } prompt
        ? prompt.Line.Text.Length > 0 ? new SoughtText(prompt.Line.Text) : null
        : model.Search?.Text;

    /// <summary>The text that was typed, from the cursor or the top of the screen on; nothing typed is the last one again.</summary>
    public static Step Accept(Model model, string typed)
    {
        if (typed.Length == 0)
        {
            return model.Searches is [var last, ..] ? Go(model with { Search = model.Search ?? new SearchState(new SoughtText(last)) }, 1) : model;
        }

        return Go(model with
        {
            Search = new SearchState(new SoughtText(typed)),
            Searches = model.Searches.Remove(typed).Insert(0, typed),
        }, 1, isNew: true);
    }

    public static Step Next(Model model, int direction) => model switch
    {
        { HelpTop: null, List: { Filter.Length: > 0 } list } => NextRow(model, list, direction),
        { Search: null } or { HelpTop: null, List: not null } => Update.Say(model, model.Wording.NothingSought),
        _ => Go(model, direction),
    };

    private static Step NextRow(Model model, ListState list, int direction)
    {
        var rows = model.RowsOf(list);
        if (rows == 0)
        {
            return Update.Say(model, model.Wording.NoMatch);
        }

        var place = (list.Cursor + direction + rows) % rows;
        var step = ListUpdate.Move(model, place);
        return (place - list.Cursor) * direction > 0 ? step : step with { Model = Update.Say(step.Model, AgainFrom(model, direction)) };
    }

    /// <param name="isNew">The line under the cursor may be the one.</param>
    private static Step Go(Model model, int direction, bool isNew = false)
    {
        var search = model.Search!;
        var shown = SearchedView.Of(model);
        var lines = shown.Lines;
        var near = lines.Next(search.Text, StartOf(model, search, shown, direction, isNew), direction);
        var line = near >= 0 ? near : lines.Next(search.Text, direction > 0 ? -1 : lines.Count, direction);
        if (line < 0)
        {
            return Update.Say(isNew ? model with { Search = null } : model, Update.Text(model.Wording.NotFound, search.Text.Text) + LeftOut(model), isError: true);
        }

        var there = BelowPacket(To(model, shown, line), search.Text) with { Search = search with { Found = new FoundLine(SearchedView.Where(model, lines), line) } };
        return near >= 0 ? there : Update.Say(there, AgainFrom(model, direction) + LeftOut(model));
    }

    /// <summary>The line to go on from: the cursor's; where there is none the one that was found last, while it is on the screen.</summary>
    private static int StartOf(Model model, SearchState search, in ShownLines shown, int direction, bool isNew)
    {
        if (SearchedView.CursorOf(model) is >= 0 and var cursor)
        {
            return isNew ? cursor - direction : cursor;
        }

        return search.Found is { } found && found.Of == SearchedView.Where(model, shown.Lines) && shown.Shows(found.Line)
            ? found.Line
            : direction > 0 ? shown.Top - 1 : shown.Top;
    }

    /// <summary>A line that is not on the screen comes to its middle.</summary>
    private static Model To(Model model, in ShownLines shown, int line)
    {
        var top = TopFor(shown, line);
        return model.HelpTop is not null ? KeyUpdate.HelpBy(model, top - shown.Top)
            : model.IsDetail ? DetailUpdate.ToLine(model, line, top)
            : KeyUpdate.Move(model, top - shown.Top).Model;
    }

    private static int TopFor(in ShownLines shown, int line) => shown.Shows(line) ? shown.Top : int.Max(0, line - (shown.Rows / 2));

    /// <summary>A packet in the list comes with its first field and octets that have the text.</summary>
    private static Model BelowPacket(Model model, SoughtText text)
    {
        if (model is not { HelpTop: null, View: ViewKind.Packets, Detail.Pane: PacketPane.List })
        {
            return model;
        }

        // A field shows its octets, so it comes last.
        foreach (var pane in (ReadOnlySpan<PacketPane>)[PacketPane.Octets, PacketPane.Tree])
        {
            // A pane that has no room beside the list is there when Tab leads to it.
            var aside = model with { Detail = model.Detail! with { Pane = pane } };
            if (PacketsView.Shown(aside, aside.Detail, pane) is { } shown && shown.Lines.Next(text, -1, 1) is >= 0 and var line)
            {
                var there = DetailUpdate.ToLine(aside, line, TopFor(shown, line));
                model = there with { Detail = there.Detail! with { Pane = PacketPane.List } };
            }
        }

        return model;
    }

    private static string AgainFrom(Model model, int direction) => direction > 0 ? model.Wording.FromTheTop : model.Wording.FromTheBottom;

    /// <summary>What was not looked through, for it is not kept.</summary>
    private static string LeftOut(Model model) => model switch
    {
        { HelpTop: not null } => "",
        { View: ViewKind.Stream, Detail.Detail: { OctetsLeftOut: > 0 } read } => "; " + Update.Text(model.Wording.OctetsLeftOut, Quantity.Octets(read.OctetsLeftOut)),
        { View: ViewKind.Packets, Detail.Detail: { PacketsLeftOut: > 0 } read } => "; " + Update.Text(model.Wording.PacketsLeftOut, Quantity.Count(read.PacketsLeftOut)),
        _ => "",
    };
}
