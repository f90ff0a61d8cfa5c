using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Findings for people: in their order, those of one rule together, each with its packets, then what to do.</summary>
public sealed class FindingsText(TextWriter output, TextStyle style, int width, Language language)
{
    private const int MinimumWidth = 60;
    private const string Margin = "    ";

    private readonly int _width = int.Max(width, MinimumWidth);

    /// <param name="shown">Of each rule, so many are told; 0 for all.</param>
    public void Write(FindingReport report, int shown)
    {
        foreach (var ofRule in report.Findings.GroupBy(finding => (finding.Severity, finding.Rule.Id)))
        {
            WriteRule([.. ofRule], shown);
            output.WriteLine();
        }

        WriteSum(report);
    }

    private void WriteRule(IReadOnlyList<Finding> findings, int shown)
    {
        var first = findings[0];
        var count = findings.Count == 1 ? "" : $"  × {Quantity.Count(findings.Count)}";
        output.WriteLine(Coloured(first.Severity, $"{SeverityText.Glyph(first.Severity)} {first.Rule.Id}  ")
            + style.Bold(first.Rule.Title.In(language)) + style.Dim($"  {SeverityText.Of(first.Severity, language)}{count}"));
        foreach (var finding in shown == 0 ? findings : findings.Take(shown))
        {
            WriteFinding(finding);
        }

        if (shown > 0 && findings.Count > shown)
        {
            output.WriteLine(Margin + style.Dim(language.Say(
                $"… and {Quantity.Count(findings.Count - shown)} more (--all)",
                $"… 외 {Quantity.Count(findings.Count - shown)}건 (--all)")));
        }

        foreach (var advice in AdviceText.Of(shown == 0 ? findings : findings.Take(shown), language))
        {
            Paragraph("→ ", advice);
        }
    }

    private void WriteFinding(Finding finding)
    {
        var about = About(finding.Subject);
        var sure = finding.Confidence == Confidence.Certain ? "" : $" [{SeverityText.Of(finding.Confidence, language)}]";
        Paragraph("", $"{(about.Length == 0 ? "" : about + ": ")}{PhraseText.Of(finding.Says, finding.Measured, language)}{sure} "
            + StoryText.Frames(finding.Frames));
    }

    private void Paragraph(string bullet, string text)
    {
        foreach (var line in Wrapping.Words(text, _width - Margin.Length - bullet.Length))
        {
            output.WriteLine(Margin + bullet + line);
            bullet = new string(' ', bullet.Length);
        }
    }

    private void WriteSum(FindingReport report)
    {
        var counts = Enum.GetValues<Severity>().Reverse()
            .Select(severity => (severity, report.Findings.Count(finding => finding.Severity == severity)))
            .Where(count => count.Item2 > 0)
            .Select(count => SeverityText.Count(count.Item2, count.severity, language));
        output.WriteLine(report.Findings.Count == 0
            ? language.Say("no findings", "진단 결과 없음")
            : string.Join(", ", counts));
        if (report.LeftOut > 0)
        {
            output.WriteLine(style.Dim(language.Say(
                $"{Quantity.Count(report.LeftOut)} more beyond the limit of each rule are counted, not told",
                $"규칙당 한도를 넘은 {Quantity.Count(report.LeftOut)}건은 세기만 함")));
        }

        if (report.Withheld > 0)
        {
            output.WriteLine(style.Dim(language.Say(
                $"{Quantity.Count(report.Withheld)} withheld: the capture is not whole where they would need it",
                $"캡처가 불완전하여 {Quantity.Count(report.Withheld)}건은 보류함")));
        }
    }

    internal static string About(FindingSubject subject) => subject switch
    {
        { Connection: >= 0, Exchange: > 0 } => string.Create(CultureInfo.InvariantCulture, $"conn {subject.Connection}.{subject.Exchange}"),
        { Connection: >= 0 } => string.Create(CultureInfo.InvariantCulture, $"conn {subject.Connection}"),
        _ => "",
    };

    private string Coloured(Severity severity, string text) => severity switch
    {
        Severity.Error => style.Error(text),
        Severity.Warning => style.Warning(text),
        _ => style.Dim(text),
    };
}
