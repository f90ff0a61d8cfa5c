using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The evidence of a count, a ratio or a rate: the first records that it counts, and the first that it passes over.</summary>
/// <param name="shown">So many of each are kept.</param>
internal sealed class CountedRecords(BoundAggregate aggregate, int shown) : AggregateEvidence
{
    private readonly List<Counterexample> _counted = [];
    private readonly List<Counterexample> _passedOver = [];

    /// <summary>Where the record goes that is being taken.</summary>
    private List<Counterexample> _place = [];

    /// <summary>A count of all records is of none in particular.</summary>
    public static bool HasThem(BoundAggregate aggregate) => aggregate.Which is not null
        && aggregate.Function is FilterAggregateFunction.Count or FilterAggregateFunction.Ratio or FilterAggregateFunction.Rate;

    public override bool Take(bool fits)
    {
        _place = fits ? _counted : _passedOver;
        return _place.Count < shown;
    }

    public override void Add(FieldReader record, in RecordPlace place)
    {
        // Another aggregate may have wanted the record.
        if (_place.Count < shown)
        {
            _place.Add(new Counterexample(place, []));
        }
    }

    /// <summary>Those that are too many; of a share that is too small, those that lessen it. What a count lacks is not there.</summary>
    public override IEnumerable<Counterexample> Of(Int128 number) => aggregate.IsTooMuch(number) ? _counted
        : aggregate.Function == FilterAggregateFunction.Ratio ? _passedOver
        : [];
}
