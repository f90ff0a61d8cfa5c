using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A spec that was made of what was under the cursor, as it is copied and written.</summary>
internal static class AssertionView
{
    public static void Draw(Model model, Sheet sheet, int top, int height) =>
        ScrolledLines.Draw(sheet, Lines(model), model.Assertion?.Top ?? 0, top, height);

    public static int LastTop(Model model) => ScrolledLines.LastTop(model, Lines(model).Count);

    /// <summary>Long lines go on below, further in; what is copied has them whole.</summary>
    public static IReadOnlyList<Run> Lines(Model model)
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
