using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The capture on one screen, as hwa summary says it.</summary>
internal static class OverviewView
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        var lines = Lines(model);
        if (lines.Count == 0)
        {
            var y = top + 1;
            foreach (var line in Folding.Words(Missing(model), int.Max(Geometry.LeastWidth, model.Width) - 2))
            {
                sheet.Put(1, y++, line, Tone.Dim);
            }

            return;
        }

        ScrolledLines.Draw(sheet, lines, model.OverviewTop, top, height);
    }

    public static int LastTop(Model model) => ScrolledLines.LastTop(model, Lines(model).Count);

    public static IReadOnlyList<Run> Lines(Model model)
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
        var width = int.Max(Geometry.LeastWidth, model.Width) - 2;
        return
        [
            .. (end < 0 ? said.TrimEnd('\n') : said[..end]).Split('\n')
                .SelectMany((line, place) => Folded(line, place, width).Select(part => new Run(part, place == 0 ? Tone.Bold : Tone.Plain))),
        ];
    }

    /// <summary>Why there is none.</summary>
    private static string Missing(Model model) => model.Capture switch
    {
        { Phase: CapturePhase.Live } => model.Wording.OverviewAtEnd,
        { Failure: { } failure } => PrintableText.OfMessage(failure),
        _ => model.Wording.Overview,
    };

    /// <summary>What is said goes on below its beginning where it is wider than the screen; the first line is the capture's name.</summary>
    private static IEnumerable<string> Folded(string line, int place, int width)
    {
        if (Sheet.WidthOf(line) <= width)
        {
            return [line];
        }

        if (place == 0)
        {
            return Folding.Words(line, width);
        }

        var label = line[..GlyphWidth.Fitting(line, SummaryText.SaidAt)];
        return Folding.Items(line[label.Length..], int.Max(10, width - SummaryText.SaidAt))
            .Select((part, at) => (at == 0 ? label : new string(' ', SummaryText.SaidAt)) + part);
    }
}
