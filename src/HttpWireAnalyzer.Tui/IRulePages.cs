using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Tui;

/// <summary>What there is to read on each rule.</summary>
public interface IRulePages
{
    /// <summary>In Markdown, as docs/findings has it.</summary>
    string Of(RuleCard card);
}
