using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using static HttpWireAnalyzer.Tui.Columns.CellText;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of findings, whose texts are there in two languages.</summary>
internal static class FindingColumns
{
    private static readonly ColumnSet<Finding> English = Of(Language.English);
    private static readonly ColumnSet<Finding> Korean = Of(Language.Korean);

    public static IReadOnlyList<ColumnSet<Finding>> Sets(Language language) => [language == Language.Korean ? Korean : English];

    public static bool Accepts(BoundFilter filter, Finding finding, Language language)
    {
        if (filter.For(FindingFields.Set) is not { } own)
        {
            return true;
        }

        FindingFields.Write(finding, language, own.Begin());
        return filter.Accepts(own.End());
    }

    /// <summary>What it is about, in a few letters.</summary>
    private static string Subject(Finding finding) => finding.Subject switch
    {
        { Exchange: > 0 } subject => $"conn {Plain(subject.Connection)}.{Plain(subject.Exchange)}",
        { Connection: >= 0 } subject => $"conn {Plain(subject.Connection)}",
        { Pool: { } pool } when pool.Client == default => $"→ {pool.Server}",
        { Pool: { } pool } => pool.ToString(),
        _ => None,
    };

    private static ColumnSet<Finding> Of(Language language) => new("usual",
    [
        new("st", 1, 1, 0, false, (in finding) => SeverityText.Glyph(finding.Severity), (in finding) => SortKey.Of((long)finding.Severity),
            (in finding) => $"finding.severity == {SeverityText.Of(finding.Severity, Language.English)}"),
        new("rule", 8, 8, 0, false, (in finding) => finding.Rule.Id, (in finding) => SortKey.Of(finding.Rule.Id), (in finding) => $"finding.id == \"{finding.Rule.Id}\""),
        new("about", 8, 45, 2, false, (in finding) => Subject(finding), (in finding) => SortKey.Of(finding.Subject.Connection), (in _) => null),
        new("sure", 8, 8, 3, false, (in finding) => SeverityText.Of(finding.Confidence, language), (in finding) => SortKey.Of((long)finding.Confidence),
            (in finding) => $"finding.confidence == {SeverityText.Of(finding.Confidence, Language.English)}"),
        new("title", 20, 48, 0, false, (in finding) => finding.Rule.Title.In(language), (in finding) => SortKey.Of(finding.Rule.Title.In(language)), (in _) => null,
            IsSentence: true),
        new("says", 30, 160, 4, false, (in finding) => PhraseText.Of(finding.Says, finding.Measured, language), (in finding) => SortKey.Of(finding.From.Number), (in _) => null,
            IsSentence: true),
    ]);
}
