using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A text of lines that is longer than the screen, from one of its lines on.</summary>
internal static class ScrolledLines
{
    public static void Draw(Sheet sheet, IReadOnlyList<Run> lines, int from, int top, int height)
    {
        for (var i = 0; i < height && from + i < lines.Count; i++)
        {
            sheet.Put(1, top + i, Sheet.Cut(lines[from + i].Text, sheet.Width - 1), lines[from + i].Tone);
        }
    }

    /// <summary>The line that stands first where the last one is on the screen.</summary>
    public static int LastTop(Model model, int lines) => int.Max(0, lines - Geometry.Body(model));
}
