using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>The specs that the README and docs/checks.md show are specs, and the README's says what it says.</summary>
public sealed partial class CheckPageTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/checks.md")]
    public void Every_spec_on_the_page_is_read(string page)
    {
        var specs = SpecsOf(page);
        Assert.NotEmpty(specs);
        Assert.All(specs, spec => Assert.NotEqual(2, Run(spec, Repository.CaptureOf("http/stale-reuse-post")).ExitCode));
    }

    [Fact]
    public void The_spec_of_the_README_has_ten_lines_and_catches_the_race()
    {
        var spec = Assert.Single(SpecsOf("README.md"));
        Assert.Equal(10, spec.TrimEnd('\n').Split('\n').Length);
        var answer = Run(spec, Repository.CaptureOf("http/stale-reuse-post"));
        Assert.Equal((1, ""), (answer.ExitCode, answer.Error));
        var line = Failure().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Value;
        Assert.Contains(line, answer.Output);
    }

    private static Answer Run(string spec, string capture)
    {
        var folder = Directory.CreateTempSubdirectory("hwa-page-");
        try
        {
            var path = Path.Combine(folder.FullName, "spec.yaml");
            File.WriteAllText(path, spec);
            return Command.Run([], "check", path, capture);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<string> SpecsOf(string page) =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(block => block.Groups[1].Value)
            .Where(block => ("\n" + block).Contains("\nversion: 1\n", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("```yaml\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("  FAIL          no request.*")]
    private static partial Regex Failure();
}
