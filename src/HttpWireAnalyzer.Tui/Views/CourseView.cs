using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Lines of a connection's course around a packet.</summary>
internal static class CourseView
{
    /// <returns>The line of the screen that tells of the packet; -1 where none does.</returns>
    public static int Draw(Sheet sheet, List<StoryRow> course, long frame, int top, int rows)
    {
        var cursor = LineOf(course, frame);
        var from = Top(course, cursor, rows);
        for (var i = 0; i < rows && from + i < course.Count; i++)
        {
            var row = course[from + i];
            sheet.Put(1, top + i, row.Runs, sheet.Width - 1);
            sheet.Put(0, top + i, row.Sign.Text, row.Sign.Tone);
        }

        return cursor < 0 ? -1 : top + cursor - from;
    }

    /// <summary>The first line about the packet, or about the nearest before it that has one; -1 where there is none.</summary>
    public static int LineOf(List<StoryRow> course, long frame)
    {
        var told = course.FindLastIndex(row => row.Frame > 0 && row.Frame <= frame);
        return told < 0 ? -1 : course.FindIndex(row => row.Frame == course[told].Frame);
    }

    /// <summary>The line that is shown first, so that the cursor is in the middle.</summary>
    public static int Top(List<StoryRow> course, int cursor, int rows) => int.Clamp(cursor - (rows / 2), 0, int.Max(0, course.Count - rows));
}
