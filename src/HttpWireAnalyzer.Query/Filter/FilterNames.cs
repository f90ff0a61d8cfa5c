using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The names that a filter asks for.</summary>
public static class FilterNames
{
    /// <summary>Each once, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Of(FilterExpression expression) => [.. All(expression).Distinct(StringComparer.Ordinal)];

    /// <summary>The fields of one kind of record that it names; an alias stands for its own.</summary>
    public static IReadOnlyList<Field> FieldsOf(FilterExpression expression, FieldSet set) =>
        [.. Of(expression).SelectMany(name => FieldsOf(set, name)).Distinct()];

    private static IEnumerable<Field> FieldsOf(FieldSet set, string name) =>
        set.Find(name) is { } field ? [field] : FieldAliases.Find(set, name)?.Fields ?? [];

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
