using System.Text.RegularExpressions;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What holds of every rule.</summary>
public sealed partial class RuleBookTests
{
    public static TheoryData<string> Ids => [.. RuleBook.Cards.Select(card => card.Id)];

    [Fact]
    public void Rules_stand_in_order_of_their_ids_and_none_twice() =>
        Assert.Equal(RuleBook.Cards.Select(card => card.Id).Distinct().Order(StringComparer.Ordinal), RuleBook.Cards.Select(card => card.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_that_names_it_and_its_thresholds(string id)
    {
        var card = RuleBook.Find(id)!;
        var path = Path.Combine(Repository.Root, "docs", "findings", id + ".md");
        Assert.True(File.Exists(path), $"docs/findings/{id}.md is not there");
        var page = File.ReadAllText(path);
        Assert.StartsWith($"# {id}: {card.Title.English}\n", page, StringComparison.Ordinal);
        Assert.Contains("not flagged", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(card.Parameters, parameter => Assert.Contains($"rules.{id}.{parameter.Name}", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Both_languages_name_the_same_measures(string id)
    {
        var card = RuleBook.Find(id)!;
        Assert.NotEqual(card.Title.English, card.Title.Korean);
        foreach (var advice in card.Advice)
        {
            Assert.Equal(Names(advice.English), Names(advice.Korean));
        }
    }

    private static IEnumerable<string> Names(string text) => Braces().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{([a-z_0-9]+)(\|[^}]*)?\}")]
    private static partial Regex Braces();
}
