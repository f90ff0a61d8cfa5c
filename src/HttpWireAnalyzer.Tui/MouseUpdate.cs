using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What the mouse does, where there is one: the wheel scrolls, a click goes to a row, one more opens it; one on a view's name leads there.</summary>
internal static class MouseUpdate
{
    public static Step Of(Model model, MouseUsed used)
    {
        if (model.Prompt is not null)
        {
            return model;
        }

        if (model.HelpTop is not null)
        {
            return KeyUpdate.HelpBy(model, used.Lines);
        }

        return used.Lines != 0 ? KeyUpdate.Move(model, used.Lines) : Click(model, used.Column, used.Row);
    }

    private static Step Click(Model model, int column, int row)
    {
        if (row == 0)
        {
            return TopView.ViewAt(model, column) is { } view ? KeyUpdate.To(model, view) : model;
        }

        if (row < Geometry.LinesTop)
        {
            return model;
        }

        if (model.List is { } list)
        {
            var place = list.Top + row - Geometry.LinesTop;
            return row - Geometry.LinesTop >= Geometry.ListRows(model) || place >= model.RowsOf(list) ? model
                : place == list.Cursor ? OpenUpdate.Of(model)
                : ListUpdate.Move(model, place);
        }

        return model switch
        {
            { View: ViewKind.Story, Detail: { } detail } => KeyUpdate.Move(model, detail.StoryTop + row - Geometry.LinesTop - detail.StoryCursor),
            { View: ViewKind.Timeline, Detail: { Detail: not null } detail } when row - Geometry.LinesTop < TimelineView.Lanes
                && TimelineView.TimeAt(model, detail, column) is { } time => DetailUpdate.Move(model, TimelineLayout.Nearest(detail, time) - detail.PacketCursor),
            // Packets stand below their titles.
            { View: ViewKind.Packets, Detail: { } detail } when row > Geometry.LinesTop && row - Geometry.LinesTop < Geometry.PacketLines(model) =>
                DetailUpdate.Move(model with { Detail = detail with { Pane = PacketPane.List } }, detail.PacketTop + row - Geometry.LinesTop - 1 - detail.PacketCursor),
            _ => model,
        };
    }
}
