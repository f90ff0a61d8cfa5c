using System.CommandLine;
using System.Text;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>hwa explain: what a rule means, when it speaks, what it does not flag, how to mend it.</summary>
internal static class ExplainVerb
{
    private const string Help = """
        hwa explain [ID]
        What a finding means: the rule, its evidence, what is not flagged, and how to mend it. Without ID, all rules.

          --lang LANG       en or ko: title and advice; the page is English

        Examples:
          hwa explain HWA-K001
          hwa explain k001

        """;

    /// <summary>For completion.</summary>
    public static readonly string[] OptionNames = ["--lang", "--help"];

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        List<string> given = [.. args.Skip(1)];
        if (given.Contains("-h") || given.Contains("--help"))
        {
            Hwa.Write(terminal, Help);
            return ExitCode.Done;
        }

        var operands = new Argument<string[]>("ID") { Arity = ArgumentArity.ZeroOrMore };
        var named = new Option<string?>("--lang");
        var result = Arguments.Parse(new Command("hwa") { operands, named }, given);
        var ids = result.GetValue(operands) ?? [];
        Arguments.RefuseOptions(ids, OptionNames);
        var language = Languages.Of(result.GetValue(named), terminal);
        if (ids.Length > 1)
        {
            throw new UsageException("hwa explain takes one id, as HWA-K001.");
        }

        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var style = new TextStyle(Colourings.IsColoured(Colouring.Auto, terminal));
        if (ids.Length == 0)
        {
            RuleText.WriteList(text, style, language);
            return ExitCode.Done;
        }

        if (ids[0].ToUpperInvariant() is "HWA-T000" or "T000")
        {
            throw new UsageException("HWA-T000 is no rule, but the story of a connection: hwa story FILE CONN tells it.");
        }

        var card = RuleNames.Find(ids[0], out var problem) ?? throw new UsageException(problem);
        new RuleText(text, style, terminal.OutputIsTerminal ? terminal.Width() : 80, language).Write(card, new RulePages().Of(card));
        return ExitCode.Done;
    }
}
