using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Findings for people, a line each.</summary>
public static class FindingRows
{
    public static IReadOnlyList<Column> Columns(Language language) =>
    [
        new(language.Say("level", "수준"), LeaveOut: 3),
        new(language.Say("rule", "규칙")),
        new(language.Say("about", "대상"), LeaveOut: 2, IfAny: true),
        new(language.Say("frame", "패킷"), IsNumber: true, LeaveOut: 1),
        new(language.Say("what", "무엇"), Least: 30),
    ];

    public static void Add(FindingReport report, Language language, IRowSink table)
    {
        foreach (var finding in report.Findings)
        {
            var about = FindingsText.About(finding.Subject);
            table.Add(
            [
                SeverityText.Of(finding.Severity, language),
                finding.Rule.Id,
                about.Length == 0 ? Quantity.None : about,
                finding.From.IsNone ? Quantity.None : "#" + finding.From.Number.ToString(CultureInfo.InvariantCulture),
                PhraseText.Of(finding.Says, finding.Measured, language),
            ]);
        }
    }
}
