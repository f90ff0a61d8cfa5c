using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// The course of a pool in equal parts of time: the most connections open, and busy, in each. When time outgrows it,
/// parts merge in pairs and last twice as long; so the same turns give the same line, however they came.
/// </summary>
internal struct TimeLine(int limit, Timestamp origin)
{
    /// <summary>What a part lasts at first, nanoseconds: below the round trip of most networks.</summary>
    private const ulong FirstStep = 1_000_000;

    private readonly List<Part> _parts = [];
    private ulong _step = FirstStep;

    /// <summary>The part that time has come to, not yet in the list; it ends after so many nanoseconds from the origin.</summary>
    private Part _current;
    private ulong _currentEnd = FirstStep;

    /// <summary>The counts held from one time up to another, not before it; times never go back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hold(Timestamp from, Timestamp to, int open, int busy)
    {
        var last = OffsetOf(to) - (to > from ? 1UL : 0);
        if (last >= _currentEnd)
        {
            PassTo(last, from, open, busy);
        }

        _current.Hold(open, busy);
    }

    public readonly PoolTimeLine Record()
    {
        Part[] parts = [.. _parts, _current];
        return new PoolTimeLine((long)_step, [.. parts.Select(part => part.Open)], [.. parts.Select(part => part.Busy)]);
    }

    /// <summary>One that goes on without this one.</summary>
    public readonly TimeLine Copy()
    {
        var copy = new TimeLine(limit, origin) { _step = _step, _current = _current, _currentEnd = _currentEnd };
        copy._parts.AddRange(_parts);
        return copy;
    }

    private readonly ulong OffsetOf(Timestamp time) => unchecked((ulong)time.Since(origin));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PassTo(ulong last, Timestamp from, int open, int busy)
    {
        while (last >= _currentEnd && _currentEnd < ulong.MaxValue)
        {
            // Those that ended before this began are as they are.
            if (OffsetOf(from) < _currentEnd)
            {
                _current.Hold(open, busy);
            }

            PassOn();
        }
    }

    private void PassOn()
    {
        _parts.Add(_current);
        _current = default;
        if (_parts.Count == limit)
        {
            for (var i = 0; i < limit / 2; i++)
            {
                var part = _parts[2 * i];
                part.Hold(_parts[(2 * i) + 1].Open, _parts[(2 * i) + 1].Busy);
                _parts[i] = part;
            }

            _parts.RemoveRange(limit / 2, limit / 2);
            _step *= 2;
        }

        _currentEnd = (ulong)UInt128.Min(ulong.MaxValue, Math.BigMul((ulong)_parts.Count + 1, _step));
    }

    /// <summary>The most in one part.</summary>
    private struct Part
    {
        public int Open;
        public int Busy;

        public void Hold(int open, int busy)
        {
            if (open > Open)
            {
                Open = open;
            }

            if (busy > Busy)
            {
                Busy = busy;
            }
        }
    }
}
