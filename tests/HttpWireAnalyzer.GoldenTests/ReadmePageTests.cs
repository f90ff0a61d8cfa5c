using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>The README's first command says what the README says.</summary>
public sealed partial class ReadmePageTests
{
    [Fact]
    public void The_first_command_tells_the_story_that_stands_below_it()
    {
        var path = Path.Combine(Repository.Root, "README.md");
        var page = File.ReadAllText(path);
        var command = Command().Match(page);
        var answer = GoldenTests.Command.Run(
            [], "story", Path.Combine(Repository.Root, command.Groups[1].Value), command.Groups[2].Value);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        var answered = Story().Replace(page, _ => $"```\n{answer.Output}```\n", 1, command.Index);
        if (Repository.Updates)
        {
            File.WriteAllText(path, answered);
            return;
        }

        Assert.Equal(page, answered);
    }

    [GeneratedRegex(@" -- story (captures/\S+) (\d+)\n")]
    private static partial Regex Command();

    [GeneratedRegex("(?<=\n\n)```\nconnection .*?\n```\n", RegexOptions.Singleline)]
    private static partial Regex Story();
}
