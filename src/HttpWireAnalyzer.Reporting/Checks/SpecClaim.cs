using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>An assertion that is not judged here but written down: somebody keeps it.</summary>
/// <param name="Id">What reports call it.</param>
/// <param name="Because">Why it should hold.</param>
public abstract record SpecClaim(string Id, string Because);

/// <summary>What records of one kind have to be.</summary>
/// <param name="Select">connections, exchanges or pools.</param>
/// <param name="Where">A display filter: which of them.</param>
/// <param name="Quantifier">each, any or none.</param>
/// <param name="Filter">What each, any or none of them fits.</param>
public sealed record RecordClaim(string Id, string Select, string Where, string Quantifier, string Filter, string Because)
    : SpecClaim(Id, Because);

/// <summary>That a rule finds nothing.</summary>
public sealed record FindingClaim(string Id, RuleCard Rule, string Because) : SpecClaim(Id, Because);
