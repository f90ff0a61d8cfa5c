using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The last line of the screen, and above it what may be typed.</summary>
internal static class FootView
{
    private const int MostCandidates = 8;

    /// <param name="isNamed">The view is named at the top.</param>
    public static void Draw(Model model, Sheet sheet, bool isNamed)
    {
        var y = sheet.Height - 1;
        if (model.Prompt is { } prompt)
        {
            DrawPrompt(model, sheet, prompt, y);
            return;
        }

        var right = PlaceText(model);
        var room = sheet.Width - Sheet.WidthOf(right) - 1;
        if (model.Notice is { } notice)
        {
            sheet.Put(0, y, " " + Sheet.Cut(notice.Text, int.Max(0, room - 1)), notice.IsError ? Tone.Error : Tone.Bold);
        }
        else
        {
            DrawKeys(model, sheet, y, room, isNamed);
        }

        sheet.Put(sheet.Width - Sheet.WidthOf(right), y, right, Tone.Dim);
    }

    /// <summary>The view, unless it is named elsewhere, and the keys that matter most in it, as far as there is room.</summary>
    private static void DrawKeys(Model model, Sheet sheet, int y, int room, bool isNamed)
    {
        if (model.HelpTop is not null)
        {
            sheet.Put(1, y, Sheet.Cut(model.Wording.HelpEnds, room - 1), Tone.Dim);
            return;
        }

        var title = model.Wording.Views[model.View];
        var x = isNamed ? 0 : sheet.Put(0, y, $" {Sheet.Cut(title, int.Max(0, room - 1))} ", Tone.Title);
        foreach (var binding in Bindings.Of(Bindings.PlaceOf(model)).Where(binding => IsNamed(model, binding)).OrderBy(Rank))
        {
            var word = model.Wording.ShortActs[binding.Act];
            var key = binding.Keys[0];
            if (x + key.Length + Sheet.WidthOf(word) + 3 > room)
            {
                continue;
            }

            x = sheet.Put(x + 1, y, key, Tone.Key);
            x = sheet.Put(x + 1, y, word, Tone.Plain);
            x++;
        }
    }

    /// <summary>The way out of a filter is named where there is one; of a search, and on in it, too.</summary>
    private static bool IsNamed(Model model, Binding binding) => binding.IsNamed || binding.Act switch
    {
        Act.ClearFilter => model.List is { IsArranged: true },
        Act.NextMatch or Act.EndSearch => model is { List: null, Search: not null },
        _ => false,
    };

    /// <summary>Help is named first, for it leads to all others, and then the way out.</summary>
    private static int Rank(Binding binding) => binding.Act switch
    {
        Act.Help => 0,
        Act.Quit or Act.Back => 1,
        Act.ClearFilter or Act.NextMatch or Act.EndSearch => 2,
        _ => 3,
    };

    private static string PlaceText(Model model)
    {
        var selected = model.Selected.Count > 0 ? Update.Text(model.Wording.Selected, Quantity.Count(model.Selected.Count)) + "  " : "";
        if (model.List is { } list && model.HelpTop is null)
        {
            var rows = model.RowsOf(list);
            var all = list.Kind switch
            {
                ListKind.Connections => model.Capture.Connections,
                ListKind.Exchanges => model.Capture.Exchanges,
                _ => rows,
            };
            var of = rows == 0 ? "0" : Update.Text(model.Wording.Of, Quantity.Count(list.Cursor + 1), Quantity.Count(rows));
            return $"{selected}{of}{(all > rows ? $" ({Quantity.Count(all)})" : "")} ";
        }

        return selected + model switch
        {
            { HelpTop: { } top } => Update.Text(
                model.Wording.Of, int.Min(HelpView.LineCount(model), top + Geometry.Body(model)), HelpView.LineCount(model)) + " ",
            { View: ViewKind.Packets, Detail.Detail: { } read } => Update.Text(model.Wording.Of, model.Detail.PacketCursor + 1, read.Packets.Count) + " ",
            { View: ViewKind.Story, Detail: { Detail: not null } detail } => Update.Text(model.Wording.Of, detail.StoryCursor + 1, detail.Story.Count) + " ",
            { View: ViewKind.Stream, Detail.Stream: { Count: > 0 } stream } => Update.Text(
                model.Wording.Of, int.Min(stream.Count, model.Detail.StreamTop + Geometry.DetailRows(model)), stream.Count) + " ",
            _ => "",
        };
    }

    private static void DrawPrompt(Model model, Sheet sheet, Prompt prompt, int y)
    {
        var sign = prompt.Kind == PromptKind.Command ? ":" : "/";
        var tone = prompt.Kind != PromptKind.Filter ? Tone.Bold : prompt.Error is null ? Tone.Good : Tone.Error;
        sheet.Clear(y);
        sheet.Put(0, y, sign, Tone.Key);

        // The cursor stays on the screen, whatever is typed.
        var (text, column) = prompt.Line.Fit(sheet.Width - 1);
        sheet.Put(1, y, text, tone);
        sheet.Grid.Cursor = (1 + column, y);
        if (y < 2)
        {
            return;
        }

        var above = y - 1;
        if (prompt.Candidates.Count > 0 && (prompt.Kind == PromptKind.Filter || prompt.Line.Text.Length > 0 || prompt.Chosen >= 0))
        {
            DrawCandidates(sheet, prompt, above--);
        }

        var said = prompt.Error is { } error ? new Notice(error, IsError: true) : model.Notice;
        if (said is not null && above > 0)
        {
            sheet.Clear(above);
            sheet.Put(1, above, Sheet.Cut(said.Text, sheet.Width - 1), said.IsError ? Tone.Error : Tone.Bold);
        }
    }

    private static void DrawCandidates(Sheet sheet, Prompt prompt, int y)
    {
        sheet.Clear(y);
        var x = 1;
        var first = int.Max(0, prompt.Chosen - MostCandidates + 1);
        for (var i = first; i < prompt.Candidates.Count && i < first + MostCandidates; i++)
        {
            var text = prompt.Candidates[i];
            if (x + Sheet.WidthOf(text) + 2 > sheet.Width)
            {
                break;
            }

            x = sheet.Put(x, y, text, i == prompt.Chosen ? Tone.Marked : Tone.Dim) + 2;
        }

        if (prompt.Candidates.Count > first + MostCandidates && x + 1 < sheet.Width)
        {
            sheet.Put(x, y, "…", Tone.Dim);
        }
    }
}
