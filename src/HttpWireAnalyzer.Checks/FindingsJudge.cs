using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Checks;

/// <summary>Judges an assertion about findings.</summary>
internal static class FindingsJudge
{
    /// <param name="connections">That the rules have seen: about none, nothing can be claimed.</param>
    public static Verdict Judge(FindingsAssertion assertion, FindingReport report, long connections)
    {
        if (connections == 0)
        {
            return RecordJudge.Empty(assertion);
        }

        List<Finding> wrong = [.. report.Findings.Where(finding => IsTooMuch(assertion, report, finding))];
        if (wrong.Count > 0)
        {
            return new Verdict
            {
                Assertion = assertion,
                Outcome = Outcome.Failed,
                Reason = VerdictReason.Found,
                Selected = connections,
                Fitting = wrong.Count,
                Found = [.. wrong.CountBy(finding => finding.Rule).Select(found => (found.Key, found.Value))],
                Examples = [.. wrong.Take(assertion.Shown).Select(finding => new Counterexample(Places.Of(finding), []))],
            };
        }

        List<RuleCard> silent = [.. RuleBook.Cards.Where(card => Concerns(assertion, card) && report.HasWithheld(card))];
        return new Verdict
        {
            Assertion = assertion,
            Outcome = silent.Count > 0 ? Outcome.Inconclusive : Outcome.Passed,
            Reason = silent.Count > 0 ? VerdictReason.RulesWithheld : VerdictReason.Holds,
            Selected = connections,
            Silent = silent,
        };
    }

    private static bool IsTooMuch(FindingsAssertion assertion, FindingReport report, Finding finding)
    {
        if (assertion.None.Contains(finding.Rule) || (assertion.Known is { } known && finding.Severity >= assertion.LeastNew && !known.Knows(finding)))
        {
            return true;
        }

        return assertion.Max.Any(bound => bound.Rule == finding.Rule
            && report.Findings.Count(other => other.Rule == finding.Rule) > bound.Most);
    }

    private static bool Concerns(FindingsAssertion assertion, RuleCard card) =>
        assertion.Known is not null || assertion.None.Contains(card) || assertion.Max.Any(bound => bound.Rule == card);
}
