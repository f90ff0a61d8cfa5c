using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui;

/// <summary>What puts findings below their rules, and opens and closes rules.</summary>
internal static class GroupUpdate
{
    /// <summary>Rules in place of findings, or findings again; the cursor stays with what it was on.</summary>
    public static Step Toggle(Model model)
    {
        var place = model.RowAt(model.Findings, model.Findings.Cursor);
        var isGrouped = !model.Findings.IsGrouped;
        var turned = Rearranged(model, model.Findings with { IsGrouped = isGrouped, OpenRules = [], ColumnSet = isGrouped ? FindingColumns.GroupedSet : 0 });
        var rule = isGrouped && place >= 0 ? turned.Capture.Findings!.Findings[place].Rule : null;
        return turned.With(ListUpdate.At(turned, turned.Findings, turned.Findings.PlaceOf(place, rule)));
    }

    /// <summary>The cursor on what it was on, wherever that stands now; at the top it stays there, on the worst.</summary>
    public static Model Followed(Model model, Finding? finding, RuleCard? head)
    {
        if (finding is null || model.Findings.Cursor == 0)
        {
            return model;
        }

        for (var place = 0; place < model.RowsOf(model.Findings); place++)
        {
            var row = RowAt(model, place);
            if (row.Head?.Rule == head && (head is not null || IsSame(row.Finding, finding)))
            {
                return model.With(ListUpdate.At(model, model.Findings, place));
            }
        }

        return model;
    }

    /// <summary>However sure it is by now.</summary>
    private static bool IsSame(Finding one, Finding other) => one.Rule == other.Rule && one.From == other.From
        && one.Subject.Connection == other.Subject.Connection && one.Subject.Exchange == other.Subject.Exchange;

    /// <summary>The rule under the cursor; null where it is on a finding.</summary>
    public static FindingGroup? HeadAt(Model model) => HeadAt(model.Findings, model.Findings.Cursor);

    /// <summary>The row at a place of the list.</summary>
    public static FindingRow RowAt(Model model, int place) => new(
        model.Capture.Findings!.Findings[model.RowAt(model.Findings, place)],
        HeadAt(model.Findings, place),
        model.Findings.IsGrouped && HeadAt(model.Findings, place) is null);

    /// <summary>Shows what a rule found, or no more.</summary>
    public static Step Open(Model model, RuleCard rule)
    {
        var open = model.Findings.OpenRules;
        return Rearranged(model, model.Findings with { OpenRules = open.Contains(rule.Id) ? open.Remove(rule.Id) : open.Add(rule.Id) });
    }

    /// <summary>The rule at a place; null where there is a finding.</summary>
    public static FindingGroup? HeadAt(ListState list, int place) =>
        list.Order?.Heads is { } heads && place >= 0 && place < heads.Length ? heads[place] : null;

    private static Model Rearranged(Model model, ListState list) => ListUpdate.Rearranged(model.With(list), ListKind.Findings).Model;
}
