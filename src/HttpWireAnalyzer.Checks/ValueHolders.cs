using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The records that have the value that an aggregate is: the evidence of a maximum, a minimum or a percentile.</summary>
/// <param name="shown">So many are told of those with the same value.</param>
internal sealed class ValueHolders(BoundAggregate aggregate, int shown) : AggregateEvidence
{
    /// <summary>
    /// Of a percentile, which is known last: records that may have it, from the nearer end. It is among them up to 262,144
    /// values for the median, 2.6 million for p95; beyond, the nearest one stands for it.
    /// </summary>
    private const int MostKept = 1 << 17;

    private readonly bool _fromAbove = aggregate.Function == FilterAggregateFunction.Max
        || (aggregate.Function == FilterAggregateFunction.Percentile && aggregate.Percent >= 50);

    private readonly int _most = aggregate.Function == FilterAggregateFunction.Percentile ? MostKept : int.Max(shown, 1);

    /// <summary>The first one is the one to drop for one that is nearer to the end.</summary>
    private readonly PriorityQueue<(long Order, Counterexample Record), Int128> _kept = new();
    private long _seen;

    /// <summary>It is a value of single records; a count, a sum or a mean is of all of them.</summary>
    public static bool HasThem(BoundAggregate aggregate) =>
        aggregate.Function is FilterAggregateFunction.Min or FilterAggregateFunction.Max or FilterAggregateFunction.Percentile;

    public override void Add(FieldReader record, in RecordPlace place)
    {
        foreach (var (field, value) in record.Values)
        {
            // Only a value that is against the expectation can be the one that is.
            if (!aggregate.Fields.Contains(field) || !aggregate.IsAgainst(value.Number))
            {
                continue;
            }

            var nearness = _fromAbove ? value.Number : -value.Number;
            if (_kept.Count == _most)
            {
                _kept.TryPeek(out _, out var farthest);
                if (nearness <= farthest)
                {
                    continue;
                }

                _kept.Dequeue();
            }

            _kept.Enqueue((_seen++, new Counterexample(place, [(field, value)])), nearness);
        }
    }

    public override IEnumerable<Counterexample> Of(Int128 number)
    {
        var nearest = _kept.UnorderedItems.Min(DistanceOf);
        return _kept.UnorderedItems.Where(item => DistanceOf(item) == nearest)
            .OrderBy(item => item.Element.Order)
            .Select(item => item.Element.Record)
            .Take(shown);

        Int128 DistanceOf(((long Order, Counterexample Record) Element, Int128 Nearness) item) =>
            Int128.Abs((_fromAbove ? item.Nearness : -item.Nearness) - number);
    }
}
