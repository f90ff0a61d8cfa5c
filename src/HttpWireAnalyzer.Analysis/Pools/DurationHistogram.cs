using System.Numerics;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// Counts durations in classes of 1/16 of their power of two, so that a median costs no list: it is right to within
/// 1/32 of its value, about 3 %.
/// </summary>
internal struct DurationHistogram
{
    private const int ClassBits = 4;
    private const int Classes = 1 << ClassBits;

    /// <summary>By power of two; a row is made when something falls into it.</summary>
    private int[]?[]? _rows;
    private long _count;
    private long _min;
    private long _max;
    private WideSum _sum;

    /// <summary>Nanoseconds; -1 without any.</summary>
    public readonly long Min => _count == 0 ? -1 : _min;

    public readonly long Max => _count == 0 ? -1 : _max;

    public readonly long Mean => _count == 0 ? -1 : (long)decimal.Truncate(_sum.Value / _count);

    /// <param name="duration">Nanoseconds; below 0, where the capture runs backwards, counts as 0.</param>
    public void Add(long duration)
    {
        duration = long.Max(0, duration);
        _min = _count == 0 ? duration : long.Min(_min, duration);
        _max = long.Max(_max, duration);
        _sum.Add((ulong)duration);
        _count++;
        var power = BitOperations.Log2((ulong)duration | Classes) - ClassBits;
        _rows ??= new int[]?[64 - ClassBits];
        var row = _rows[power] ??= new int[2 * Classes];
        row[(int)(duration >> power)]++;
    }

    /// <summary>The lower median: at most half of the durations are shorter; -1 without any.</summary>
    public readonly long Median()
    {
        var before = (_count + 1) / 2;
        for (var power = 0; _rows is not null && power < _rows.Length; power++)
        {
            for (var at = 0; _rows[power] is { } row && at < row.Length; at++)
            {
                before -= row[at];
                if (before <= 0 && row[at] > 0)
                {
                    // The middle of the class.
                    return long.Clamp(((long)at << power) + ((1L << power) / 2), _min, _max);
                }
            }
        }

        return -1;
    }
}
