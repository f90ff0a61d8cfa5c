using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>Where a client's ports to one server endpoint are going. Durations are nanoseconds.</summary>
/// <param name="Peak">Ports taken at the end of a part of the course, at most.</param>
/// <param name="PeakAt">When.</param>
/// <param name="Rate">Connections a second that end in the client's TIME-WAIT, thousandths, in the busiest ten seconds.</param>
/// <param name="Steady">
/// Ports that this rate keeps in TIME-WAIT once it has lasted as long as TIME-WAIT does: rate × TIME-WAIT (Little's law). Where
/// the client was seen to take ports out of TIME-WAIT, no longer than it was seen to need.
/// </param>
/// <param name="Limit">Ports that there are.</param>
/// <param name="MostRate">Connections a second that these ports allow, thousandths: limit / TIME-WAIT.</param>
/// <param name="Exhausted">From the first connection at this rate until no port is free; -1 where that never happens.</param>
public sealed record PortForecast(
    long Peak, Timestamp PeakAt, long Rate, long Steady, long Limit, long TimeWait, long MostRate, long Exhausted)
{
    private const long Second = Timestamp.NanosecondsPerSecond;
    private const long Window = 10;

    /// <summary>Taken at once, of the limit; thousandths.</summary>
    public long Reached => Limit == 0 ? 0 : Peak * 1000 / Limit;

    /// <summary>The worse of what was reached and what the rate leads to, of the limit; thousandths.</summary>
    public long Utilisation => Limit == 0 ? 0 : long.Max(Peak, Steady) * 1000 / Limit;

    public static PortForecast Of(PortUse use, long ports, long timeWait)
    {
        var course = use.Course();
        var (peak, peakAt) = (0L, use.First);
        foreach (var moment in course.Moments)
        {
            (peak, peakAt) = moment.Taken > peak ? (moment.Taken, moment.Time) : (peak, peakAt);
        }

        var rate = BusiestRate(course, use);
        var kept = use.ShortestWait < 0 ? timeWait : long.Min(timeWait, use.ShortestWait);
        var steady = (long)((Int128)rate * kept / Second / 1000);
        var open = rate == 0 ? 0 : course.Moments.Max(moment => moment.Open);
        return new PortForecast(
            peak,
            peakAt,
            rate,
            steady + open,
            ports,
            timeWait,
            timeWait == 0 ? 0 : (long)((Int128)ports * Second * 1000 / timeWait),
            rate > 0 && steady + open > ports ? (long)((Int128)long.Max(0, ports - open) * Second * 1000 / rate) : -1);
    }

    /// <summary>Over ten seconds, or over all that there is where it is less; never over less than one.</summary>
    private static long BusiestRate(PortCourse course, PortUse use)
    {
        var parts = (int)long.Max(1, Window * Second / course.Step);
        var (sum, most) = (0L, 0L);
        for (var at = 0; at < course.Moments.Count; at++)
        {
            sum += course.Moments[at].Held;
            sum -= at >= parts ? course.Moments[at - parts].Held : 0;
            most = long.Max(most, sum);
        }

        var span = long.Min(parts * course.Step, long.Max(Second, use.Last.Since(use.First)));
        return (long)((Int128)most * Second * 1000 / span);
    }
}
