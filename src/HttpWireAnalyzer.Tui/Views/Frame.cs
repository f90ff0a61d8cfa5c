using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>The whole screen: a line on the capture, the view, and a line of keys, of what was done, or of what is typed.</summary>
internal static class Frame
{
    private static readonly (ViewKind View, char Key)[] Named =
    [
        (ViewKind.Overview, '1'), (ViewKind.Connections, '2'), (ViewKind.Exchanges, '3'), (ViewKind.Pools, '4'),
        (ViewKind.Findings, '5'), (ViewKind.Ports, '6'), (ViewKind.Packets, '7'),
    ];

    /// <summary>Draws on an empty sheet of the model's size.</summary>
    public static void Draw(Model model, Sheet sheet)
    {
        if (model.Width < Geometry.LeastWidth || model.Height < Geometry.LeastHeight)
        {
            sheet.Put(0, 0, Sheet.Cut(model.Wording.TooSmall, model.Width), Tone.Error);
            return;
        }

        var isNamed = DrawTop(model, sheet);
        if (model.HelpTop is { } helpTop)
        {
            HelpView.Draw(model, sheet, helpTop);
        }
        else
        {
            DrawBody(model, sheet);
        }

        FootView.Draw(model, sheet, isNamed);
    }

    private static void DrawBody(Model model, Sheet sheet)
    {
        const int Top = 1;
        var height = Geometry.Body(model);
        if (model.View == ViewKind.Overview)
        {
            OverviewView.Draw(model, sheet, Top, height);
        }
        else if (model.View == ViewKind.Rule)
        {
            RuleView.Draw(model, sheet, Top, height);
        }
        else if (model.View == ViewKind.Assertion)
        {
            AssertionView.Draw(model, sheet, Top, height);
        }
        else if (model.List is not null)
        {
            var preview = Geometry.Preview(model);
            Lists.Draw(model, sheet, Top, height - preview);
            PreviewView.Draw(model, sheet, Top + height - preview, preview);
        }
        else
        {
            DetailViews.Draw(model, sheet, Top, height);
        }
    }

    /// <summary>Whether it names the view.</summary>
    private static bool DrawTop(Model model, Sheet sheet)
    {
        var (phase, tone) = PhaseOf(model);
        var name = FileName(model.Name);
        var x = sheet.Put(0, 0, " hwa ", Tone.Title);
        x = sheet.Put(x + 1, 0, Sheet.Cut(name, int.Max(8, model.Width / 3)), Tone.Bold);
        x = sheet.Put(x + 2, 0, Update.Text(model.Wording.Packets, Quantity.Count(model.Capture.Packets)), Tone.Plain);
        if (model.Capture.Totals is { Packets: > 0 } totals && model.Width >= 60)
        {
            x = sheet.Put(x + 2, 0, Quantity.Duration(totals.Latest.Since(totals.Earliest)), Tone.Plain);
        }

        if (phase.Length > 0)
        {
            x = sheet.Put(x + 2, 0, phase, tone);
        }

        if (model.List is { IsArranged: true } list)
        {
            DrawArrangement(model, sheet, list, x + 2);
            return false;
        }

        return DrawNames(model, sheet, x + 2);
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

    /// <summary>The views with their keys, as far as there is room; whether the one that is shown is among them.</summary>
    private static bool DrawNames(Model model, Sheet sheet, int least)
    {
        var isWide = least + Named.Sum(named => Sheet.WidthOf(model.Wording.Views[named.View]) + 4) + CountsWidth(model) <= sheet.Width;
        var view = model.View switch
        {
            ViewKind.Story or ViewKind.Stream or ViewKind.Timeline => ViewKind.Connections,
            ViewKind.Rule => ViewKind.Findings,
            var other => other,
        };
        var names = Named.Select(named => (
            isWide || named.View == view ? $"{named.Key} {model.Wording.Views[named.View]}" : named.Key.ToString(),
            named.View)).ToList();
        var x = sheet.Width - names.Sum(name => Sheet.WidthOf(name.Item1) + 2) - CountsWidth(model);
        if (x < least)
        {
            return false;
        }

        foreach (var (name, named) in names)
        {
            x = sheet.Put(x, 0, name, named == view ? Tone.Key : Tone.Dim);
            if (named == ViewKind.Findings)
            {
                foreach (var count in CountsOf(model))
                {
                    x = sheet.Put(x + 1, 0, count.Text, count.Tone);
                }
            }

            x += 2;
        }

        return view == model.View;
    }

    /// <summary>How many findings are errors, and how many warnings: what the key beside them leads to.</summary>
    private static IEnumerable<Run> CountsOf(Model model)
    {
        if (model.Capture.Findings is not { } findings)
        {
            yield break;
        }

        foreach (var severity in (Severity[])[Severity.Error, Severity.Warning])
        {
            if (findings.Count(severity) is > 0 and var count)
            {
                yield return new Run(SeverityText.Glyph(severity) + Quantity.Count(count), Lists.OfSeverity(severity));
            }
        }
    }

    private static int CountsWidth(Model model) => CountsOf(model).Sum(count => Sheet.WidthOf(count.Text) + 1);

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
