using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// The course of a pool in equal parts of time: the most connections open, and busy, in each. When time outgrows it,
/// parts merge in pairs and last twice as long; so the same turns give the same line, however they came.
/// </summary>
internal sealed class TimeLine(int parts, Timestamp origin)
{
    /// <summary>What a part lasts at first, nanoseconds: below the round trip of most networks.</summary>
    private const ulong FirstStep = 1_000_000;

    private ulong _step = FirstStep;
    private (int Open, int Busy)[] _parts = new (int, int)[4];
    private int _count;

    /// <summary>What a part lasts, nanoseconds.</summary>
    public long Step => (long)_step;

    public IReadOnlyList<int> Open => [.. _parts.Take(_count).Select(part => part.Open)];

    public IReadOnlyList<int> Busy => [.. _parts.Take(_count).Select(part => part.Busy)];

    /// <summary>The counts held from one time up to another, not before it; times never go back.</summary>
    public void Hold(Timestamp from, Timestamp to, int open, int busy)
    {
        var until = to > from ? to.Plus(-1) : from;
        var last = PartOf(until);
        while (last >= (ulong)parts)
        {
            Merge();
            last = PartOf(until);
        }

        var first = (int)PartOf(from);
        Reserve((int)last + 1);
        for (var i = first; i <= (int)last; i++)
        {
            ref var part = ref _parts[i];
            part.Open = int.Max(part.Open, open);
            part.Busy = int.Max(part.Busy, busy);
        }
    }

    private ulong PartOf(Timestamp time) => time < origin ? 0 : unchecked((ulong)time.Since(origin)) / _step;

    private void Reserve(int count)
    {
        _count = int.Max(_count, count);
        if (_count > _parts.Length)
        {
            Array.Resize(ref _parts, int.Min(parts, int.Max(_count, 2 * _parts.Length)));
        }
    }

    private void Merge()
    {
        var merged = (_count + 1) / 2;
        for (var i = 0; i < merged; i++)
        {
            var one = _parts[2 * i];
            var other = (2 * i) + 1 < _count ? _parts[(2 * i) + 1] : default;
            _parts[i] = (int.Max(one.Open, other.Open), int.Max(one.Busy, other.Busy));
        }

        Array.Clear(_parts, merged, _parts.Length - merged);
        _count = merged;
        _step *= 2;
    }
}
