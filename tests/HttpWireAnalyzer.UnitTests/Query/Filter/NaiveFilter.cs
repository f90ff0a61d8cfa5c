using System.Globalization;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

/// <summary>What docs/filter.md says, word for word: no bits, no ranges, everything at hand.</summary>
internal static class NaiveFilter
{
    /// <param name="thing">The values of each field.</param>
    public static bool Holds(
        FilterExpression expression, Dictionary<string, List<object>> thing, IReadOnlyList<Dictionary<string, List<object>>> parts)
    {
        IEnumerable<object> ValuesOf(string field) => parts.Append(thing).SelectMany(record => record.GetValueOrDefault(field) ?? []);
        switch (expression)
        {
            case FilterAnd and:
                return Holds(and.Left, thing, parts) && Holds(and.Right, thing, parts);
            case FilterOr or:
                return Holds(or.Left, thing, parts) || Holds(or.Right, thing, parts);
            case FilterNot not:
                return !Holds(not.Operand, thing, parts);
            case FilterRecord { Quantifier: FilterQuantifier.All } record:
                return parts.Count > 0 && parts.All(part => Holds(record.Inner, [], [part]));
            case FilterRecord record:
                return parts.Any(part => Holds(record.Inner, [], [part]));
            case FilterPresence presence:
                return ValuesOf(presence.Field.Name).Any();
            case FilterMembership membership:
                return Quantified(membership.Quantifier, false, ValuesOf(membership.Field.Name)
                    .Select(value => membership.Ranges.Any(range =>
                        Compare(value, range.Low) >= 0 && Compare(value, range.High ?? range.Low) <= 0)));
            case FilterComparison { Value: { IsQuoted: false, Text: "thing.count" or "thing.other" or "thing.grade" or "thing.wanted" } } pair:
                return Quantified(pair.Quantifier, pair.Operator == FilterOperator.NotEqual,
                    from left in ValuesOf(pair.Field.Name)
                    from right in ValuesOf(pair.Value.Text)
                    select Test(pair.Operator, NumberOf(left).CompareTo(NumberOf(right))));
            case FilterComparison { Operator: FilterOperator.Contains } contains:
                return Quantified(contains.Quantifier, false, ValuesOf(contains.Field.Name)
                    .Select(value => TextOf(value).Contains(contains.Value.Text, StringComparison.Ordinal)));
            case FilterComparison comparison:
                return Quantified(comparison.Quantifier, comparison.Operator == FilterOperator.NotEqual,
                    ValuesOf(comparison.Field.Name).Select(value => Test(comparison.Operator, Compare(value, comparison.Value))));
            default:
                throw new InvalidOperationException();
        }
    }

    private static bool Quantified(FilterQuantifier quantifier, bool allUnlessSaid, IEnumerable<bool> values)
    {
        var each = values.ToList();
        return quantifier == FilterQuantifier.All || (quantifier == FilterQuantifier.Unsaid && allUnlessSaid)
            ? each.Count > 0 && each.All(holds => holds)
            : each.Any(holds => holds);
    }

    private static int Compare(object value, FilterLiteral literal) => value switch
    {
        long number => number.CompareTo(long.Parse(literal.Text, CultureInfo.InvariantCulture)),
        Word word => NumberOf(word).CompareTo(PlaceOf(literal.Text)),
        _ => string.CompareOrdinal((string)value, literal.Text),
    };

    private static string TextOf(object value) => value is Word word ? word.Text : (string)value;

    private static long NumberOf(object value) => value is Word word ? PlaceOf(word.Text) : (long)value;

    private static long PlaceOf(string grade) => Enumerable.Range(0, 3).Single(place => Things.GradeOf(place).Text == grade);

    private static bool Test(FilterOperator comparison, int order) => comparison switch
    {
        FilterOperator.Equal => order == 0,
        FilterOperator.NotEqual => order != 0,
        FilterOperator.Less => order < 0,
        FilterOperator.LessOrEqual => order <= 0,
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        _ => throw new InvalidOperationException(),
    };
}
