using System.Numerics;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>How many connections had begun by each of the last ticks of capture time.</summary>
internal sealed class BegunHistory
{
    /// <summary>Steps remembered; where that is less than the ticks of the horizon, a step is several.</summary>
    private const int MostSteps = 1 << 12;

    private readonly long[] _begun;
    private readonly long _step;
    private long _now = long.MinValue;
    private long _latest;

    /// <param name="horizon">Nanoseconds for which it remembers.</param>
    /// <param name="tick">Nanoseconds from one tick to the next.</param>
    public BegunHistory(long horizon, long tick)
    {
        _step = long.Max(tick, horizon / (MostSteps - 2));
        _begun = new long[BitOperations.RoundUpToPowerOf2((uint)(horizon / _step) + 2)];
    }

    public void Note(Timestamp tick, long begun)
    {
        var step = StepOf(tick);
        if (step < _now)
        {
            // The clock was set back: the steps are others, and none is remembered.
            Array.Clear(_begun);
            _now = long.MinValue;
        }

        var first = _now == long.MinValue ? step : long.Max(_now + 1, step - _begun.Length + 1);
        for (var at = first; at <= step; at++)
        {
            _begun[at & (_begun.Length - 1)] = begun;
        }

        _now = step;
        _latest = begun;
    }

    /// <summary>Connections begun since the tick after <paramref name="time"/>; all of them where that is forgotten.</summary>
    public long Since(Timestamp time)
    {
        var step = StepOf(time) + 1;
        return step > _now ? 0 : _latest - (step > _now - _begun.Length ? _begun[step & (_begun.Length - 1)] : 0);
    }

    private long StepOf(Timestamp time) => time.Nanoseconds / _step;
}
