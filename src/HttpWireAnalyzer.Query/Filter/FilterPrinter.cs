using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Writes a filter in one way of many: what it writes is read back as the same filter.</summary>
public static class FilterPrinter
{
    /// <summary>With only the parentheses that it needs.</summary>
    public static string Print(FilterExpression expression) => expression switch
    {
        FilterOr or => $"{Print(or.Left)} || {Inside(or.Right, or.Right is FilterOr)}",
        FilterAnd and => $"{Inside(and.Left, and.Left is FilterOr)} && {Inside(and.Right, and.Right is FilterOr or FilterAnd)}",
        FilterNot not => $"!{Inside(not.Operand, not.Operand is not (FilterNot or FilterRecord or FilterPresence or FilterAggregate))}",
        FilterRecord record => $"{Word(record.Quantifier)}{record.Kind} ({Print(record.Inner)})",
        FilterPresence presence => Word(presence.Quantifier) + Print(presence.Field),
        FilterComparison comparison =>
            $"{Word(comparison.Quantifier)}{Print(comparison.Field)} {Sign(comparison.Operator)} {Print(comparison.Value)}",
        FilterAggregate aggregate =>
            $"{FilterAggregates.NameOf(aggregate.Function, aggregate.Percent)}({(aggregate.Argument is { } argument ? Print(argument) : "")}) {Sign(aggregate.Operator)} {Print(aggregate.Value)}",
        FilterMembership membership =>
            $"{Word(membership.Quantifier)}{Print(membership.Field)} in {{{string.Join(", ", membership.Ranges.Select(Print))}}}",
        _ => throw new UnreachableException(),
    };

    internal static string Sign(FilterOperator sign) => sign switch
    {
        FilterOperator.Equal => "==",
        FilterOperator.NotEqual => "!=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        FilterOperator.Contains => "contains",
        FilterOperator.Matches => "matches",
        _ => throw new UnreachableException(),
    };

    private static string Inside(FilterExpression inner, bool inParentheses) =>
        inParentheses ? $"({Print(inner)})" : Print(inner);

    private static string Word(FilterQuantifier quantifier) => quantifier switch
    {
        FilterQuantifier.Unsaid => "",
        FilterQuantifier.Any => "any ",
        FilterQuantifier.All => "all ",
        _ => throw new UnreachableException(),
    };

    private static string Print(FilterOperand field) => field.Slice is not { } slice
        ? field.Name
        : string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{slice.Offset}:{slice.Length}]");

    private static string Print(FilterRange range) =>
        range.High is null ? Print(range.Low) : $"{Print(range.Low)} .. {Print(range.High)}";

    private static string Print(FilterLiteral literal) => (literal.IsQuoted ? Quoted(literal.Text) : literal.Text)
        + (literal.Tolerance is { } tolerance ? $" ± {tolerance.Text}" : "");

    private static string Quoted(string text)
    {
        var result = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter is '"' or '\\')
            {
                result.Append('\\').Append(letter);
            }
            else if (WireText.IsOctet(text, at, out var octet))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
            }
            else if (letter is < ' ' or > '~')
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                result.Append(letter);
            }
        }

        return result.Append('"').ToString();
    }
}
