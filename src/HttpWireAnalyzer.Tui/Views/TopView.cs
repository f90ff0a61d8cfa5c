using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The first line of the screen: the capture, and beside it how the list is arranged, or the views with their keys.</summary>
internal static class TopView
{
    /// <summary>Whether it names the view.</summary>
    public static bool Draw(Model model, Sheet sheet)
    {
        var x = 0;
        foreach (var run in Capture(model))
        {
            x = sheet.Put(x, 0, run.Text, run.Tone);
        }

        if (model.List is { IsArranged: true } list)
        {
            DrawArrangement(model, sheet, list, x + 2);
            return false;
        }

        var names = ViewNames.Of(model, x + 2);
        foreach (var name in names)
        {
            var at = name.X;
            foreach (var run in name.Runs)
            {
                at = sheet.Put(at, 0, run.Text, run.Tone);
            }
        }

        return names.Any(name => name.IsNamed && name.View == model.View);
    }

    /// <summary>The view whose key or name stands at a column; null where none does.</summary>
    public static ViewKind? ViewAt(Model model, int column)
    {
        if (model.List is { IsArranged: true })
        {
            return null;
        }

        foreach (var name in ViewNames.Of(model, Capture(model).Sum(run => Sheet.WidthOf(run.Text)) + 2))
        {
            if (column >= name.X && column < name.X + name.Width)
            {
                return name.View;
            }
        }

        return null;
    }

    private static IEnumerable<Run> Capture(Model model)
    {
        var (phase, tone) = PhaseOf(model);
        yield return new Run(" hwa ", Tone.Title);
        yield return new Run(" " + Sheet.Cut(FileName(model.Name), int.Max(8, model.Width / 3)), Tone.Bold);
        yield return new Run("  " + Update.Text(model.Wording.Packets, Quantity.Count(model.Capture.Packets)));
        if (model.Capture.Totals is { Packets: > 0 } totals && model.Width >= 60)
        {
            yield return new Run("  " + Quantity.Duration(totals.Latest.Since(totals.Earliest)));
        }

        if (phase.Length > 0)
        {
            yield return new Run("  " + phase, tone);
        }
    }

    private static (string Text, Tone Tone) PhaseOf(Model model) => model.Capture.Phase switch
    {
        CapturePhase.Reading => ($"{model.Wording.Reading} {(model.Capture.Share is { } share ? $"{(int)(share * 100)} %" : "…")}", Tone.Warning),
        CapturePhase.Live when model.IsPaused => (model.Wording.Paused, Tone.Warning),
        CapturePhase.Live => ("● " + model.Wording.Live, Tone.Good),
        CapturePhase.Failed => ("✖ " + model.Wording.Failed, Tone.Error),
        _ when LeftOut(model) is > 0 and var left => ("! " + Update.Text(model.Wording.LeftOut, Quantity.Count(left)), Tone.Warning),
        _ => model.Capture.Totals is { Remarks.Count: > 0 } ? ("! " + model.Wording.Damaged, Tone.Warning) : ("", Tone.Plain),
    };

    /// <summary>Rows of the view beyond what is kept.</summary>
    private static long LeftOut(Model model) => model.View switch
    {
        ViewKind.Connections => model.Capture.Rows.ConnectionsLeftOut,
        ViewKind.Exchanges => model.Capture.Rows.ExchangesLeftOut,
        _ => 0,
    };

    private static void DrawArrangement(Model model, Sheet sheet, ListState list, int x)
    {
        var filter = list.Filter.Length == 0 ? "" : $"[/] {list.Filter}";
        var sort = list.Sort is null ? "" : $"[s] {ListUpdate.SortText(list)}";
        var text = string.Join("  ", ((string[])[filter, sort, list.IsWaiting ? model.Wording.Filtering + " …" : ""]).Where(part => part.Length > 0));
        var fitted = Sheet.Cut(text, int.Max(0, sheet.Width - x));
        sheet.Put(sheet.Width - Sheet.WidthOf(fitted), 0, fitted, list.IsWaiting ? Tone.Warning : Tone.Key);
    }

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
