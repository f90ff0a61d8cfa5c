namespace HttpWireAnalyzer.Findings;

/// <summary>What the rules found in a capture.</summary>
/// <param name="Findings">Worst first; then by rule, time and connection.</param>
/// <param name="LeftOut">Beyond <see cref="FindingLimits.FindingsOfRule"/>, and cases beyond <see cref="FindingLimits.Suspects"/>.</param>
/// <param name="Withheld">Not told, because the capture has holes where it would have to be whole.</param>
public sealed record FindingReport(IReadOnlyList<Finding> Findings, long LeftOut, long Withheld)
{
    /// <summary>
    /// What was withheld, as the rules found it, each rule's up to <see cref="FindingLimits.FindingsOfRule"/>: that these rules
    /// told nothing else means nothing.
    /// </summary>
    public IReadOnlyList<Finding> NotTold { get; init; } = [];

    /// <summary>The same without what is known, told or not.</summary>
    public FindingReport Without(Func<Finding, bool> isKnown) => this with
    {
        Findings = [.. Findings.Where(finding => !isKnown(finding))],
        NotTold = [.. NotTold.Where(finding => !isKnown(finding))],
    };

    public bool HasWithheld(RuleCard rule) => NotTold.Any(finding => finding.Rule == rule);

    public int Count(Severity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>Those that are about the connection, or an exchange on it.</summary>
    public IEnumerable<Finding> About(int connection) => Findings.Where(finding => finding.Subject.Connection == connection);
}
