using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Texts;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>
/// A finding as lines: what happened, with its packets; what to do; what was measured, and held against what; what
/// could have spoken against it; where to read on.
/// </summary>
internal static class FindingLayout
{
    private const string Measures = "= ";

    public static IEnumerable<Run> Lines(Finding finding, Wording wording, int width)
    {
        foreach (var (bullet, text, tone) in Paragraphs(finding, wording))
        {
            var before = bullet;
            var room = int.Max(10, width - bullet.Length);
            foreach (var line in bullet == Measures ? Folding.Items(text, room) : Folding.Words(text, room))
            {
                yield return new Run(before + line, tone);
                before = new string(' ', bullet.Length);
            }
        }
    }

    /// <summary>The same, to be copied.</summary>
    public static string Text(Finding finding, Wording wording) => string.Join(
        '\n',
        Paragraphs(finding, wording).Select(said => said.Bullet + said.Text)
            .Prepend($"{SeverityText.Glyph(finding.Severity)} {finding.Rule.Id} {finding.Rule.Title.In(wording.Language)}"));

    private static IEnumerable<(string Bullet, string Text, Tone Tone)> Paragraphs(Finding finding, Wording wording)
    {
        var language = wording.Language;
        string Said(Phrase phrase) => PhraseText.Of(phrase, finding.Measured, language);

        yield return ("", $"{Said(finding.Says)} ({string.Join(", ", finding.Frames.Select(frame => "#" + CellText.Plain(frame.Number)))})", Tone.Plain);
        foreach (var advice in finding.Advice)
        {
            yield return ("→ ", Said(advice), Tone.Good);
        }

        if (finding.Threshold is { } threshold)
        {
            yield return ("  ", Update.Text(wording.Threshold, Named(threshold.Measure), PhraseText.Of(threshold.Limit, language), threshold.Source), Tone.Plain);
        }

        if (finding.Measured.Count > 0)
        {
            yield return (Measures, string.Join("  ", finding.Measured.Select(measure => $"{Named(measure.Name)} {PhraseText.Of(measure, language)}")), Tone.Dim);
        }

        foreach (var guard in finding.Guards)
        {
            yield return (guard.Passed ? "✓ " : "~ ", Said(guard.Name), Tone.Dim);
        }

        yield return ("  ", string.Join("; ", finding.Rule.References), Tone.Dim);
    }

    private static string Named(string measure) => measure.Replace('_', ' ');
}
