using System.Diagnostics;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Sums one aggregate up, record by record.</summary>
public sealed class AggregateTally(BoundAggregate aggregate)
{
    /// <summary>Values kept for a percentile: exact up to here, and no answer beyond.</summary>
    public const int MostValues = 4 << 20;

    /// <summary>Different values that are told apart.</summary>
    public const int MostDistinct = 1 << 20;

    private readonly List<long> _values = [];
    private readonly HashSet<FieldValue> _distinct = [];
    private long _records;
    private long _fitting;
    private long _count;
    private Int128 _sum;
    private Int128 _least = Int128.MaxValue;
    private Int128 _most = Int128.MinValue;
    private bool _tooMany;

    private bool IsPercentile => aggregate.Function == FilterAggregateFunction.Percentile;

    /// <param name="fits">The record is one of <see cref="BoundAggregate.Which"/>.</param>
    public void Add(bool fits)
    {
        _records++;
        _fitting += fits ? 1 : 0;
    }

    /// <summary>The record's values of the aggregate's fields: of every record that is added.</summary>
    public void Add(FieldReader record)
    {
        foreach (var (field, value) in record.Values)
        {
            if (aggregate.Fields.Contains(field))
            {
                Add(value);
            }
        }
    }

    /// <param name="span">How long the capture lasts, in nanoseconds.</param>
    public AggregateValue Value(long span) => _tooMany ? new AggregateValue(null, TooMany: true) : new AggregateValue(NumberOf(span));

    private Int128? NumberOf(long span) => aggregate.Function switch
    {
        FilterAggregateFunction.Count => _fitting,
        FilterAggregateFunction.Ratio => _records == 0 ? null : (Int128)_fitting * FieldScale.Ratio / _records,
        FilterAggregateFunction.Rate => span <= 0
            ? null
            : (Int128)_fitting * Timestamp.NanosecondsPerSecond * FieldScale.Mean / span,
        FilterAggregateFunction.Distinct => _distinct.Count,
        _ when _count == 0 => null,
        FilterAggregateFunction.Min => _least,
        FilterAggregateFunction.Max => _most,
        FilterAggregateFunction.Sum => _sum,
        FilterAggregateFunction.Avg => Mean(),
        FilterAggregateFunction.Percentile => Percentile(),
        _ => throw new UnreachableException(),
    };

    private void Add(FieldValue value)
    {
        if (aggregate.Function == FilterAggregateFunction.Distinct)
        {
            _tooMany |= !_distinct.Contains(value) && _distinct.Count == MostDistinct;
            if (!_tooMany)
            {
                _distinct.Add(value);
            }

            return;
        }

        _count++;
        _sum += value.Number;
        _least = Int128.Min(_least, value.Number);
        _most = Int128.Max(_most, value.Number);
        if (IsPercentile)
        {
            _tooMany |= _values.Count == MostValues;
            if (!_tooMany)
            {
                // Every number of a field fits: addresses and texts have no percentiles.
                _values.Add((long)value.Number);
            }
        }
    }

    /// <summary>To the nearest unit below; a count gets four decimals.</summary>
    private Int128 Mean() => (aggregate.Kind == FieldKind.Mean && !aggregate.Fields.Any(field => field.Kind == FieldKind.Mean)
        ? _sum * FieldScale.Mean
        : _sum) / _count;

    /// <summary>The value at rank ⌈p / 100 · n⌉.</summary>
    private long Percentile()
    {
        _values.Sort();
        return _values[(int)decimal.Ceiling(aggregate.Percent * _values.Count / 100) - 1];
    }
}
