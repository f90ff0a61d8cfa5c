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

    private readonly List<IdleClose> _closes = [];
    private readonly List<Timestamp> _cuts = [];
    private readonly int _mostSamples;

    /// <summary>Null where more has come since they were looked for.</summary>
    private Drains? _drains;

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

    /// <param name="isAnnounced">The idle time is the one that this endpoint had announced.</param>
    internal void Close(in IdleSpan span, int connection, bool isAnnounced = false)
    {
        if (_closes.Count < _mostSamples)
        {
            _closes.Add(new IdleClose(span, connection, isAnnounced));
            _drains = null;
        }
    }

    /// <summary>It ended a connection on which it owed an answer: what it closes with it, it closes because it ends itself.</summary>
    internal void Cut(Timestamp time)
    {
        if (_cuts.Count < _mostSamples)
        {
            _cuts.Add(time);
            _drains = null;
        }
    }

    /// <summary>Null where no idle connection was closed in a way that tells of a timer.</summary>
    public IdleEstimate? Estimate()
    {
        var samples = Drained.Others;
        if (samples.Count == 0)
        {
            return null;
        }

        samples.Sort((a, b) => a.Span.Length.CompareTo(b.Span.Length));
        samples = WithoutStrays(samples);
        var middle = samples[samples.Count / 2];
        var median = middle.Span.Length;
        var deviations = samples.Select(sample => long.Abs(sample.Span.Length - median)).Order().ToArray();
        var deviation = deviations[samples.Count / 2];
        var groups = IdleGroups.Of(samples);
        var isContradicted = LongestSurvived.Length > samples[^1].Span.Length + IdleEstimate.GraceOf(median);
        return new IdleEstimate(
            groups,
            LongestSurvived.Length >= Shortest && LongestSurvived.Length < samples[0].Span.Length ? LongestSurvived : default,
            isContradicted ? LongestSurvived : default,
            samples[0],
            middle,
            samples[^1],
            deviation,
            samples.Count,
            isContradicted || deviation > IdleEstimate.AlikeWithin(median) ? Confidence.Possible
                : Agreeing(samples, groups, median) >= IdleEstimate.Enough ? Confidence.Certain
                : Confidence.Likely);
    }

    /// <summary>
    /// One of ten closes may have another reason than the timer of the others, as a worker that is killed has: where those agree
    /// to a few milliseconds, it tells nothing of that timer.
    /// </summary>
    /// <param name="samples">In order of length.</param>
    private static List<IdleClose> WithoutStrays(List<IdleClose> samples)
    {
        var median = samples[samples.Count / 2].Span.Length;
        var near = samples.Where(sample => long.Abs(sample.Span.Length - median) <= IdleEstimate.Exact).ToList();
        return samples.Count - near.Count <= int.Max(1, samples.Count / 10) && near.Count >= 2 * IdleEstimate.Enough ? near : samples;
    }

    /// <inheritdoc cref="Drains.IsAt"/>
    public bool IsDrain(Timestamp time) => Drained.IsAt(time);

    private Drains Drained => _drains ??= new Drains(_closes, _cuts);

    /// <summary>Closes that one timer explains, or two; 0 where it leaves more than one of ten to explain.</summary>
    private static int Agreeing(List<IdleClose> samples, IdleGroups? groups, long median)
    {
        var agreeing = samples.Count(sample => groups is null
            ? IsNear(sample, median)
            : IsNear(sample, groups.Low) || IsNear(sample, groups.High));
        return agreeing * 10 >= samples.Count * 9 ? agreeing : 0;
    }

    private static bool IsNear(in IdleClose sample, long timeout) =>
        long.Abs(sample.Span.Length - timeout) <= IdleEstimate.GraceOf(timeout);
}

/// <summary>Time without anything outstanding.</summary>
/// <param name="Length">Nanoseconds.</param>
/// <param name="From">The end of the last message.</param>
/// <param name="To">What ended it: a request, a FIN or a RST.</param>
public readonly record struct IdleSpan(long Length, PacketRef From, PacketRef To);

/// <summary>A connection that was closed while idle.</summary>
/// <param name="IsAnnounced">After the time that the closer had announced.</param>
public readonly record struct IdleClose(IdleSpan Span, int Connection, bool IsAnnounced = false)
{
    /// <summary>When the idleness began, as it was measured.</summary>
    public Timestamp Begin => Span.To.Time.Plus(-Span.Length);
}

/// <summary>An idle timeout, inferred. Durations are nanoseconds.</summary>
/// <param name="Groups">Null where one timeout explains all closes.</param>
/// <param name="Survived">The longest idle time below it that was survived; none where none was.</param>
/// <param name="Outlived">One beyond all closes that was survived: no timer alone explains them; none where none was.</param>
/// <param name="Shortest">The shortest idle close: the timeout is not longer.</param>
/// <param name="Middle">Half of the closes came after shorter idle times.</param>
/// <param name="Deviation">Median of the distances from the median.</param>
public sealed record IdleEstimate(
    IdleGroups? Groups, IdleSpan Survived, IdleSpan Outlived, IdleClose Shortest, IdleClose Middle, IdleClose Longest, long Deviation, int Samples, Confidence Confidence)
{
    /// <summary>What a timer of exact aim spreads over on a host that has other work.</summary>
    internal const long Exact = 50_000_000;

    /// <summary>So many closes that agree are no accident; of fewer the spread tells nothing.</summary>
    internal const int Enough = 3;

    public long Median => Middle.Span.Length;

    /// <summary>
    /// How seldom the timer must look to explain how far the closes lie apart: a quarter of a second, or a second. 0 where
    /// they agree, are too few, or lie further apart.
    /// </summary>
    public long Grain
    {
        get
        {
            var spread = Longest.Span.Length - Shortest.Span.Length;
            return Samples < Enough || spread <= Exact ? 0
                : spread <= Timestamp.NanosecondsPerSecond / 4 ? Timestamp.NanosecondsPerSecond / 4
                : spread <= Timestamp.NanosecondsPerSecond ? Timestamp.NanosecondsPerSecond
                : 0;
        }
    }

    /// <summary>
    /// The timer may have been due after so long: no timer is early, but by what is not known of it, and by what a request and the
    /// answer before it were on their way; a busy host may be late.
    /// </summary>
    /// <param name="idle">As the client had it, nanoseconds.</param>
    public bool MayBeDue(long idle, long roundTrip)
    {
        var isExact = Samples >= Enough && Longest.Span.Length - Shortest.Span.Length <= Exact;
        var early = isExact ? Exact : long.Min(Timestamp.NanosecondsPerSecond, Median / 10);
        return idle >= Shortest.Span.Length - early - roundTrip && idle <= Longest.Span.Length + GraceOf(Median);
    }

    /// <summary>How far idle times of one timer lie apart, mostly; nanoseconds.</summary>
    internal static long AlikeWithin(long timeout) => long.Max(Timestamp.NanosecondsPerSecond / 4, timeout / 20);

    /// <summary>What a timer's grain and a busy host add to a timeout, nanoseconds.</summary>
    internal static long GraceOf(long timeout) => long.Max(Timestamp.NanosecondsPerSecond, timeout / 10);
}
