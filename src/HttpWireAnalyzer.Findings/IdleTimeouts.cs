using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// What the closes of one endpoint say about its idle timeout: it lies between the longest idle time that was survived
/// and the shortest that was not.
/// </summary>
public sealed class IdleTimeouts
{
    /// <summary>Nanoseconds: what closes sooner after an answer is no timer.</summary>
    internal const long Shortest = Timestamp.NanosecondsPerSecond / 2;

    /// <summary>Closes that come together and whose idle times do not agree are a restart, not a timer.</summary>
    private const long DrainWindow = Timestamp.NanosecondsPerSecond;
    private const int DrainCloses = 3;

    private readonly List<IdleClose> _closes = [];
    private readonly int _mostSamples;

    internal IdleTimeouts(FindingLimits limits) => _mostSamples = limits.IdleSamples;

    /// <summary>The longest idle time after which a request was still answered; none without one.</summary>
    public IdleSpan LongestSurvived { get; private set; }

    public IReadOnlyList<IdleClose> Closes => _closes;

    internal void Survive(in IdleSpan span)
    {
        if (span.Length > LongestSurvived.Length)
        {
            LongestSurvived = span;
        }
    }

    internal void Close(in IdleSpan span, int connection)
    {
        if (_closes.Count < _mostSamples)
        {
            _closes.Add(new IdleClose(span, connection));
        }
    }

    /// <summary>Null where no idle connection was closed in a way that tells of a timer.</summary>
    public IdleEstimate? Estimate()
    {
        var samples = WithoutDrains();
        if (samples.Count == 0)
        {
            return null;
        }

        samples.Sort((a, b) => a.Span.Length.CompareTo(b.Span.Length));
        var median = samples[samples.Count / 2].Span.Length;
        var deviations = samples.Select(sample => long.Abs(sample.Span.Length - median)).Order().ToArray();
        var deviation = deviations[samples.Count / 2];
        var agrees = deviation <= long.Max(Timestamp.NanosecondsPerSecond / 4, median / 20);
        var isContradicted = LongestSurvived.Length > samples[^1].Span.Length + IdleEstimate.GraceOf(median);
        return new IdleEstimate(
            IdleGroups.Of(samples),
            LongestSurvived.Length >= Shortest && LongestSurvived.Length < samples[0].Span.Length ? LongestSurvived : default,
            isContradicted ? LongestSurvived : default,
            samples[0],
            samples[^1],
            median,
            deviation,
            samples.Count,
            !agrees || isContradicted ? Confidence.Possible : samples.Count >= 3 ? Confidence.Certain : Confidence.Likely);
    }

    /// <summary>The endpoint closed several connections then whose idle times do not agree: it was restarted, or drained.</summary>
    public bool IsDrain(Timestamp time)
    {
        var near = _closes.Where(close => long.Abs(close.Span.To.Time.Since(time)) <= DrainWindow).ToList();
        return near.Count >= DrainCloses && Spread.Of(near, 0, near.Count - 1).Disagrees;
    }

    private List<IdleClose> WithoutDrains()
    {
        var byTime = _closes.OrderBy(close => close.Span.To.Time).ToList();
        var drained = new bool[byTime.Count];
        var spread = Spread.None;
        for (var (first, last) = (0, 0); last < byTime.Count; last++)
        {
            var before = first;
            while (byTime[last].Span.To.Time.Since(byTime[first].Span.To.Time) > DrainWindow)
            {
                first++;
            }

            // Looked through again only where some have left the window.
            spread = first == before ? spread.With(byTime[last]) : Spread.Of(byTime, first, last);
            if (last - first + 1 >= DrainCloses && spread.Disagrees)
            {
                drained.AsSpan(first, last - first + 1).Fill(true);
            }
        }

        return [.. byTime.Where((_, at) => !drained[at])];
    }

    /// <summary>How far idle times lie apart.</summary>
    private readonly record struct Spread(long Least, long Most)
    {
        /// <summary>Of no idle times yet.</summary>
        public static Spread None => new(long.MaxValue, 0);

        public bool Disagrees => Most - Least > long.Max(Timestamp.NanosecondsPerSecond, Most / 10);

        public static Spread Of(List<IdleClose> closes, int first, int last)
        {
            var spread = None;
            for (var at = first; at <= last; at++)
            {
                spread = spread.With(closes[at]);
            }

            return spread;
        }

        public Spread With(in IdleClose close) => new(long.Min(Least, close.Span.Length), long.Max(Most, close.Span.Length));
    }
}

/// <summary>Time without anything outstanding.</summary>
/// <param name="Length">Nanoseconds.</param>
/// <param name="From">The end of the last message.</param>
/// <param name="To">What ended it: a request, a FIN or a RST.</param>
public readonly record struct IdleSpan(long Length, PacketRef From, PacketRef To);

/// <summary>A connection that was closed while idle.</summary>
public readonly record struct IdleClose(IdleSpan Span, int Connection);

/// <summary>An idle timeout, inferred. Durations are nanoseconds.</summary>
/// <param name="Groups">Null where one timeout explains all closes.</param>
/// <param name="Survived">The longest idle time below it that was survived; none where none was.</param>
/// <param name="Outlived">One beyond all closes that was survived: no timer alone explains them; none where none was.</param>
/// <param name="Shortest">The shortest idle close: the timeout is not longer.</param>
/// <param name="Deviation">Median of the distances from the median.</param>
public sealed record IdleEstimate(
    IdleGroups? Groups, IdleSpan Survived, IdleSpan Outlived, IdleClose Shortest, IdleClose Longest, long Median, long Deviation, int Samples, Confidence Confidence)
{
    /// <summary>What a timer of exact aim spreads over on a host that has other work.</summary>
    private const long Exact = 50_000_000;

    /// <summary>With fewer closes the spread tells of nothing.</summary>
    private const int FewestWithGrain = 3;

    /// <summary>
    /// How seldom the timer must look to explain how far the closes lie apart: a quarter of a second, or a second. 0 where
    /// they agree, are too few, or lie further apart.
    /// </summary>
    public long Grain
    {
        get
        {
            var spread = Longest.Span.Length - Shortest.Span.Length;
            return Samples < FewestWithGrain || spread <= Exact ? 0
                : spread <= Timestamp.NanosecondsPerSecond / 4 ? Timestamp.NanosecondsPerSecond / 4
                : spread <= Timestamp.NanosecondsPerSecond ? Timestamp.NanosecondsPerSecond
                : 0;
        }
    }

    /// <summary>Within the interval, give or take what a timer's grain and a busy host add.</summary>
    public bool Contains(long idle)
    {
        var grace = GraceOf(Median);
        return idle >= Shortest.Span.Length - grace && idle <= Longest.Span.Length + grace;
    }

    /// <summary>What a timer's grain and a busy host add to a timeout, nanoseconds.</summary>
    internal static long GraceOf(long timeout) => long.Max(Timestamp.NanosecondsPerSecond, timeout / 10);
}
