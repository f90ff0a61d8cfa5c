using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>The clock that the kernel stamps packets with.</summary>
internal static class LiveClock
{
    private const long NanosecondsPerTick = 100;

    public static Timestamp Now => new((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * NanosecondsPerTick);
}
