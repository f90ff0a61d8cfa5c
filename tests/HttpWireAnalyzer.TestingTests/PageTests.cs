using System.Text.RegularExpressions;
using Examples;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Testing;
using Xunit;

namespace HttpWireAnalyzer.TestingTests;

/// <summary>docs/testing.md: its code is that of the examples, which are run, and its failure is what one of them says.</summary>
public sealed partial class PageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "testing.md");

    private static readonly string Examples = Path.Combine(Repository.Root, "tests", "HttpWireAnalyzer.TestingTests", "Examples");

    [Theory]
    [InlineData("docs/testing.md", 4)]
    [InlineData("README.md", 1)]
    public void Every_block_of_code_is_a_part_of_an_example(string page, int count)
    {
        var code = Directory.EnumerateFiles(Examples, "*.cs").Select(File.ReadAllText).ToArray();
        var blocks = Code().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(block => block.Groups[1].Value).ToArray();
        Assert.Equal(count, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(code, text => text.Contains(block, StringComparison.Ordinal)));
    }

    /// <summary>UPDATE_GOLDEN=1 writes it.</summary>
    [Fact]
    public void The_failure_is_what_the_contract_says_of_a_client_that_closes_each_time()
    {
        var failure = Assert.Throws<WireAssertionException>(
            () => new CheckoutContract().Connections_are_kept_and_nothing_races(Captures.Open("http/two-at-a-time-closed")));
        var said = Copy().Replace(failure.Message + "\n", "").Replace(Repository.Root + "/", "", StringComparison.Ordinal);
        var page = File.ReadAllText(Page);
        var updated = Shown().Replace(page, block => $"```console\n{said}```\n");
        if (Repository.Updates)
        {
            File.WriteAllText(Page, updated);
            return;
        }

        Assert.Equal(updated, page);
    }

    /// <summary>Every property of every record, and no others.</summary>
    [Theory]
    [InlineData(typeof(WireConnection))]
    [InlineData(typeof(WireExchange))]
    [InlineData(typeof(WirePool))]
    [InlineData(typeof(WireFinding))]
    public void The_table_of_records_is_complete(Type type)
    {
        var row = File.ReadLines(Page).Single(line => line.Contains($"| `{type.Name}` |", StringComparison.Ordinal));
        var told = Quoted().Matches(row.Split('|')[3]).Select(name => name.Groups[1].Value);
        Assert.Equal(type.GetProperties().Select(property => property.Name).Order(), told.Order());
    }

    [GeneratedRegex("```csharp\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("```console\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex("^    kept as .*\n", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Quoted();
}
