namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Reads the language of display filters: docs/filter.md has its grammar, whose names the methods have.</summary>
public sealed class FilterParser
{
    internal static readonly string TooMany =
        $"a filter has at most {FilterLimits.Comparisons} comparisons: in {{…}} counts as one, as does any record (…).";

    private readonly IReadOnlyList<FilterToken> _tokens;
    private int _at;
    private int _depth;
    private int _comparisons;
    private FilterError? _error;

    private FilterParser(IReadOnlyList<FilterToken> tokens) => _tokens = tokens;

    private FilterToken Next => _tokens[_at];

    /// <summary>Null, with <paramref name="error"/>, where the text is no filter.</summary>
    public static FilterExpression? Parse(string text, out FilterError? error)
    {
        if (text.Length > FilterLimits.Length)
        {
            error = new FilterError(
                $"a filter has at most {FilterLimits.Length} characters, this one {text.Length}.", new FilterSpan(0, 0));
            return null;
        }

        var lexer = new FilterLexer(text);
        var tokens = lexer.Read();
        if (lexer.Error is { } unreadable)
        {
            error = CaptureFilterGuess.Explain(tokens, unreadable);
            return null;
        }

        var parser = new FilterParser(tokens);
        var expression = parser.ReadAll();
        error = parser._error is { } wrong ? CaptureFilterGuess.Explain(tokens, wrong) : null;
        return expression;
    }

    private FilterExpression? ReadAll()
    {
        if (Next.Kind == FilterTokenKind.End)
        {
            return Fail(Next, "a filter is wanted, such as http.response.code == 502");
        }

        var expression = ReadOr();
        return expression is null || Next.Kind == FilterTokenKind.End ? expression : Fail(Next, FilterAdvice.Behind(expression, Next));
    }

    private FilterExpression? ReadOr()
    {
        var left = ReadAnd();
        while (left is not null && TakeAny("||", "or"))
        {
            left = ReadAnd() is { } right ? new FilterOr(left, right) : null;
        }

        return left;
    }

    private FilterExpression? ReadAnd()
    {
        var left = ReadNot();
        while (left is not null && TakeAny("&&", "and"))
        {
            left = ReadNot() is { } right ? new FilterAnd(left, right) : null;
        }

        return left;
    }

    private FilterExpression? ReadNot()
    {
        if (_depth == FilterLimits.Depth)
        {
            return Fail(Next, $"parentheses and 'not' go at most {FilterLimits.Depth} deep");
        }

        _depth++;
        var start = Next.Span;
        var expression = !TakeAny("!", "not") ? ReadPrimary()
            : ReadNot() is { } operand ? new FilterNot(operand, start.To(operand.Span))
            : null;
        _depth--;
        return expression;
    }

    private FilterExpression? ReadPrimary()
    {
        var start = Next;
        if (TakeAny("("))
        {
            return ReadOr() is { } inner && Expect(")") is not null ? inner : null;
        }

        var quantifier = TakeAny("any") ? FilterQuantifier.Any
            : TakeAny("all") ? FilterQuantifier.All
            : FilterQuantifier.Unsaid;
        if (quantifier != FilterQuantifier.Unsaid && _at + 1 < _tokens.Count && _tokens[_at + 1].IsSymbol("("))
        {
            return ReadRecord(quantifier, start.Span);
        }

        if (quantifier == FilterQuantifier.Unsaid && FilterAggregates.Find(Next, out var percent) is { } function
            && _at + 1 < _tokens.Count && _tokens[_at + 1].IsSymbol("("))
        {
            return ReadAggregate(function, percent, start.Span);
        }

        return ReadField() is { } field ? ReadTest(quantifier, field, start.Span) : null;
    }

    /// <summary>count ( … ) &lt;= 4: the name and the parenthesis stand next.</summary>
    private FilterExpression? ReadAggregate(FilterAggregateFunction function, decimal percent, FilterSpan start)
    {
        _at += 2;
        if (++_comparisons > FilterLimits.Comparisons)
        {
            return Fail(start, TooMany.TrimEnd('.'));
        }

        FilterExpression? argument = null;
        if (!Next.IsSymbol(")") && (argument = ReadOr()) is null)
        {
            return null;
        }

        if (Expect(")") is not { } end)
        {
            return null;
        }

        if (FilterOperators.Of(Next) is not { Quantifier: FilterQuantifier.Unsaid } sign
            || sign.Operator is FilterOperator.Contains or FilterOperator.Matches)
        {
            return Fail(Next, "an aggregate is compared with a value: == != < <= > >= is wanted here");
        }

        _at++;
        if (FilterAggregates.Find(Next, out _) is not null && _tokens[_at + 1].IsSymbol("("))
        {
            return Fail(Next, "an aggregate is compared with a value, not with another one");
        }

        return ReadValue() is { } value
            ? new FilterAggregate(function, percent, argument, sign.Operator, value, start.To(end.Span), start.To(value.Span))
            : null;
    }

