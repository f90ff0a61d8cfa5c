using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>An expectation whose names and values are known: aggregates, each compared with a value.</summary>
public sealed class BoundExpectation
{
    private readonly FilterNode _tree;

    internal BoundExpectation(FilterScope scope, IReadOnlyList<BoundAggregate> aggregates, FilterNode tree)
    {
        Scope = scope;
        Aggregates = aggregates;
        _tree = tree;
    }

    public FilterScope Scope { get; }

    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    /// <summary>Only where every one of <paramref name="values"/> is there: what has no value is neither so nor otherwise.</summary>
    /// <param name="values">Of the aggregates, in their order.</param>
    public bool Holds(IReadOnlyList<AggregateValue> values)
    {
        ulong truth = 0;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Number is not { } number)
            {
                return false;
            }

            truth |= Aggregates[i].Accepted.Contains(number) ? 1UL << i : 0;
        }

        return _tree.Holds(truth);
    }
}

/// <summary>One aggregate of an expectation.</summary>
public sealed class BoundAggregate
{
    internal BoundAggregate(
        FilterAggregateFunction function,
        string name,
        FieldKind kind,
        RangeSet accepted,
        BoundFilter? which,
        IReadOnlyList<Field> fields)
    {
        Function = function;
        Name = name;
        Kind = kind;
        Accepted = accepted;
        Which = which;
        Fields = fields;
    }

    public FilterAggregateFunction Function { get; }

    /// <summary>As written: p99(exchange.server_time).</summary>
    public string Name { get; }

    /// <summary>Of its value.</summary>
    public FieldKind Kind { get; }

    /// <summary>Which records count; null where all do, or where values are taken.</summary>
    public BoundFilter? Which { get; }

    /// <summary>Whose values are taken; empty where records are counted.</summary>
    public IReadOnlyList<Field> Fields { get; }

    internal RangeSet Accepted { get; }
}

/// <summary>What came of an aggregate.</summary>
/// <param name="Number">
/// In the smallest unit of the kind: nanoseconds, billionths of a ratio, ten-thousandths of a mean or a rate. Null where
/// there was nothing to make it of, or too much.
/// </param>
/// <param name="TooMany">More values than are kept.</param>
public readonly record struct AggregateValue(Int128? Number, bool TooMany = false);
