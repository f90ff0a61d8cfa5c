using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The records for which an aggregate is not as expected.</summary>
internal abstract class AggregateEvidence
{
    /// <summary>Null for what is of all records: a sum, a mean, a count without a condition.</summary>
    /// <param name="shown">So many are told.</param>
    public static AggregateEvidence? For(BoundAggregate aggregate, int shown) =>
        ValueHolders.HasThem(aggregate) ? new ValueHolders(aggregate, shown)
        : CountedRecords.HasThem(aggregate) ? new CountedRecords(aggregate, shown)
        : null;

    /// <summary>A record that is selected; true where <see cref="Add"/> is to follow, though no aggregate needs to read it.</summary>
    /// <param name="fits">It is one of <see cref="BoundAggregate.Which"/>.</param>
    public virtual bool Take(bool fits) => false;

    /// <summary>The record that was taken, if any aggregate wants it.</summary>
    /// <param name="record">Whose values have been read.</param>
    public abstract void Add(FieldReader record, in RecordPlace place);

    /// <param name="number">What the aggregate is, which is against the expectation.</param>
    public abstract IEnumerable<Counterexample> Of(Int128 number);
}
