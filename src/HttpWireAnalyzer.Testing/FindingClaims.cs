using System.Diagnostics;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Testing;

/// <summary>
/// Claims about what the rules find. They know when a rule withheld findings because the capture has holes: that is
/// inconclusive, and no pass.
/// </summary>
[StackTraceHidden]
public static class FindingClaims
{
    /// <summary>These rules find nothing.</summary>
    /// <param name="rules">Ids, with or without HWA-: HWA-K001, K002.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static WireSelection<WireFinding> ShouldNotContain(this WireSelection<WireFinding> findings, params string[] rules) =>
        Settle(findings, new FindingsAssertion { Id = "", Line = ClaimTexts.Line, None = [.. rules.Select(Rule)] });

    /// <summary>The rule finds so much, and no more.</summary>
    /// <inheritdoc cref="ShouldNotContain"/>
    public static WireSelection<WireFinding> ShouldContainAtMost(this WireSelection<WireFinding> findings, int most, string rule) =>
        Settle(findings, new FindingsAssertion { Id = "", Line = ClaimTexts.Line, Max = [(Rule(rule), most)] });

    private static WireSelection<WireFinding> Settle(WireSelection<WireFinding> findings, FindingsAssertion claim)
    {
        if (findings.Texts.IsNarrowed)
        {
            throw new ArgumentException("this is claimed of all findings: leave Where out, or claim ShouldNone(…).", nameof(findings));
        }

        return findings.Settle(findings.Capture.Judge(claim with
        {
            Id = findings.Texts.Name,
            OnEmpty = findings.Texts.OnEmpty,
            Shown = findings.Texts.Shown,
            Because = findings.Texts.Reason,
        }));
    }

    private static RuleCard Rule(string id) => RuleNames.Find(id, out var problem) ?? throw new ArgumentException(problem, nameof(id));
}
