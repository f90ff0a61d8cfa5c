using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Live;

/// <summary>The limits of an analysis that goes on for days and tells of a close at once.</summary>
public static class LiveLimits
{
    private const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>
    /// A closed connection leaves after 0.3 s of silence, which the first retransmission after 200 ms (Linux) still
    /// reaches, and is remembered for as long as Linux holds TIME-WAIT: what comes later is counted as late. A quarter
    /// of a gibibyte of open connections.
    /// </summary>
    public static readonly TrackerLimits Tracker = new()
    {
        Tick = 100 * Millisecond,
        ClosedGrace = 300 * Millisecond,
        ClosedKept = 0,
        ClosedRetention = 60 * Timestamp.NanosecondsPerSecond,
        MostConnections = 262_144,
        MostUnanswered = 65_536,
    };
}
