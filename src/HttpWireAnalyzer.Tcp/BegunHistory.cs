using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>How many connections had begun by each of the last seconds of capture time.</summary>
internal sealed class BegunHistory
{
    /// <summary>Seconds remembered, a power of two: more than <see cref="TrackerLimits.ClosedRetention"/>.</summary>
    private const int Seconds = 256;

    private readonly long[] _begun = new long[Seconds];
    private long _now = long.MinValue;

    public void Note(Timestamp tick, long begun)
    {
        var second = SecondOf(tick);
        var first = _now == long.MinValue ? second : long.Max(_now + 1, second - Seconds + 1);
        for (var at = first; at <= second; at++)
        {
            _begun[at & (Seconds - 1)] = begun;
        }

        _now = long.Max(_now, second);
    }

    /// <summary>Connections begun since the tick after <paramref name="time"/>; all of them where that is forgotten.</summary>
    public long Since(Timestamp time)
    {
        var latest = _begun[_now & (Seconds - 1)];
        var second = SecondOf(time) + 1;
        return second > _now ? 0 : latest - (second > _now - Seconds ? _begun[second & (Seconds - 1)] : 0);
    }

    private static long SecondOf(Timestamp time) =>
        long.DivRem(time.Nanoseconds, Timestamp.NanosecondsPerSecond).Quotient;
}
