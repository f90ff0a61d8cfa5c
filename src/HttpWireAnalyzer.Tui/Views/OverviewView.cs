using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The capture on one screen, as hwa summary says it.</summary>
internal static class OverviewView
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        var lines = Lines(model);
        if (lines.Length == 0)
        {
            sheet.Put(1, top + 1, model.Wording.Overview, Tone.Dim);
            return;
        }

        for (var i = 0; i < height && model.OverviewTop + i < lines.Length; i++)
        {
            var line = lines[model.OverviewTop + i];
            sheet.Put(1, top + i, Sheet.Cut(line, sheet.Width - 1), model.OverviewTop + i == 0 ? Tone.Bold : Tone.Plain);
        }
    }

    public static int LastTop(Model model) => int.Max(0, Lines(model).Length - Geometry.Body(model));

    private static string[] Lines(Model model)
    {
        if (model.Capture is not { Totals: { } totals, Overview: { } overview, Pools: { } pools, Findings: { } findings })
        {
            return [];
        }

        using var text = new StringWriter { NewLine = "\n" };
        new SummaryText(text, new TextStyle(false), model.Wording.Language).Write([model.Name], totals, overview, pools, findings);

        // What follows the empty line is what to type next, which here is a key.
        var said = text.ToString();
        var end = said.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? said.TrimEnd('\n') : said[..end]).Split('\n');
    }
}
