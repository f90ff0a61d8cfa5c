using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Reporting.Ports;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>A pool as it was, and as it would have been with connections kept: as hwa pools --what-if says it.</summary>
internal static class WhatIfView
{
    public static void Draw(Model model, Sheet sheet, PoolRecord pool, WhatIfState whatIf, int top, int height)
    {
        var idle = whatIf.Replay is { } replay ? Quantity.Duration(replay.IdleLimit) : "…";
        PreviewView.Rule(sheet, top, Update.Text(model.Wording.WhatIfOf, whatIf.Pool, idle));
        var y = top + 1;
        foreach (var (text, tone) in Lines(model, pool, whatIf, sheet.Width - 2).Take(height - 1))
        {
            sheet.Put(1, y++, text, tone);
        }
    }

    private static IEnumerable<Run> Lines(Model model, PoolRecord pool, WhatIfState whatIf, int width)
    {
        if (whatIf.Replay is not { } replay)
        {
            return [new Run(model.Wording.Replaying, Tone.Dim)];
        }

        if (replay.Outcome is not { } outcome)
        {
            return [new Run(model.Wording.NothingToReplay, Tone.Dim)];
        }

        using var text = new StringWriter { NewLine = "\n" };
        new WhatIfText(text, new TextStyle(false), model.Wording.Language).Write(whatIf.Pool, pool, outcome, replay.Ports, replay.IdleLimit);

        // Its first line names the pool, as the title does.
        var lines = text.ToString().TrimEnd('\n').Split('\n').Skip(1).SelectMany(line => Folded(line.TrimStart(), width)).Select(line => new Run(line));
        return
        [
            .. lines,
            .. replay.IsBound ? Folding.Words(model.Wording.BoundPool, width).Select(line => new Run(line, Tone.Warning)) : [],
            .. replay.LeftOut > 0 ? [new Run(Update.Text(model.Wording.ReplayLeftOut, Quantity.Count(replay.LeftOut)), Tone.Warning)] : Array.Empty<Run>(),
            .. Folding.Words(WhatIfText.Assumptions(model.Wording.Language), width).Select(line => new Run(line, Tone.Dim)),
        ];
    }

    /// <summary>A name, and numbers that go on below each other where there is no room beside.</summary>
    private static IEnumerable<string> Folded(string line, int width)
    {
        var name = GlyphWidth.Fitting(line, WhatIfText.LabelWidth);
        var before = line[..name];
        foreach (var part in Wrapping.At("   ", line[name..], width - WhatIfText.LabelWidth))
        {
            yield return before + part;
            before = new string(' ', WhatIfText.LabelWidth);
        }
    }
}
