using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>Idle closes of one endpoint that fall into two groups: two timeouts behind one address.</summary>
/// <param name="Low">Median of the shorter ones, nanoseconds.</param>
/// <param name="High">Median of the longer ones.</param>
public sealed record IdleGroups(long Low, int LowSamples, long High, int HighSamples)
{
    /// <summary>One close may have had a reason of its own: a group has two at least.</summary>
    private const int Least = 2;

    /// <summary>Cuts at the widest gap. Null where no gap is more than twice as wide as either group.</summary>
    /// <param name="samples">Shortest first.</param>
    internal static IdleGroups? Of(List<IdleClose> samples)
    {
        var (cut, widest) = (0, 0L);
        for (var at = Least; at <= samples.Count - Least; at++)
        {
            var gap = samples[at].Span.Length - samples[at - 1].Span.Length;
            (cut, widest) = gap > widest ? (at, gap) : (cut, widest);
        }

        if (cut == 0)
        {
            return null;
        }

        var low = samples[cut - 1].Span.Length - samples[0].Span.Length;
        var high = samples[^1].Span.Length - samples[cut].Span.Length;
        var isWide = widest > Timestamp.NanosecondsPerSecond && widest > 2 * long.Max(low, high);
        return isWide
            ? new IdleGroups(
                samples[cut / 2].Span.Length, cut, samples[cut + ((samples.Count - cut) / 2)].Span.Length, samples.Count - cut)
            : null;
    }
}
