using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A spec that was made of what was under the cursor, as it is copied and written.</summary>
internal static class AssertionView
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        var lines = Lines(model);
        var from = model.Assertion?.Top ?? 0;
        for (var i = 0; i < height && from + i < lines.Count; i++)
        {
            sheet.Put(1, top + i, lines[from + i].Text, lines[from + i].Tone);
        }
    }

    public static int LastTop(Model model) => int.Max(0, Lines(model).Count - Geometry.Body(model));

    /// <summary>Long lines go on below, further in; what is copied has them whole.</summary>
    private static List<Run> Lines(Model model)
    {
        var width = int.Max(Geometry.LeastWidth, model.Width) - 2;
        var lines = new List<Run>();
        foreach (var line in (model.Assertion?.Text ?? "").TrimEnd('\n').Split('\n'))
        {
            var tone = line.StartsWith('#') ? Tone.Dim : line.StartsWith("  - ", StringComparison.Ordinal) ? Tone.Bold : Tone.Plain;
            var before = new string(' ', line.Length - line.TrimStart().Length);
            foreach (var part in Folding.Words(line, width - before.Length))
            {
                lines.Add(new Run(before + part, tone));
                before = "        ";
            }
        }

        return lines;
    }
}
