using System.Text;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>The commands in docs/filter.md say what stands below them.</summary>
public sealed partial class FilterPageTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_command_on_the_page_says_what_the_page_says()
    {
        var path = Path.Combine(Repository.Root, "docs", "filter.md");
        var page = File.ReadAllText(path);
        var answered = Block().Replace(page, block => $"{Fence}console\n{Answered(block.Groups[1].Value)}{Fence}\n");
        Assert.InRange(Block().Count(page), 5, 100);
        if (Repository.Updates)
        {
            File.WriteAllText(path, answered);
            return;
        }

        Assert.Equal(page, answered);
    }

    /// <summary>The commands of a block, each with what it says.</summary>
    private static string Answered(string block)
    {
        var text = new StringBuilder();
        foreach (var line in block.Split('\n').Where(line => line.StartsWith("$ hwa ", StringComparison.Ordinal)))
        {
            text.Append(line).Append('\n').Append(Run([.. Word().Matches(line[6..]).Select(word => word.Value.Trim('\''))]));
        }

        return text.ToString();
    }

    private static string Run(string[] args)
    {
        // The page names files as from the repository's root.
        args = [.. args.Select(arg => arg.StartsWith("captures/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, arg) : arg)];
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        _ = Hwa.Run(args, new Terminal { Input = Stream.Null, Output = output, Error = error });
        return Encoding.UTF8.GetString(output.ToArray()) + error;
    }

    [GeneratedRegex("```console\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>As a shell cuts them: what is in single quotes is one word.</summary>
    [GeneratedRegex("'[^']*'|[^ ']+")]
    private static partial Regex Word();
}
