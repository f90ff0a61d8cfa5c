using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The records that have the value that an aggregate is: the evidence of a maximum, a minimum or a percentile.</summary>
/// <param name="shown">So many are kept of those with the same value.</param>
internal sealed class ValueHolders(BoundAggregate aggregate, int shown)
{
    /// <summary>Of a percentile, which is known last: records that may have it. Beyond, the nearest of them stands for it.</summary>
    private const int MostKept = 1 << 16;

    private readonly List<Counterexample> _kept = [];

    /// <summary>It is a value of single records; a count, a sum or a mean is of all of them.</summary>
    public static bool HasThem(BoundAggregate aggregate) =>
        aggregate.Function is FilterAggregateFunction.Min or FilterAggregateFunction.Max or FilterAggregateFunction.Percentile;

    /// <param name="record">Whose values have been read.</param>
    public void Add(FieldReader record, in RecordPlace place)
    {
        foreach (var (field, value) in record.Values)
        {
            if (!aggregate.Fields.Contains(field))
            {
                continue;
            }

            if (IsBeyond(value.Number))
            {
                _kept.Clear();
            }

            if (MayBeIt(value.Number))
            {
                _kept.Add(new Counterexample(place, [(field, value)]));
            }
        }
    }

    /// <param name="number">What the aggregate is, which speaks against the expectation.</param>
    public IEnumerable<Counterexample> Of(Int128 number)
    {
        var distance = _kept.Min(DistanceOf);
        return _kept.Where(holder => DistanceOf(holder) == distance).Take(shown);

        Int128 DistanceOf(Counterexample holder) => Int128.Abs(NumberOf(holder) - number);
    }

    private static Int128 NumberOf(Counterexample holder) => holder.Values[0].Value.Number;

    /// <summary>Greater than the greatest, or less than the least.</summary>
    private bool IsBeyond(Int128 number) => _kept.Count > 0 && aggregate.Function switch
    {
        FilterAggregateFunction.Max => number > NumberOf(_kept[0]),
        FilterAggregateFunction.Min => number < NumberOf(_kept[0]),
        _ => false,
    };

    private bool MayBeIt(Int128 number) => aggregate.Function == FilterAggregateFunction.Percentile
        ? aggregate.IsAgainst(number) && _kept.Count < MostKept
        : _kept.Count == 0 || (number == NumberOf(_kept[0]) && _kept.Count < shown);
}
