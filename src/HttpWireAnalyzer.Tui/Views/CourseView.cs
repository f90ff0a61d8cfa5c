using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Lines of a connection's course around a packet.</summary>
internal static class CourseView
{
    /// <returns>The line of the screen that tells of the packet; -1 where none does.</returns>
    public static int Draw(Sheet sheet, List<StoryRow> course, long frame, int top, int rows)
    {
        var told = course.FindLastIndex(row => row.Frame > 0 && row.Frame <= frame);
        var cursor = told < 0 ? -1 : course.FindIndex(row => row.Frame == course[told].Frame);
        var from = int.Clamp(cursor - (rows / 2), 0, int.Max(0, course.Count - rows));
        for (var i = 0; i < rows && from + i < course.Count; i++)
        {
            var row = course[from + i];
            sheet.Put(1, top + i, row.Runs, sheet.Width - 1);
            sheet.Put(0, top + i, row.Sign.Text, row.Sign.Tone);
        }

        return cursor < 0 ? -1 : top + cursor - from;
    }
}
