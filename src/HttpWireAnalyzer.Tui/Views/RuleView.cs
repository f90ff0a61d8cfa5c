using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>What a rule means, what it does not flag, and how to mend what it found: as hwa explain says it.</summary>
internal static class RuleView
{
    public static void Draw(Model model, Sheet sheet, int top, int height)
    {
        var lines = Lines(model);
        var from = model.Rule?.Top ?? 0;
        for (var i = 0; i < height && from + i < lines.Count; i++)
        {
            sheet.Put(1, top + i, lines[from + i].Text, lines[from + i].IsHeading ? Tone.Title : Tone.Plain);
        }
    }

    public static int LastTop(Model model) => int.Max(0, Lines(model).Count - Geometry.Body(model));

    /// <summary>Folded to the screen; letters may be wider than those of the page, and tables are.</summary>
    public static IReadOnlyList<RuleLine> Lines(Model model)
    {
        if (model.Rule is not { } rule)
        {
            return [];
        }

        var width = int.Max(Geometry.LeastWidth, model.Width) - 2;
        return
        [
            .. RulePage.Lines(rule.Card, model.Pages.Of(rule.Card), width, model.Wording.Language)
                .SelectMany(line => Sheet.WidthOf(line.Text) <= width
                    ? [line]
                    : Folding.Words(line.Text, width).Select(part => line with { Text = part })),
        ];
    }
}
