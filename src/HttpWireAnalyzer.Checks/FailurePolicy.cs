using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Checks;

/// <summary>Which verdicts fail a run. What is less severe is told, and decides nothing.</summary>
/// <param name="FailOn">Assertions of that severity or worse count.</param>
/// <param name="SkipsInconclusive">What cannot be judged does not fail the run, as long as something was.</param>
public sealed record FailurePolicy(Severity FailOn, bool SkipsInconclusive)
{
    public static readonly FailurePolicy Usual = new(Severity.Error, SkipsInconclusive: false);

    public bool Fails(Verdict verdict) => verdict.Outcome == Outcome.Failed && Counts(verdict);

    /// <summary>It failed, and does not count.</summary>
    public bool Warns(Verdict verdict) => verdict.Outcome == Outcome.Failed && !Counts(verdict);

    /// <summary>It cannot be judged, and that fails the run too.</summary>
    public bool IsOpen(Verdict verdict) => verdict.Outcome == Outcome.Inconclusive && Counts(verdict) && !SkipsInconclusive;

    private bool Counts(Verdict verdict) => verdict.Assertion.Severity >= FailOn;
}
