namespace HttpWireAnalyzer.Findings;

/// <summary>What the rules found in a capture.</summary>
/// <param name="Findings">Worst first; then by rule, time and connection.</param>
/// <param name="LeftOut">Beyond <see cref="FindingLimits.FindingsOfRule"/>.</param>
/// <param name="Withheld">Not told, because the capture has holes where it would have to be whole.</param>
public sealed record FindingReport(IReadOnlyList<Finding> Findings, long LeftOut, long Withheld)
{
    /// <summary>The rules whose findings were withheld: that they said nothing means nothing.</summary>
    public IReadOnlySet<string> WithheldOf { get; init; } = new HashSet<string>();

    public int Count(Severity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>Those that are about the connection, or an exchange on it.</summary>
    public IEnumerable<Finding> About(int connection) => Findings.Where(finding => finding.Subject.Connection == connection);
}
