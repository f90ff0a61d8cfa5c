using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>docs/findings/README.md says which captures show a rule, and which tests hold it.</summary>
public sealed class FindingsPageTests
{
    private const string Marker = "<!-- The rest is made";

    [Fact]
    public void The_table_of_rules_is_true()
    {
        var path = Path.Combine(Repository.Root, "docs", "findings", "README.md");
        var page = File.ReadAllText(path);
        var written = page[..page.IndexOf(Marker, StringComparison.Ordinal)];
        var expected = written + page[written.Length..].Split('\n')[0] + "\n" + Table();
        if (Repository.Updates)
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, page);
    }

    private static string Table()
    {
        var shown = ShownBy();
        var tests = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "HttpWireAnalyzer.UnitTests", "Findings"), "*Tests.cs")
            .Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Text: File.ReadAllText(path)))
            .ToArray();
        var table = new StringBuilder("\n| rule | severity | what | shown by | held by |\n|---|---|---|---|---|\n");
        foreach (var card in RuleBook.Cards)
        {
            var captures = shown.GetValueOrDefault(card.Id) ?? [];
            var holding = tests.Where(test => test.Text.Contains($"\"{card.Id}\"", StringComparison.Ordinal)).Select(test => test.Name);
            table.Append($"| [{card.Id}]({card.Id}.md) | {card.Severity.ToString().ToLowerInvariant()} | {card.Title.English} | ")
                .Append(string.Join(", ", captures)).Append(" | ").Append(string.Join(", ", holding)).Append(" |\n");
        }

        return table.ToString();
    }

    private static Dictionary<string, List<string>> ShownBy()
    {
        var shown = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in Repository.Cases)
        {
            var answer = Command.Run(File.ReadAllBytes(Repository.CaptureOf(name)), "findings", "--json", "-");
            foreach (var line in answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var record = JsonDocument.Parse(line);
                if (record.RootElement.TryGetProperty("finding.id", out var id))
                {
                    var captures = shown.TryGetValue(id.GetString()!, out var known) ? known : shown[id.GetString()!] = [];
                    if (!captures.Contains(name))
                    {
                        captures.Add(name);
                    }
                }
            }
        }

        return shown;
    }
}
