namespace HttpWireAnalyzer.Query.Filter;

/// <summary>A filter as written: names and values are not looked up yet.</summary>
/// <param name="Span">Where it stands in the text.</param>
public abstract record FilterExpression(FilterSpan Span);

public sealed record FilterNot(FilterExpression Operand, FilterSpan Span) : FilterExpression(Span);

public sealed record FilterAnd(FilterExpression Left, FilterExpression Right)
    : FilterExpression(Left.Span.To(Right.Span));

public sealed record FilterOr(FilterExpression Left, FilterExpression Right)
    : FilterExpression(Left.Span.To(Right.Span));

/// <summary>A field alone: it is there; of a flag, it is true.</summary>
public sealed record FilterPresence(FilterQuantifier Quantifier, FilterOperand Field, FilterSpan Span)
    : FilterExpression(Span);

public sealed record FilterComparison(
    FilterQuantifier Quantifier, FilterOperand Field, FilterOperator Operator, FilterLiteral Value, FilterSpan Span)
    : FilterExpression(Span);

/// <summary>field in { … }</summary>
public sealed record FilterMembership(
    FilterQuantifier Quantifier, FilterOperand Field, IReadOnlyList<FilterRange> Ranges, FilterSpan Span)
    : FilterExpression(Span);

/// <summary>One record of a kind for which all of <paramref name="Inner"/> holds, or each record of it.</summary>
/// <param name="Kind">The type of the record, as in JSON.</param>
public sealed record FilterRecord(
    FilterQuantifier Quantifier, string Kind, FilterSpan KindSpan, FilterExpression Inner, FilterSpan Span)
    : FilterExpression(Span);

/// <summary>One value of all records that are selected, held against another: only an expectation of hwa check has it.</summary>
/// <param name="Percent">Of a percentile; 0 of the others.</param>
/// <param name="Argument">Which of the records count, or the field whose values do; null where all count.</param>
/// <param name="Call">Where the function stands, without the operator and the value.</param>
public sealed record FilterAggregate(
    FilterAggregateFunction Function,
    decimal Percent,
    FilterExpression? Argument,
    FilterOperator Operator,
    FilterLiteral Value,
    FilterSpan Call,
    FilterSpan Span)
    : FilterExpression(Span);

/// <summary>Which values of a field, or which records, have to fit.</summary>
public enum FilterQuantifier : byte
{
    /// <summary>The operator decides: all for !=, any for the rest.</summary>
    Unsaid,
    Any,
    All,
}

/// <summary>How a field compares with a value.</summary>
public enum FilterOperator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Matches,
}

/// <summary>A field, or a part of its value.</summary>
public sealed record FilterOperand(string Name, FilterSlice? Slice, FilterSpan Span);

/// <summary>Some characters of a text, or octets of an address.</summary>
/// <param name="Offset">From the end where negative.</param>
/// <param name="Length">Null for all that follow.</param>
public readonly record struct FilterSlice(int Offset, int? Length)
{
    /// <summary>Null where the part is not wholly inside.</summary>
    internal Range? PartOf(int whole)
    {
        var start = Offset < 0 ? whole + Offset : Offset;
        var end = Length is { } length ? start + length : whole;
        return start >= 0 && start < end && end <= whole ? start..end : null;
    }
}

/// <summary>A value as written; what it means depends on the field.</summary>
/// <param name="IsQuoted">A string: never the name of a field.</param>
/// <param name="Tolerance">How far a value may be off to be equal all the same; null for not at all.</param>
public sealed record FilterLiteral(string Text, bool IsQuoted, FilterSpan Span, FilterLiteral? Tolerance = null);

/// <summary>A value of a set, or all from one to another.</summary>
/// <param name="High">Null for one value.</param>
public sealed record FilterRange(FilterLiteral Low, FilterLiteral? High);
