using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>docs/standards.md is made of the clauses that the source cites: it cannot fall behind.</summary>
public sealed partial class StandardsPageTests
{
    private const string Head = """
        # Standards, clause by clause

        Every clause that the source cites, and where. Made by StandardsPageTests (`.ci/dev docs` writes it anew); the
        tests of a file stand in the folder of the same name under `tests/HttpWireAnalyzer.UnitTests`.

        | clause | cited in |
        |---|---|

        """;

    [Fact]
    public void The_page_names_every_clause_that_the_source_cites()
    {
        var path = Path.Combine(Repository.Root, "docs", "standards.md");
        if (Repository.Updates)
        {
            File.WriteAllText(path, Page());
        }

        Assert.Equal(File.ReadAllText(path), Page());
    }

    private static string Page()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var clause in Citations().GroupBy(one => one.Clause).OrderBy(group => SortKey(group.Key), StringComparer.Ordinal))
        {
            var files = clause.Select(one => one.File).Distinct().Order(StringComparer.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {clause.Key} | {string.Join(", ", files)} |\n");
        }

        return page.ToString();
    }

    private static IEnumerable<(string Clause, string File)> Citations()
    {
        var source = Path.Combine(Repository.Root, "src");
        foreach (var file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file).Replace('\\', '/');
            if (name.Contains("/obj/", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (Match match in Clause().Matches(File.ReadAllText(file)))
            {
                yield return (match.Value.TrimEnd('.'), name.Replace("HttpWireAnalyzer.", "", StringComparison.Ordinal));
            }
        }
    }

    // Numbers in the order of their values: §9.3 before §10.1.
    private static string SortKey(string clause) =>
        Digits().Replace(clause, match => match.Value.PadLeft(5, '0'));

    [GeneratedRegex(@"RFC \d{3,4}(?: §[0-9A-Z.]+| appendix [A-Z.0-9]+)?")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
