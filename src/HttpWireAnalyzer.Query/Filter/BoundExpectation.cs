using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>An expectation whose names and values are known: aggregates, each compared with a value.</summary>
public sealed class BoundExpectation
{
    private readonly FilterNode _tree;

    internal BoundExpectation(IReadOnlyList<BoundAggregate> aggregates, FilterNode tree)
    {
        Aggregates = aggregates;
        _tree = tree;
    }

    public IReadOnlyList<BoundAggregate> Aggregates { get; }

    /// <summary>The aggregates that make it untrue, by their places: of one that does not hold, though every value is there.</summary>
    public IEnumerable<int> Against(IReadOnlyList<AggregateValue> values)
    {
        var against = _tree.Reasons(TruthOf(values));
        return Enumerable.Range(0, Aggregates.Count).Where(place => (against >> place & 1) != 0);
    }

    /// <summary>Only where every one of <paramref name="values"/> is there: what has no value is neither so nor otherwise.</summary>
    /// <param name="values">Of the aggregates, in their order.</param>
    public bool Holds(IReadOnlyList<AggregateValue> values) =>
        values.All(value => value.Number is not null) && _tree.Holds(TruthOf(values));

    private ulong TruthOf(IReadOnlyList<AggregateValue> values)
    {
        ulong truth = 0;
        for (var i = 0; i < values.Count; i++)
        {
            truth |= values[i].Number is { } number && Aggregates[i].Accepted.Contains(number) ? 1UL << i : 0;
        }

        return truth;
    }
}

/// <summary>One aggregate of an expectation.</summary>
public sealed class BoundAggregate
{
    private readonly bool _isNegated;

    /// <param name="accepted">What it is compared with.</param>
    /// <param name="isNegated">It stands behind an odd number of "!".</param>
    internal BoundAggregate(RangeSet accepted, bool isNegated)
    {
        Accepted = accepted;
        _isNegated = isNegated;
    }

    public required FilterAggregateFunction Function { get; init; }

    /// <summary>Of a percentile; 0 of the others.</summary>
    public required decimal Percent { get; init; }

    /// <summary>As written: p99(exchange.server_time).</summary>
    public required string Name { get; init; }

    /// <summary>Of its value.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Which records count; null where all do, or where values are taken.</summary>
    public BoundFilter? Which { get; init; }

    /// <summary>Whose values are taken; empty where records are counted.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    internal RangeSet Accepted { get; }

    /// <summary>It would speak against the expectation, were it this number.</summary>
    public bool IsAgainst(Int128 number) => Accepted.Contains(number) == _isNegated;

    /// <summary>Of a number that is against it and cannot be below 0: a smaller one would not be.</summary>
    public bool IsTooMuch(Int128 number) => _isNegated ? !Accepted.Contains(0) : Accepted.ReachesDownTo(number);
}

/// <summary>What came of an aggregate.</summary>
/// <param name="Number">
/// In the smallest unit of the kind: nanoseconds, billionths of a ratio, ten-thousandths of a mean or a rate. Null where
/// there was nothing to make it of, or too much.
/// </param>
/// <param name="TooMany">More values than are kept.</param>
public readonly record struct AggregateValue(Int128? Number, bool TooMany = false);
