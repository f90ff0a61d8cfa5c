using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>Events in the busiest ten seconds, to a tenth of a second; told in order. One that is told late counts from then on.</summary>
internal sealed class BusiestSpan
{
    /// <summary>Nanoseconds.</summary>
    public const long Length = Steps * Step;

    private const long Step = Timestamp.NanosecondsPerSecond / 10;
    private const int Steps = 100;

    private readonly int[] _counts = new int[Steps];
    private long _newest = long.MinValue;
    private long _sum;

    public long Most { get; private set; }

    public void Add(Timestamp at)
    {
        var step = at.Nanoseconds / Step;
        if (step > _newest)
        {
            for (var passed = long.Max(_newest, step - Steps) + 1; passed <= step; passed++)
            {
                ref var count = ref _counts[PlaceOf(passed)];
                (_sum, count) = (_sum - count, 0);
            }

            _newest = step;
        }

        _counts[PlaceOf(_newest)]++;
        Most = long.Max(Most, ++_sum);
    }

    private static int PlaceOf(long step) => (int)(((step % Steps) + Steps) % Steps);
}
