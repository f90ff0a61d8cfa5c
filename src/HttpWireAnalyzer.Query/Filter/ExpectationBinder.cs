using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Makes an expectation of an expression in which every comparison is one of an aggregate.</summary>
public sealed class ExpectationBinder
{
    private readonly FilterScope _scope;
    private readonly string _text;
    private readonly List<BoundAggregate> _aggregates = [];
    private bool _isNegated;
    private FilterError? _error;

    private ExpectationBinder(FilterScope scope, string text)
    {
        _scope = scope;
        _text = text;
    }

    /// <summary>Null, with <paramref name="error"/>, where it is none.</summary>
    /// <param name="text">What the expression was read from: the aggregates are named by it.</param>
    public static BoundExpectation? Bind(FilterExpression expression, string text, FilterScope scope, out FilterError? error)
    {
        var binder = new ExpectationBinder(scope, text);
        var tree = binder.Node(expression);
        error = binder._error;
        return tree is null || error is not null ? null : new BoundExpectation(binder._aggregates, tree);
    }

    private FilterNode? Node(FilterExpression expression)
    {
        switch (expression)
        {
            case FilterAnd and:
                return Node(and.Left) is { } first && Node(and.Right) is { } second ? new AndNode(first, second) : null;
            case FilterOr or:
                return Node(or.Left) is { } one && Node(or.Right) is { } other ? new OrNode(one, other) : null;
            case FilterNot not:
                return Not(not);
            case FilterAggregate aggregate:
                return Aggregate(aggregate);
            default:
                return Fail(
                    expression.Span,
                    $"an expectation is about all that is selected: {FilterAggregates.Listed} are compared here. To ask each record, put the filter into count(…) or ratio(…), or write each: in place of expect:.");
        }
    }

    private NotNode? Not(FilterNot not)
    {
        _isNegated = !_isNegated;
        var operand = Node(not.Operand);
        _isNegated = !_isNegated;
        return operand is null ? null : new NotNode(operand);
    }

    private AtomNode? Aggregate(FilterAggregate aggregate)
    {
        var bound = FilterAggregates.Counts(aggregate.Function) ? Counted(aggregate) : OfField(aggregate);
        if (bound is null)
        {
            return null;
        }

        _aggregates.Add(bound);
        return new AtomNode(1UL << (_aggregates.Count - 1));
    }

    private BoundAggregate? Counted(FilterAggregate aggregate)
    {
        BoundFilter? which = null;
        if (aggregate.Argument is { } argument)
        {
            which = FilterBinder.Bind(argument, _scope, out var error);
            _error ??= error;
            if (which is null)
            {
                return null;
            }
        }
        else if (aggregate.Function == FilterAggregateFunction.Ratio)
        {
            Fail(aggregate.Call, "ratio(…) wants to know of which: ratio(!exchange.cold).");
            return null;
        }

        var kind = aggregate.Function switch
        {
            FilterAggregateFunction.Ratio => FieldKind.Ratio,
            FilterAggregateFunction.Rate => FieldKind.Mean,
            _ => FieldKind.Number,
        };
        return Compared(aggregate, kind) is { } accepted
            ? Bound(aggregate, kind, accepted, which, [])
            : null;
    }

    private BoundAggregate? OfField(FilterAggregate aggregate)
    {
        var name = FilterAggregates.NameOf(aggregate.Function, aggregate.Percent);
        if (aggregate.Argument is not FilterPresence { Quantifier: FilterQuantifier.Unsaid, Field: { Slice: null } operand })
        {
            Fail(aggregate.Argument?.Span ?? aggregate.Call, $"{name}(…) takes the name of a field of the {_scope.Own.Type}.");
            return null;
        }

        if (FilterScope.Find(_scope.Own, operand.Name) is not { } field)
        {
            Fail(operand.Span, _scope.Find(operand.Name) is { } elsewhere
                ? $"{operand.Name} is a field of {elsewhere.Set.Type} records, and {name}(…) takes one of the {_scope.Objects} themselves."
                : WiresharkNames.NoSuchField(operand.Name, FieldAliases.NamesOf(_scope.Own)) + " hwa fields lists them.");
            return null;
        }

        if (WhyNot(aggregate, field) is { } wrong)
        {
            Fail(operand.Span, wrong);
            return null;
        }

        var kind = KindOf(aggregate.Function, field.Kind);
        return Compared(aggregate, kind) is { } accepted
            ? Bound(aggregate, kind, accepted, null, field.Fields)
            : null;
    }

    private static FieldKind KindOf(FilterAggregateFunction function, FieldKind field) => (function, field) switch
    {
        (FilterAggregateFunction.Distinct, _) => FieldKind.Number,
        (FilterAggregateFunction.Avg, FieldKind.Number or FieldKind.Numbers) => FieldKind.Mean,
        (_, FieldKind.Numbers) => FieldKind.Number,
        _ => field,
    };

    private static string? WhyNot(FilterAggregate aggregate, NamedField field)
    {
        var name = FilterAggregates.NameOf(aggregate.Function, aggregate.Percent);
        return (aggregate.Function, FieldComparisons.ClassOf(field)) switch
        {
            (FilterAggregateFunction.Distinct, _) => null,
            (_, FieldClass.Number or FieldClass.Duration or FieldClass.Ratio) => null,
            (FilterAggregateFunction.Min or FilterAggregateFunction.Max, FieldClass.Time) => null,
            (_, FieldClass.Time) => $"times have no {name}; min(…) and max(…) are the first and the last.",
            (_, FieldClass.Word) when field.IsOrdered =>
                $"{name}(…) takes numbers; words with an order are counted by it: count({field.Fields[0].Name} >= {field.Words![^1].Text}).",
            _ => $"{name}(…) takes numbers, and this is {FieldComparisons.NameOf(field)}; distinct(…) counts its values.",
        };
    }

    private RangeSet? Compared(FilterAggregate aggregate, FieldKind kind)
    {
        var literal = aggregate.Value;
        var number = aggregate.Function == FilterAggregateFunction.Rate
            ? LiteralReader.Rate(literal.Text)
            : LiteralReader.Read(kind, literal.Text);
        if (number is null)
        {
            Fail(literal.Span, aggregate.Function == FilterAggregateFunction.Rate
                ? LiteralReader.WhyNoRate(literal.Text)
                : LiteralReader.WhyNot(kind, literal.Text));
            return null;
        }

        if (literal.Tolerance is not { } tolerance)
        {
            return RangeSet.Of(aggregate.Operator, number.Value);
        }

        if (FieldComparisons.WhyNoTolerance(aggregate.Operator) is { } impossible)
        {
            Fail(tolerance.Span, impossible);
            return null;
        }

        if (LiteralReader.Around(kind, number.Value, tolerance.Text) is { } around)
        {
            return RangeSet.Of(aggregate.Operator, around);
        }

        Fail(tolerance.Span, $"'{tolerance.Text}' is no distance from that value: a value of the same kind is wanted, or a share such as 2%.");
        return null;
    }

    private BoundAggregate Bound(
        FilterAggregate aggregate, FieldKind kind, RangeSet accepted, BoundFilter? which, IReadOnlyList<Field> fields) =>
        new(accepted, _isNegated)
        {
            Function = aggregate.Function,
            Percent = aggregate.Percent,
            Name = _text.Substring(aggregate.Call.Start, aggregate.Call.Length),
            Kind = kind,
            Which = which,
            Fields = fields,
        };

    private FilterNode? Fail(FilterSpan span, string message)
    {
        _error ??= new FilterError(message, span);
        return null;
    }
}
