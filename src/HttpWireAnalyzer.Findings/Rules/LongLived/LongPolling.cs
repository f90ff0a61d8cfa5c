using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S002: a client asks, the server answers when it has something to tell, and the client asks again at once.</summary>
/// <remarks>
/// Not told: a slow server, whose clients do not ask again at once. Requests whose targets differ (a cursor in the query)
/// are taken together by their path.
/// </remarks>
internal sealed class LongPolling(RuleSettings settings) : Rule(Entry, settings)
{
    /// <summary>Nanoseconds within which a client that waits for news asks again.</summary>
    internal const long AtOnce = Timestamp.NanosecondsPerSecond / 4;

    /// <summary>Paths that are watched.</summary>
    private const int Most = 1024;

    private static readonly RuleParameter Least = new("requests", MeasureUnit.Count, 3, "one slow answer is no habit");

    private static readonly RuleParameter Held = new(
        "held", MeasureUnit.Nanoseconds, 5 * Timestamp.NanosecondsPerSecond, "an answer that is meant to come at once does not take so long")
    {
        Least = Traits.Noticeable,
    };

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S002",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("long polling", "롱 폴링"),
        References = ["RFC 6202 §2"],
        Advice =
        [
            new Phrase(
                "Every proxy between must wait longer than {longest} for an answer (nginx proxy_read_timeout, HAProxy timeout server, ALB idle timeout: 60 s each).",
                "중간의 모든 프록시는 응답을 {longest}보다 오래 기다려야 합니다(nginx proxy_read_timeout, HAProxy timeout server, ALB 유휴 시간: 각 60초)."),
        ],
        Parameters = [Least, Held],
    };

    private static readonly Phrase Says = new(
        "{pool}: {method} {target} waits for news: {count|answer|answers} held back for {median} in the middle and {longest} at most, and asked for again within {again} (first {frame}).",
        "{pool}: {method} {target}은(는) 새 소식을 기다립니다. 응답 {count}건이 중간값 {median}, 최대 {longest} 동안 보류되었고 {again} 안에 다시 요청되었습니다(처음 {frame}).");

    private readonly Dictionary<(PoolHabits Pool, string Method, string Path), Waits> _waits = [];

    /// <summary>What was looked up last, null where there were too many: equal heads are one object.</summary>
    private (PoolHabits Pool, RequestHead Request, Waits? Waits)? _recent;

    public override ExchangeTraits Exchanges => ExchangeTraits.SlowAnswer;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } request || it.Response is null || it.TunnelDepth > 0)
        {
            return;
        }

        if (_recent is not { } recent || !ReferenceEquals(recent.Request, request) || recent.Pool != exchange.Pool)
        {
            _recent = recent = (exchange.Pool, request, WaitsOf(exchange.Pool, request, it.RequestTrace.Start));
        }

        recent.Waits?.Add(
            it.ResponseTrace.Start.Time.Since(it.RequestTrace.End.Time), it.RequestTrace.Start.Time, it.ResponseTrace.End);
    }

    private Waits? WaitsOf(PoolHabits pool, RequestHead request, PacketRef start)
    {
        var query = request.Target.IndexOf('?', StringComparison.Ordinal);
        var key = (pool, request.Method, query < 0 ? request.Target : request.Target[..query]);
        if (!_waits.TryGetValue(key, out var waits) && _waits.Count < Most)
        {
            _waits.Add(key, waits = new Waits(start));
        }

        return waits;
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (key, waits) in _waits.OrderBy(entry => entry.Value.First.Number))
        {
            if (waits.Lengths.Count >= Of(Least) && waits.Median >= Of(Held) && waits.LongestPause <= AtOnce)
            {
                findings.Add(Finding(key.Pool, key.Method, key.Path, waits));
            }
        }
    }

    private Finding Finding(PoolHabits pool, string method, string path, Waits waits) => new()
    {
        Rule = Card,
        Confidence = Confidence.Likely,
        Subject = FindingSubject.Of(pool.Name),
        Frames = Evidence.Of(waits.First, waits.Last),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Words("method", method),
            Measure.Words("target", path),
            Measure.Count("count", waits.Lengths.Count),
            Measure.Duration("median", waits.Median),
            Measure.Duration("longest", waits.Lengths.Max()),
            Measure.Duration("again", waits.LongestPause),
            Measure.Frame("frame", waits.First),
        ],
        Says = Says,
        Threshold = ThresholdOf("median", Held),
    };

    private sealed class Waits(PacketRef first)
    {
        /// <summary>More tell nothing new.</summary>
        private const int MostLengths = 1024;

        private Timestamp _lastEnd;

        public PacketRef First { get; } = first;

        public PacketRef Last { get; private set; }

        public List<long> Lengths { get; } = [];

        /// <summary>From an answer to the next request, at most.</summary>
        public long LongestPause { get; private set; }

        public long Median => Lengths.Order().ElementAt(Lengths.Count / 2);

        public void Add(long length, Timestamp start, PacketRef end)
        {
            if (Lengths.Count == MostLengths)
            {
                return;
            }

            if (Lengths.Count > 0)
            {
                LongestPause = long.Max(LongestPause, start.Since(_lastEnd));
            }

            Lengths.Add(length);
            (Last, _lastEnd) = (end, end.Time);
        }
    }
}
