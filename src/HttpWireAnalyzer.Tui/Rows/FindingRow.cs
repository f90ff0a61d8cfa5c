using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>A rule in the list of findings, with those that it made below it where it is open.</summary>
internal sealed record FindingGroup(RuleCard Rule, int Count, bool IsOpen);

/// <summary>A row of the list of findings: a finding; or a rule, for which the worst of its findings stands.</summary>
/// <param name="Head">The rule; null for a finding.</param>
/// <param name="IsBelow">It stands below its rule.</param>
internal readonly record struct FindingRow(Finding Finding, FindingGroup? Head = null, bool IsBelow = false);
