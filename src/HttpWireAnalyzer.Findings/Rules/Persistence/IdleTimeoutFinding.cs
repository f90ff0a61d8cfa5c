namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>The finding that an estimate makes, of either end.</summary>
internal static class IdleTimeoutFinding
{
    public static Finding Of(
        RuleCard rule, IdleEstimate estimate, PoolName subject, string who, string name, Phrase between, Phrase below)
    {
        var survived = estimate.Survived;
        List<Measure> measured =
        [
            Measure.Words(who, name),
            Measure.Count("samples", estimate.Samples),
            Measure.Duration("shortest_close", estimate.Shortest.Span.Length),
            Measure.Duration("longest_close", estimate.Longest.Span.Length),
            Measure.Duration("median", estimate.Median),
            Measure.Duration("deviation", estimate.Deviation),
        ];
        if (survived.Length > 0)
        {
            measured.Add(Measure.Duration("survived", survived.Length));
        }

        return new Finding
        {
            Rule = rule,
            Severity = rule.Severity,
            Confidence = estimate.Confidence,
            Subject = FindingSubject.Of(subject),
            Frames = Evidence.Of(
                survived.From, survived.To, estimate.Shortest.Span.From, estimate.Shortest.Span.To, estimate.Longest.Span.To),
            Measured = measured,
            Says = survived.Length > 0 ? between : below,
            Advice = rule.Advice,
        };
    }
}
