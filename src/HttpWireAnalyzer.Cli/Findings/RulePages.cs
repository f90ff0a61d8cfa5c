using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>The pages of docs/findings, which the program carries.</summary>
internal sealed class RulePages : IRulePages
{
    public string Of(RuleCard card)
    {
        using var page = typeof(RulePages).Assembly.GetManifestResourceStream($"findings/{card.Id}.md")
            ?? throw new InvalidOperationException($"docs/findings/{card.Id}.md is not in the program");
        using var reader = new StreamReader(page, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
