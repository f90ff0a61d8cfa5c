using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What shows the page of a rule, and moves through it.</summary>
internal static class RuleUpdate
{
    /// <summary>The rule of the finding under the cursor, of the one that is looked at, or of the connection's worst one.</summary>
    public static Step Explain(Model model) => RuleOf(model) is { } card
        ? model with { View = ViewKind.Rule, Rule = new RuleState(card), Back = model.Back.Push(model.View), IsMaximised = false }
        : Update.Say(model, model.Wording.NoRule, isError: true);

    public static Model Move(Model model, int by) => model.Rule is { } rule
        ? model with { Rule = rule with { Top = int.Clamp(rule.Top + by, 0, RuleView.LastTop(model)) } }
        : model;

    private static RuleCard? RuleOf(Model model)
    {
        if (model.View == ViewKind.Findings)
        {
            return OpenUpdate.FindingAt(model)?.Rule;
        }

        var number = DetailUpdate.Current(model);
        return model.List is null && model.Detail is { Finding: { } finding } ? finding.Rule
            : number >= 0 && model.Capture.Rows.Connections[number].Rule is { } worst ? RuleBook.Find(worst)
            : null;
    }
}
