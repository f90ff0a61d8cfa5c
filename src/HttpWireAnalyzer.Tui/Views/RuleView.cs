using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>What a rule means, what it does not flag, and how to mend what it found: as hwa explain says it.</summary>
internal static class RuleView
{
    public static void Draw(Model model, Sheet sheet, int top, int height) =>
        ScrolledLines.Draw(sheet, Lines(model), model.Rule?.Top ?? 0, top, height);

    public static int LastTop(Model model) => ScrolledLines.LastTop(model, Lines(model).Count);

    /// <summary>Folded to the screen: tables may be wider.</summary>
    public static IReadOnlyList<Run> Lines(Model model)
    {
        if (model.Rule is not { } rule)
        {
            return [];
        }

        var width = int.Max(Geometry.LeastWidth, model.Width) - 2;
        return
        [
            .. RulePage.Lines(rule.Card, model.Pages.Of(rule.Card), width, model.Wording.Language)
                .SelectMany(line => (Sheet.WidthOf(line.Text) <= width ? [line.Text] : Folding.Words(line.Text, width))
                    .Select(part => new Run(part, line.IsHeading ? Tone.Title : Tone.Plain))),
        ];
    }
}
