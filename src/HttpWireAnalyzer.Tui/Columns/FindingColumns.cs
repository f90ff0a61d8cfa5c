using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tui.Rows;
using static HttpWireAnalyzer.Tui.Columns.CellText;

namespace HttpWireAnalyzer.Tui.Columns;

/// <summary>The columns of the list of findings, whose texts are there in two languages.</summary>
internal static class FindingColumns
{
    /// <summary>The place of the set for findings below their rules.</summary>
    public const int GroupedSet = 1;

    private static readonly ColumnSet<FindingRow>[] English = Of(Language.English);
    private static readonly ColumnSet<FindingRow>[] Korean = Of(Language.Korean);

    public static IReadOnlyList<ColumnSet<FindingRow>> Sets(Language language) => language == Language.Korean ? Korean : English;

    public static bool Accepts(BoundFilter filter, Finding finding, Language language) =>
        new WholeQuestion(filter, truths: null).Accepts(sink => FindingFields.Write(finding, language, sink), finding.Subject.Connection);

    /// <summary>What it is about, in a few letters; of a rule, how often it found something.</summary>
    private static string About(FindingRow row, Language language) => row.Head is { } head ? $"× {Plain(head.Count)}" : row.Finding.Subject switch
    {
        { Exchange: > 0 } subject => $"{ConnectionOf(subject.Connection, language)}.{Plain(subject.Exchange)}",
        { Connection: >= 0 } subject => ConnectionOf(subject.Connection, language),
        { Pool: { } pool } when pool.Client == default => $"→ {pool.Server}",
        { Pool: { } pool } => pool.ToString(),
        _ => None,
    };

    private static string Sign(FindingRow row) => row switch
    {
        { Head: { } head } => SeverityText.Glyph(row.Finding.Severity) + (head.IsOpen ? "▾" : "▸"),
        { IsBelow: true } => "  " + SeverityText.Glyph(row.Finding.Severity),
        _ => SeverityText.Glyph(row.Finding.Severity),
    };

    /// <summary>What happened. Whose that is stands in a column of its own already.</summary>
    private static string Says(FindingRow row, Language language)
    {
        var said = PhraseText.Of(row.Finding.Says, row.Finding.Measured, language);
        var subject = $"{row.Finding.Subject.Pool}: ";
        return said.StartsWith(subject, StringComparison.Ordinal) ? said[subject.Length..] : said;
    }

    private static ColumnSet<FindingRow>[] Of(Language language)
    {
        ListColumn<FindingRow>[] first =
        [
            new("st", 1, 3, 0, false, (in row) => Sign(row), (in row) => SortKey.Of((long)row.Finding.Severity),
                (in row) => $"finding.severity == {SeverityText.Of(row.Finding.Severity, Language.English)}"),
            new("rule", 8, 8, 0, false, (in row) => row.Finding.Rule.Id, (in row) => SortKey.Of(row.Finding.Rule.Id), (in row) => $"finding.id == \"{row.Finding.Rule.Id}\""),
            new("about", 8, 45, 2, false, (in row) => About(row, language), (in row) => SortKey.Of(row.Finding.Subject.Connection), (in _) => null),
            new("sure", 8, 8, 3, false, (in row) => SeverityText.Of(row.Finding.Confidence, language), (in row) => SortKey.Of((long)row.Finding.Confidence),
                (in row) => $"finding.confidence == {SeverityText.Of(row.Finding.Confidence, Language.English)}"),
        ];
        KeyOf<FindingRow> byTitle = (in row) => SortKey.Of(row.Finding.Rule.Title.In(language));
        return
        [
            new(
            [
                .. first,
                new("title", 20, 48, 0, false, (in row) => row.Finding.Rule.Title.In(language), byTitle, (in _) => null, IsSentence: true),
                new("says", 30, 160, 4, false, (in row) => Says(row, language), (in row) => SortKey.Of(row.Finding.From.Number), (in _) => null, IsSentence: true),
            ]),
            // Below a rule, which has the title, what was seen.
            new(
            [
                .. first,
                new("title", 20, 200, 0, false, (in row) => row.IsBelow ? Says(row, language) : row.Finding.Rule.Title.In(language), byTitle, (in _) => null, IsSentence: true),
            ]),
        ];
    }
}
