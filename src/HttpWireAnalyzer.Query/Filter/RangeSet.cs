using System.Diagnostics;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// Numbers between bounds, both included. Every ordered value is one number: counts, nanoseconds, billionths of a
/// ratio, addresses in network order.
/// </summary>
internal sealed class RangeSet
{
    private readonly NumberRange[] _ranges;

    public RangeSet(IEnumerable<NumberRange> ranges)
    {
        var merged = new List<NumberRange>();
        foreach (var range in ranges.Where(range => range.Low <= range.High).OrderBy(range => range.Low))
        {
            if (merged.Count > 0 && range.Low <= merged[^1].High)
            {
                merged[^1] = merged[^1] with { High = Int128.Max(merged[^1].High, range.High) };
            }
            else
            {
                merged.Add(range);
            }
        }

        _ranges = [.. merged];
    }

    /// <summary>The numbers that compare so with any of <paramref name="value"/>: a network is many addresses.</summary>
    public static RangeSet Of(FilterOperator comparison, NumberRange value) => new(comparison switch
    {
        FilterOperator.Equal => [value],
        FilterOperator.NotEqual => [.. Below(value.Low), .. Above(value.High)],
        FilterOperator.Less => Below(value.Low),
        FilterOperator.LessOrEqual => [value with { Low = Int128.MinValue }],
        FilterOperator.Greater => Above(value.High),
        FilterOperator.GreaterOrEqual => [value with { High = Int128.MaxValue }],
        _ => throw new UnreachableException(),
    });

    /// <summary>It has a number that is not above this one.</summary>
    public bool ReachesDownTo(Int128 number) => _ranges.Length > 0 && _ranges[0].Low <= number;

    public bool Contains(Int128 number)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (number < _ranges[middle].Low)
            {
                high = middle - 1;
            }
            else if (number > _ranges[middle].High)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Order is kept: the highest bit of the address becomes the sign.</summary>
    public static Int128 NumberOf(Address address) => NumberOf(new UInt128(address.High, address.Low));

    /// <param name="address">In network order.</param>
    public static Int128 NumberOf(UInt128 address) => unchecked((Int128)(address ^ ((UInt128)1 << 127)));

    private static NumberRange[] Below(Int128 bound) =>
        bound == Int128.MinValue ? [] : [new NumberRange(Int128.MinValue, bound - 1)];

    private static NumberRange[] Above(Int128 bound) =>
        bound == Int128.MaxValue ? [] : [new NumberRange(bound + 1, Int128.MaxValue)];
}

/// <summary>Both included.</summary>
internal readonly record struct NumberRange(Int128 Low, Int128 High);
