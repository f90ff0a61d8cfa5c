using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// The closes of idle connections that tell of no timer: their end closed them together, because it was restarted, told to
/// reload, or killed.
/// </summary>
/// <remarks>
/// A timer closes each connection its own time after its own last message. One that looks seldom closes several at once, as a
/// reload does; but it does so again, after idle times like these.
/// </remarks>
internal sealed class Drains
{
    /// <summary>Closes that come together and whose idle times do not agree are a restart.</summary>
    private const long Window = Timestamp.NanosecondsPerSecond;

    /// <summary>Fewer may come together by accident.</summary>
    private const int Fewest = 3;

    /// <summary>A program that ends, or closes all that it has, is done by then.</summary>
    private const long OneEvent = Timestamp.NanosecondsPerSecond / 100;

    /// <summary>The grain of timers that aim at all: a millisecond each.</summary>
    private const long TimerGrain = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>In order of their times.</summary>
    private readonly List<IdleClose> _closes;
    private readonly bool[] _isDrained;

    /// <param name="closes">Of one end.</param>
    /// <param name="cuts">When it ended connections on which it owed an answer.</param>
    public Drains(IReadOnlyList<IdleClose> closes, IReadOnlyList<Timestamp> cuts)
    {
        _closes = [.. closes.OrderBy(close => close.Span.To.Time)];
        _isDrained = new bool[_closes.Count];
        FindDisagreeing();
        FindEvents();
        FindCut(cuts);
    }

    /// <summary>The closes that are left for a timer.</summary>
    public List<IdleClose> Others => [.. _closes.Where((_, at) => !_isDrained[at])];

    /// <summary>One was under way within a second of that time.</summary>
    public bool IsAt(Timestamp time) =>
        _closes.Where((close, at) => _isDrained[at] && long.Abs(close.Span.To.Time.Since(time)) <= Window).Any();

    /// <summary>Within the window, and after idle times too far apart for one timer.</summary>
    private void FindDisagreeing()
    {
        var spread = Spread.None;
        for (var (first, last) = (0, 0); last < _closes.Count; last++)
        {
            var before = first;
            while (Between(first, last) > Window)
            {
                first++;
            }

            // Looked through again only where some have left the window.
            spread = first == before ? spread.With(_closes[last].Span.Length) : SpreadOf(first, last, close => close.Span.Length);
            if (last - first + 1 >= Fewest && spread.Width > long.Max(Window, spread.Most / 10))
            {
                _isDrained.AsSpan(first, last - first + 1).Fill(true);
            }
        }
    }

    /// <summary>Closed at once, although they had become idle one after the other, and nothing else was closed after as long.</summary>
    private void FindEvents()
    {
        for (var (first, next) = (0, 0); first < _closes.Count; first = next)
        {
            while (next < _closes.Count && Between(first, next) <= OneEvent)
            {
                next++;
            }

            var last = next - 1;
            if (last - first + 1 >= Fewest
                && SpreadOf(first, last, close => close.Begin.Nanoseconds).Width > (2 * Between(first, last)) + TimerGrain
                && !IsTimer(first, last))
            {
                FillAround(first, last);
            }
        }
    }

    /// <summary>The kernel closes what a program had open when it ends, idle or not.</summary>
    private void FindCut(IReadOnlyList<Timestamp> cuts)
    {
        var times = cuts.Select(cut => cut.Nanoseconds).Order().ToArray();
        for (var at = 0; at < _closes.Count; at++)
        {
            var time = _closes[at].Span.To.Time.Nanoseconds;
            var after = Array.BinarySearch(times, time - OneEvent);
            after = after < 0 ? ~after : after;
            _isDrained[at] |= after < times.Length && times[after] <= time + OneEvent;
        }
    }

    /// <summary>It had announced to do so, or did it at another time as well.</summary>
    private bool IsTimer(int first, int last)
    {
        var idle = SpreadOf(first, last, close => close.Span.Length);
        var within = IdleEstimate.AlikeWithin(idle.Most);
        return _closes.GetRange(first, last - first + 1).TrueForAll(close => close.IsAnnounced)
            || _closes.Where((_, at) => !_isDrained[at] && (Between(at, first) > Window || Between(last, at) > Window))
                .Any(other => other.Span.Length >= idle.Least - within && other.Span.Length <= idle.Most + within);
    }

    /// <summary>A program that goes down in steps closes others within the window.</summary>
    private void FillAround(int first, int last)
    {
        for (var at = 0; at < _closes.Count; at++)
        {
            _isDrained[at] |= Between(at, first) <= Window && Between(last, at) <= Window;
        }
    }

    private long Between(int earlier, int later) => _closes[later].Span.To.Time.Since(_closes[earlier].Span.To.Time);

    private Spread SpreadOf(int first, int last, Func<IdleClose, long> value)
    {
        var spread = Spread.None;
        for (var at = first; at <= last; at++)
        {
            spread = spread.With(value(_closes[at]));
        }

        return spread;
    }

    /// <summary>How far values lie apart.</summary>
    private readonly record struct Spread(long Least, long Most)
    {
        /// <summary>Of none yet.</summary>
        public static Spread None => new(long.MaxValue, long.MinValue);

        public long Width => Most - Least;

        public Spread With(long value) => new(long.Min(Least, value), long.Max(Most, value));
    }
}
