using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A view with its key, at its place in the first line.</summary>
/// <param name="IsNamed">Not by its key alone.</param>
internal sealed record ViewName(ViewKind View, bool IsNamed, int X, IReadOnlyList<Run> Runs)
{
    public int Width => Runs.Sum(run => Sheet.WidthOf(run.Text));
}

/// <summary>
/// The views, as far as there is room: all with their names, the one that is shown with its name, or keys alone. The
/// findings have beside them how many are errors and how many are warnings: that is what their key leads to.
/// </summary>
internal static class ViewNames
{
    private static readonly (ViewKind View, char Key)[] Keys =
    [
        (ViewKind.Overview, '1'), (ViewKind.Connections, '2'), (ViewKind.Exchanges, '3'), (ViewKind.Pools, '4'),
        (ViewKind.Findings, '5'), (ViewKind.Ports, '6'), (ViewKind.Packets, '7'),
    ];

    private enum Names : byte
    {
        All,
        Shown,
        None,
    }

    /// <summary>At the right end of the line; none where there is no room for keys.</summary>
    /// <param name="least">The first column that is free.</param>
    public static IReadOnlyList<ViewName> Of(Model model, int least)
    {
        List<Run> counts = [.. CountsOf(model)];
        foreach (var (names, gap) in (ReadOnlySpan<(Names, int)>)[(Names.All, 2), (Names.Shown, 2), (Names.Shown, 1), (Names.None, 1)])
        {
            var placed = Placed(model, counts, names, gap);
            var start = model.Width - placed[^1].X - placed[^1].Width - gap;
            if (start >= least)
            {
                return [.. placed.Select(name => name with { X = name.X + start })];
            }
        }

        return [];
    }

    private static List<ViewName> Placed(Model model, List<Run> counts, Names names, int gap)
    {
        var shown = model.View switch
        {
            ViewKind.Story or ViewKind.Stream or ViewKind.Timeline => ViewKind.Connections,
            ViewKind.Rule => ViewKind.Findings,
            var other => other,
        };
        var placed = new List<ViewName>();
        var x = 0;
        foreach (var (view, key) in Keys)
        {
            var isNamed = names == Names.All || (names == Names.Shown && view == shown);
            var title = new Run(isNamed ? $"{key} {model.Wording.Views[view]}" : key.ToString(), view == shown ? Tone.Key : Tone.Dim);
            var name = new ViewName(view, isNamed, x, view == ViewKind.Findings ? [title, .. counts] : [title]);
            placed.Add(name);
            x += name.Width + gap;
        }

        return placed;
    }

    private static IEnumerable<Run> CountsOf(Model model)
    {
        if (model.Capture.Findings is not { } findings)
        {
            yield break;
        }

        var soFar = model.Capture.MayFindMore ? "~" : "";
        foreach (var severity in (Severity[])[Severity.Error, Severity.Warning])
        {
            if (findings.Count(severity) is > 0 and var count)
            {
                yield return new Run($" {soFar}{SeverityText.Glyph(severity)}{Quantity.Count(count)}", Lists.OfSeverity(severity));
            }
        }
    }
}
