namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The names that a filter asks for.</summary>
public static class FilterNames
{
    /// <summary>Each once, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Of(FilterExpression expression) => [.. All(expression).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> All(FilterExpression expression) => expression switch
    {
        FilterAnd and => All(and.Left).Concat(All(and.Right)),
        FilterOr or => All(or.Left).Concat(All(or.Right)),
        FilterNot not => All(not.Operand),
        FilterRecord record => All(record.Inner),
        FilterPresence presence => [presence.Field.Name],
        FilterMembership membership => [membership.Field.Name],
        FilterComparison { Value.IsQuoted: false } comparison => [comparison.Field.Name, comparison.Value.Text],
        FilterComparison comparison => [comparison.Field.Name],
        FilterAggregate { Argument: { } argument } => All(argument),
        _ => [],
    };
}
