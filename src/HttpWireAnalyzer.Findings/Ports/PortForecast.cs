using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>Where a client's ports to one server endpoint are going. Durations are nanoseconds.</summary>
/// <param name="Peak">Ports taken at once, at most.</param>
/// <param name="PeakAt">When.</param>
/// <param name="Rate">
/// Connections a second that end in the client's TIME-WAIT, thousandths, of those that began in the busiest ten seconds; 0 where
/// these are too few to tell.
/// </param>
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

    /// <summary>Fewer than one in two seconds tell of no load that goes on.</summary>
    private const long FewestForRate = 5;

    /// <summary>Taken at once, of the limit; thousandths.</summary>
    public long Reached => Limit == 0 ? 0 : Peak * 1000 / Limit;

    /// <summary>The worse of what was reached and what the rate leads to, of the limit; thousandths.</summary>
    public long Utilisation => Limit == 0 ? 0 : long.Max(Peak, Steady) * 1000 / Limit;

    public static PortForecast Of(PortUse use, long ports, long timeWait)
    {
        var rate = BusiestRate(use);
        var kept = use.ShortestWait < 0 ? timeWait : long.Min(timeWait, use.ShortestWait);
        var steady = (long)((Int128)rate * kept / Second / 1000);
        var open = rate == 0 ? 0 : use.Course().Moments.Max(moment => moment.Open);
        return new PortForecast(
            use.Most,
            use.MostAt,
            rate,
            steady + open,
            ports,
            timeWait,
            timeWait == 0 ? 0 : (long)((Int128)ports * Second * 1000 / timeWait),
            rate > 0 && steady + open > ports ? (long)((Int128)long.Max(0, ports - open) * Second * 1000 / rate) : -1);
    }

    /// <summary>Over ten seconds, or over all that there is where it is less; never over less than one.</summary>
    private static long BusiestRate(PortUse use)
    {
        var span = long.Min(BusiestSpan.Length, long.Max(Second, use.Last.Since(use.First)));
        return use.Busiest < FewestForRate ? 0 : (long)((Int128)use.Busiest * Second * 1000 / span);
    }
}