    /// <summary>any exchange ( … ): the kind and the parenthesis stand next.</summary>
    private FilterRecord? ReadRecord(FilterQuantifier quantifier, FilterSpan start)
    {
        var kind = Next;
        _at += 2;
        return ReadOr() is { } inner && Expect(")") is { } end
            ? new FilterRecord(quantifier, kind.Text, kind.Span, inner, start.To(end.Span))
            : null;
    }

    private FilterOperand? ReadField()
    {
        var name = Next;
        if (FilterAdvice.ForField(_tokens, _at) is { } wrong)
        {
            Fail(name, wrong);
            return null;
        }

        _at++;
        if (Next.IsSymbol("("))
        {
            Fail(name, FilterAggregates.WhyNot(name.Text));
            return null;
        }

        if (!TakeAny("["))
        {
            return new FilterOperand(name.Text, null, name.Span);
        }

        var inside = Next;
        if (inside.Kind != FilterTokenKind.Bare || FilterSlices.Read(inside.Text) is not { } slice)
        {
            Fail(inside, "a part is wanted here: [1] one, [0:4] four from the first, [0-3] the same, [4:] the rest, [-2:] the last two");
            return null;
        }

        _at++;
        return Expect("]") is { } end ? new FilterOperand(name.Text, slice, name.Span.To(end.Span)) : null;
    }

    private FilterExpression? ReadTest(FilterQuantifier quantifier, FilterOperand field, FilterSpan start)
    {
        if (++_comparisons > FilterLimits.Comparisons)
        {
            _error ??= new FilterError(TooMany, field.Span);
            return null;
        }

        if (TakeAny("in"))
        {
            return ReadSet(quantifier, field, start);
        }

        if (Next.IsWord("not") && _at + 1 < _tokens.Count && _tokens[_at + 1].IsWord("in"))
        {
            _at += 2;
            return ReadSet(quantifier, field, start) is { } set ? new FilterNot(set, set.Span) : null;
        }

        if (FilterOperators.Of(Next) is not { } sign)
        {
            return new FilterPresence(quantifier, field, start.To(field.Span));
        }

        var (comparison, usual) = sign;
        _at++;
        return ReadValue() is { } value
            ? new FilterComparison(
                quantifier == FilterQuantifier.Unsaid ? usual : quantifier, field, comparison, value, start.To(value.Span))
            : null;
    }

    /// <summary>Commas may be left out, as in old Wireshark.</summary>
    private FilterMembership? ReadSet(FilterQuantifier quantifier, FilterOperand field, FilterSpan start)
    {
        if (!TakeAny("{"))
        {
            Fail(Next, "a set is wanted here, such as {80, 443} or {1..9}");
            return null;
        }

        var ranges = new List<FilterRange>();
        do
        {
            if (ReadLiteral() is not { } low)
            {
                return null;
            }

            FilterLiteral? high = null;
            if (TakeAny("..") && (high = ReadLiteral()) is null)
            {
                return null;
            }

            ranges.Add(new FilterRange(low, high));
        }
        while (TakeAny(",") || Next.Kind is FilterTokenKind.Bare or FilterTokenKind.Quoted);
        return Expect("}") is { } end ? new FilterMembership(quantifier, field, ranges, start.To(end.Span)) : null;
    }

    private FilterLiteral? ReadLiteral()
    {
        var token = Next;
        if (token.Kind is not (FilterTokenKind.Bare or FilterTokenKind.Quoted))
        {
            Fail(token, "a value is wanted here");
            return null;
        }

        _at++;
        return new FilterLiteral(token.Text, token.Kind == FilterTokenKind.Quoted, token.Span);
    }

    /// <summary>A literal, and how far from it is near enough.</summary>
    private FilterLiteral? ReadValue()
    {
        var literal = ReadLiteral();
        if (literal is null || !TakeAny("±", "+-"))
        {
            return literal;
        }

        var tolerance = Next;
        if (tolerance.Kind != FilterTokenKind.Bare)
        {
            Fail(tolerance, "how far it may be off is wanted here, such as 5s ± 100ms or 5s ± 2%");
            return null;
        }

        _at++;
        return literal with
        {
            Span = literal.Span.To(tolerance.Span),
            Tolerance = new FilterLiteral(tolerance.Text, IsQuoted: false, tolerance.Span),
        };
    }

    private bool TakeAny(params ReadOnlySpan<string> spellings)
    {
        foreach (var spelling in spellings)
        {
            if (Next.IsSymbol(spelling) || Next.IsWord(spelling))
            {
                _at++;
                return true;
            }
        }

        return false;
    }

    private FilterToken? Expect(string symbol)
    {
        if (Next.IsSymbol(symbol))
        {
            return _tokens[_at++];
        }

        Fail(Next, $"'{symbol}' is wanted here");
        return null;
    }

    private FilterExpression? Fail(FilterToken at, string wanted) => Fail(at.Span, at.Kind == FilterTokenKind.End
        ? $"{wanted}, and the filter ends"
        : wanted);

    /// <summary>The first error is the one that is said. Null, for the caller to give on.</summary>
    private FilterExpression? Fail(FilterSpan span, string message)
    {
        _error ??= new FilterError(message + ".", span);
        return null;
    }
}
