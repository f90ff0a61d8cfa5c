using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T013: the client closed while it waited for an answer. One finding for each pool.</summary>
/// <remarks>
/// Not flagged: shorter waits than <c>wait</c>; a client that closes three or more connections at once, however long it had
/// waited on each: it was stopped; an answer left half-way (HWA-T005), or that is no HTTP; a server that is gone (HWA-G001); a
/// request that was not whole; a RST that a device may have sent (HWA-T012); a server of which nothing was captured.
/// </remarks>
internal sealed class GaveUpWaiting(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Wait = new(
        "wait", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond / 5, "few clients have so short a timeout: who leaves sooner was stopped");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T013",
        SpeaksOfStreams = false,
        Severity = Severity.Warning,
        Title = new Phrase("client gave up waiting", "클라이언트가 응답을 기다리다 포기함"),
        References = ["RFC 9112 §9.5"],
        Advice =
        [
            new Phrase(
                "Find out what held the server up in those requests (nginx logs them as 499, HAProxy as CH or CD), or let the client wait for longer: its timeout has to be above what the server takes, and that of each hop below that of the hop before it.",
                "그 요청에서 서버가 무엇 때문에 늦었는지 확인하거나(nginx 로그에는 499, HAProxy에는 CH 또는 CD로 남습니다) 클라이언트가 더 오래 기다리게 하십시오. 클라이언트의 타임아웃은 서버가 걸리는 시간보다 길어야 하고, 뒤쪽 홉의 타임아웃은 앞쪽 홉보다 짧아야 합니다."),
        ],
        Parameters = [Wait],
    };

    /// <summary>Nanoseconds: a program that ends has closed all by then.</summary>
    private const long AtOnce = Timestamp.NanosecondsPerSecond / 10;

    /// <summary>Two may well end by themselves at the same time.</summary>
    private const int FewestStopped = 3;

    private static readonly Phrase Says = new(
        "The client closed after {most} ({close}), and the request ({request}) had no answer.",
        "클라이언트가 {most} 뒤에 닫았고({close}), 요청({request})에는 응답이 없었습니다.");

    private static readonly Phrase SaysLate = new(
        "The client closed after {most} ({close}), and the answer to its request ({request}) came {after} later, to nobody.",
        "클라이언트가 {most} 뒤에 닫았고({close}), 요청({request})의 응답은 그 {after} 뒤에 왔지만 받을 쪽이 없었습니다.");

    private static readonly Phrase Several = new(
        "Requests that had no answer when the client closed: {count} of {exchanges}, after {least} to {most} (the first {request}, closed {close}).",
        "클라이언트가 닫을 때까지 응답이 없던 요청: {exchanges}개 중 {count}개, {least}에서 {most} 뒤(처음 {request}, 닫음 {close}).");

    private static readonly Phrase SeveralLate = new(
        "Requests that had no answer when the client closed: {count} of {exchanges}, after {least} to {most} (the first {request}, closed {close}). {late|answer|answers} came all the same, {after} later at most, to nobody.",
        "클라이언트가 닫을 때까지 응답이 없던 요청: {exchanges}개 중 {count}개, {least}에서 {most} 뒤(처음 {request}, 닫음 {close}). 응답 {late}개는 최대 {after} 뒤에 왔지만 받을 쪽이 없었습니다.");

    private static readonly Phrase NotStopped = new("the client did not close all at once", "클라이언트가 모두 한꺼번에 닫지 않았음");

    private readonly ByPool<Waits> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Outstanding;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (IsWaiting(connection))
        {
            ref readonly var tcp = ref connection.Tcp;
            var waited = tcp.Close.Packet.Time.Since(connection.Record.AtClose.IdleFrom.Time);
            if (waited >= Of(Wait))
            {
                _pools.Of(connection.Pool).Add(connection, waited);
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, waits) in _pools.InOrder)
        {
            if (waits.AreStopped)
            {
                continue;
            }

            var tally = waits.Tally;
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", waits.Requests),
                    Measure.Count("exchanges", pool.Exchanges),
                    Measure.Duration("least", waits.Least),
                    Measure.Duration("most", tally.Most),
                    Measure.Count("late", waits.Late),
                    Measure.Duration("after", waits.After),
                    Measure.Frame("request", tally.First),
                    Measure.Frame("close", tally.Second),
                ],
                Says = (waits.Requests == 1, waits.Late > 0) switch
                {
                    (true, false) => Says,
                    (true, true) => SaysLate,
                    (false, false) => Several,
                    (false, true) => SeveralLate,
                },
                Threshold = ThresholdOf("most", Wait),
                Guards = [new Guard(NotStopped, Passed: true)],
            });
        }
    }

    private static bool IsWaiting(ConnectionCase connection)
    {
        var record = connection.Record;
        ref readonly var tcp = ref connection.Tcp;
        return record.AtClose is { Outstanding: true, IdleFrom.IsNone: false }
            && record.IsClosedBy(Side.Client) && connection.HasBothDirections
            && record.Close.Reason is CloseReason.ClosedWhileOutstanding or CloseReason.Reset
            && !(tcp.Close.How == CloseManner.Reset && ForeignResets.MayBe(tcp, Side.Client))
            && !connection.IsHalfWay && !connection.Ended(ExchangeEnd.RequestTruncated).MoveNext()
            // It had an answer, though none that it can read.
            && (record.Http.Anomalies & HttpAnomalies.Http2AnswerToHttp1) == 0
            && connection.UnansweredCalls(Side.Client).Count == 0;
    }

    private sealed class Waits
    {
        private Timestamp _firstClose;
        private Timestamp _lastClose;

        /// <summary>Its values are the waits, nanoseconds; its packets a request's last and the FIN or RST.</summary>
        public Tally Tally { get; } = new();

        public long Least { get; private set; } = long.MaxValue;

        public int Late { get; private set; }

        /// <summary>All that were left without an answer; the wait is that of the first on its connection.</summary>
        public int Requests { get; private set; }

        /// <summary>From a close to the answer behind it, at most; nanoseconds.</summary>
        public long After { get; private set; }

        /// <summary>A timer ends each wait after as long; who is stopped ends all at one time.</summary>
        public bool AreStopped => Tally.Count >= FewestStopped
            && _lastClose.Since(_firstClose) < AtOnce && (Tally.Most - Least) * 10 > Tally.Most;

        public void Add(ConnectionCase connection, long waited)
        {
            var close = connection.Tcp.Close;
            _firstClose = Tally.Count == 0 || close.Packet.Time < _firstClose ? close.Packet.Time : _firstClose;
            _lastClose = close.Packet.Time > _lastClose ? close.Packet.Time : _lastClose;
            Least = long.Min(Least, waited);
            Requests += int.Max(1, connection.Record.Http.Unanswered);
            if (close.HalfCloseOctets > 0)
            {
                Late++;
                After = long.Max(After, close.HalfCloseNanoseconds);
            }

            Tally.Add(connection.Number, waited, connection.Record.AtClose.IdleFrom, close.Packet);
        }
    }
}
