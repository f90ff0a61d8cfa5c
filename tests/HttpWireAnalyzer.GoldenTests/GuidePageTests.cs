using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>The guide says what the tool says: its blocks are run, and what its prose quotes stands in a block.</summary>
public sealed partial class GuidePageTests
{
    private const string Fence = "```";
    private const string Prompt = "$ hwa ";

    private static readonly string Guide = Path.Combine(Repository.Root, "docs", "guide");

    private static readonly string[] Names =
        [.. Directory.EnumerateFiles(Guide, "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Pages => [.. Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_says_what_the_page_says(string page)
    {
        var path = Path.Combine(Guide, page);
        var text = File.ReadAllText(path);
        Assert.True(Block().IsMatch(text), $"{page} runs nothing");
        var answered = Block().Replace(text, block => $"{Fence}console\n{Answered(block.Groups[1].Value)}{Fence}\n");
        if (Repository.Updates)
        {
            File.WriteAllText(path, answered);
            return;
        }

        Assert.Equal(text, answered);
    }

    /// <summary>Prose cannot be generated; but the packets and the measures that it quotes must be on its page.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Packets_and_measures_in_the_prose_stand_in_a_block_of_the_page(string page)
    {
        var text = File.ReadAllText(Path.Combine(Guide, page));
        var shown = string.Concat(Block().Matches(text).Select(block => block.Groups[1].Value));
        var prose = AnyBlock().Replace(text, "");
        Assert.All(
            Quoted().Matches(prose).Select(quoted => WhiteSpace().Replace(quoted.Value, " ")).Distinct(),
            quoted => Assert.Matches(ShownAs(quoted), shown));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_every_finding_has_its_page(string page)
    {
        var text = File.ReadAllText(Path.Combine(Guide, page));
        var linked = Link().Matches(text).Select(link => link.Groups[1].Value)
            .Where(target => !target.StartsWith("https://", StringComparison.Ordinal))
            .Select(target => Path.Combine(Guide, target));
        var explained = FindingId().Matches(text)
            .Select(id => Path.Combine(Repository.Root, "docs", "findings", $"{id.Value}.md"));
        Assert.All(linked.Concat(explained), file => Assert.True(Path.Exists(file), file));
    }

    [Fact]
    public void The_first_page_leads_to_every_other()
    {
        var linked = Link().Matches(File.ReadAllText(Path.Combine(Guide, "README.md"))).Select(link => link.Groups[1].Value);
        Assert.Empty(Names.Except(linked).Except(["README.md"]));
    }

    /// <summary>A packet stands as #17 in a text and as 17 at the start of a table's line; a measure may be broken in two.</summary>
    private static string ShownAs(string quoted) => quoted.StartsWith('#')
        ? $@"{quoted}\b|(?m:^ *{quoted[1..]} )"
        : $@"(?<![\d.]){Regex.Escape(quoted).Replace(@"\ ", @"\s+", StringComparison.Ordinal)}\b";

    /// <summary>The commands of a block, each with what it says.</summary>
    private static string Answered(string block)
    {
        var text = new StringBuilder();
        var commands = block.Split('\n').Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).ToArray();
        Assert.True(commands.Length > 0, $"a block without a command:\n{block}");
        foreach (var command in commands)
        {
            text.Append(command).Append('\n').Append(Said(command[Prompt.Length..]));
        }

        return text.ToString();
    }

    private static string Said(string command)
    {
        var parts = command.Split(" | ");
        return parts.Skip(1).Aggregate(Run(Words(parts[0])), (said, filter) => Filtered(said, Words(filter)));
    }

    /// <summary>What a successful run writes; nothing else may be on a page that teaches.</summary>
    private static string Run(string[] args)
    {
        // The pages name files as from the repository's root, and so do the answers.
        args = [.. args.Select(arg => arg.StartsWith("captures/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, arg) : arg)];
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var code = Hwa.Run(args, new Terminal { Input = Stream.Null, Output = output, Error = error });
        var answer = new Answer(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
        Assert.True(answer is { ExitCode: 0, Error: "", Output: not "" }, $"hwa {string.Join(' ', args)}: {answer}");
        return answer.Output.Replace(Repository.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    /// <summary>The two filters that the pages use, as a shell's would: head -N and grep -F TEXT.</summary>
    private static string Filtered(string said, string[] filter)
    {
        var lines = said.Split('\n')[..^1];
        var kept = filter switch
        {
            ["head", ['-', .. var count]] => lines[..Math.Min(lines.Length, int.Parse(count, CultureInfo.InvariantCulture))],
            ["grep", "-F", var wanted] => [.. lines.Where(line => line.Contains(wanted, StringComparison.Ordinal))],
            _ => throw new ArgumentException($"no such filter: {string.Join(' ', filter)}", nameof(filter)),
        };
        Assert.True(kept.Length > 0, $"{string.Join(' ', filter)} leaves nothing");
        return string.Concat(kept.Select(line => line + "\n"));
    }

    private static string[] Words(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('\''))];

    [GeneratedRegex("```console\n(.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex AnyBlock();

    /// <summary>A packet (#17), or a time or size with a decimal point (5.001 s): nobody measures those in his head.</summary>
    [GeneratedRegex(@"#\d+\b|(?<![\d.])\d+\.\d+\s(?:µs|ms|s|kB)\b")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\]\(([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"HWA-[A-Z]\d{3}")]
    private static partial Regex FindingId();

    /// <summary>As a shell cuts them: what is in single quotes is one word.</summary>
    [GeneratedRegex("'[^']*'|[^ ']+")]
    private static partial Regex Word();
}
