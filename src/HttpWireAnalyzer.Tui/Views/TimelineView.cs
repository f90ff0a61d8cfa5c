using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Searching;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A connection to scale: what each end sent, whose turn it was between, and below that the part of the story.</summary>
internal static class TimelineView
{
    /// <summary>The lines of the lanes, to be clicked on.</summary>
    public const int Lanes = 5;

    public static int LaneWidth(Model model) => int.Max(2, model.Width - LabelOf(model) - 1);

    /// <summary>Where lanes begin, behind the names of both ends.</summary>
    private static int LabelOf(Model model) =>
        3 + int.Max(Sheet.WidthOf(model.Wording.Titles["client"]), Sheet.WidthOf(model.Wording.Titles["server"]));

    /// <summary>The time at a column of the screen; null beside the lanes.</summary>
    public static long? TimeAt(Model model, DetailState detail, int column)
    {
        var width = LaneWidth(model);
        var at = column - LabelOf(model);
        return at < 0 || at >= width ? null : detail.Window.From + (long)(at * (double)TimelineLayout.Span(detail) / (width - 1));
    }

    public static void Draw(Model model, Sheet sheet, DetailState detail, int top, int height)
    {
        if (detail.Packet is not { } packet)
        {
            sheet.Put(1, top, model.Wording.NoPackets, Tone.Dim);
            return;
        }

        var (label, width) = (LabelOf(model), LaneWidth(model));
        DrawRuler(sheet, detail, packet, top, label, width);
        DrawLane(sheet, detail, Side.Client, model.Wording.Titles["client"], top + 1, label, width);
        DrawLane(sheet, detail, Side.Server, model.Wording.Titles["server"], top + 2, label, width);
        DrawWaits(model, sheet, detail, top + 3, width);
        DrawScale(model, sheet, detail, top + 4, width);
        if (height > Lanes + 1)
        {
            DrawStory(sheet, detail, packet, top + Lanes, height - Lanes);
        }
    }

    private static void DrawRuler(Sheet sheet, DetailState detail, PacketDetail packet, int y, int label, int width)
    {
        sheet.Put(label, y, new string('─', width), Tone.Dim);
        var column = int.Clamp(TimelineLayout.Column(detail, TimelineLayout.TimeOf(detail, packet), width), 0, width - 1);
        sheet.Put(label + column, y, "▼", Tone.Key);
    }

    private static void DrawLane(Sheet sheet, DetailState detail, Side side, string name, int y, int label, int width)
    {
        sheet.Put(1, y, name, side == Side.Client ? Tone.Client : Tone.Server);
        var lane = TimelineLayout.Lane(detail, side, width);
        for (var column = 0; column < width; column++)
        {
            if (lane[column].Rank > 0)
            {
                sheet.Put(label + column, y, lane[column].Sign.ToString(), lane[column].Tone);
            }
        }
    }

    private static void DrawWaits(Model model, Sheet sheet, DetailState detail, int y, int width)
    {
        var label = LabelOf(model);
        sheet.Put(1, y, Sheet.Cut(model.Wording.WaitsLegend, label - 2), Tone.Dim);
        var end = -1;
        foreach (var wait in TimelineLayout.Waits(detail, width, model.Wording))
        {
            var room = wait.To - wait.From - 1;
            var time = Quantity.Duration(wait.Nanoseconds);
            var named = $"{wait.Name} {time}".TrimStart();
            var text = Sheet.WidthOf(named) + 2 <= room ? $" {named} " : Sheet.WidthOf(time) <= room ? time : "";
            var left = (room - Sheet.WidthOf(text)) / 2;
            var bar = $"{(wait.From == end ? '┼' : '├')}{new string('─', left)}{text}{new string('─', room - Sheet.WidthOf(text) - left)}┤";
            sheet.Put(label + wait.From, y, bar, wait.Tone);
            end = wait.To;
        }
    }

    private static void DrawScale(Model model, Sheet sheet, DetailState detail, int y, int width)
    {
        var label = LabelOf(model);
        var (from, span) = (detail.Window.From, TimelineLayout.Span(detail));
        var (left, right) = (Quantity.Duration(from), Quantity.Duration(from + span));
        sheet.Put(label, y, left, Tone.Dim);
        sheet.Put(label + width - Sheet.WidthOf(right), y, right, Tone.Dim);
        var shown = detail.Window.Zoom == 0 ? "" : Update.Text(model.Wording.ZoomedIn, Quantity.Duration(span), Quantity.Duration(TimelineLayout.Whole(detail)));
        var x = label + ((width - Sheet.WidthOf(shown)) / 2);
        if (x > label + Sheet.WidthOf(left) && x + Sheet.WidthOf(shown) < label + width - Sheet.WidthOf(right))
        {
            sheet.Put(x, y, shown, Tone.Dim);
        }
    }

    /// <summary>Lines of the story whose packets the window shows, those about the cursor's packet on the screen.</summary>
    private static void DrawStory(Sheet sheet, DetailState detail, PacketDetail packet, int top, int height)
    {
        sheet.Put(0, top, new string('─', sheet.Width), Tone.Dim);
        if (CourseView.Draw(sheet, InWindow(detail, TimelineLayout.Course(detail)), packet.Packet.Number, top + 1, height - 1) is >= 0 and var line)
        {
            sheet.Reverse(line);
        }
    }

    /// <summary>All lines of the course, of which the window's are on the screen; null where there is no room for any.</summary>
    public static ShownLines? Shown(Model model, DetailState detail)
    {
        var rows = Geometry.DetailRows(model) - Lanes - 1;
        if (rows < 1 || detail.Packet is not { } packet)
        {
            return null;
        }

        var course = TimelineLayout.Course(detail);
        var shown = InWindow(detail, course);
        var before = shown.Count == 0 ? 0 : course.IndexOf(shown[0]);
        var top = CourseView.Top(shown, CourseView.LineOf(shown, packet.Packet.Number), rows);
        return new ShownLines(SearchedView.StoryOf(course), before + top, int.Min(rows, shown.Count - top), 1, Geometry.LinesTop + Lanes + 1, model.Width - 1);
    }

    private static List<StoryRow> InWindow(DetailState detail, List<StoryRow> course)
    {
        var (first, last) = FramesShown(detail);
        return [.. course.Where(row => row.Frame >= first && row.Frame <= last)];
    }

    private static (long First, long Last) FramesShown(DetailState detail)
    {
        var (from, span) = (detail.Window.From, TimelineLayout.Span(detail));
        long first = long.MaxValue, last = 0;
        foreach (var packet in detail.Detail!.Packets)
        {
            if (TimelineLayout.TimeOf(detail, packet) is var time && time >= from && time <= from + span)
            {
                first = long.Min(first, packet.Packet.Number);
                last = long.Max(last, packet.Packet.Number);
            }
        }

        return (first, last);
    }
}
