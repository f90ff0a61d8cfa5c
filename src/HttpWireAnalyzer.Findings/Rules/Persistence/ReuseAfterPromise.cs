using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K006: a client used a connection again after it had been idle for longer than Keep-Alive: timeout had announced.</summary>
/// <remarks>
/// Not flagged: requests within that time, or so little later that the client may have been in time: the idle time at the
/// tap is the client's own and the way from the tap to it and back. Nor servers that announce nothing. Answered all the
/// same, it is a note.
/// </remarks>
internal sealed class ReuseAfterPromise(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Way = new(
        "way", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond / 4, "from the tap to the client and back, round half the earth");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K006",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("client reused after the announced timeout", "예고된 시간이 지난 뒤 연결을 재사용함"),
        References = ["RFC 9112 §9.5", "draft-thomson-hybi-http-timeout-03 §2"],
        Advice =
        [
            new Phrase(
                "Have the client mind Keep-Alive: timeout (Node's agentkeepalive does, and http.Agent since v18), or set its idle limit to {client_limit} or less.",
                "클라이언트가 Keep-Alive: timeout을 따르게 하거나(Node의 agentkeepalive, v18 이후 http.Agent) 유휴 제한을 {client_limit} 이하로 설정하십시오."),
        ],
        Parameters = [Way],
    };

    private static readonly Phrase Lost = new(
        "{pool}: {count|request was|requests were} sent after {idle} of idleness ({request}), although the server had announced that it waits for {announced}, and not answered.",
        "{pool}: 서버가 {announced} 동안 기다린다고 예고했지만 {idle} 동안 유휴 상태이던 연결로 요청 {count}건을 보냈고({request}) 응답을 받지 못했습니다.");

    private static readonly Phrase Lucky = new(
        "{pool}: {count|request was|requests were} sent after {idle} of idleness ({request}), although the server had announced that it waits for {announced}; it had not closed yet.",
        "{pool}: 서버가 {announced} 동안 기다린다고 예고했지만 {idle} 동안 유휴 상태이던 연결로 요청 {count}건을 보냈습니다({request}). 서버가 아직 닫지 않아 응답을 받았습니다.");

    private readonly ByPool<Late> _lost = new();
    private readonly ByPool<Late> _answered = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.AfterPromise;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        var announced = AnnouncedTimeout.FromSeconds(exchange.Promise).Length;
        if (it.Request is null || it.Requester != Side.Client || it.TunnelDepth > 0 || it.IdleBefore <= announced + Of(Way))
        {
            return;
        }

        var late = it.End switch
        {
            ExchangeEnd.Complete or ExchangeEnd.CompleteByClose => _answered,
            ExchangeEnd.Unanswered or ExchangeEnd.RequestTruncated => _lost,
            _ => null,
        };
        late?.Of(exchange.Pool).Add(it, exchange.PreviousEnd, announced);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, late) in _lost.InOrder)
        {
            findings.Add(Finding(pool, late, Severity.Warning, Lost));
        }

        foreach (var (pool, late) in _answered.InOrder)
        {
            findings.Add(Finding(pool, late, Severity.Note, Lucky));
        }
    }

    private Finding Finding(PoolHabits pool, Late late, Severity severity, Phrase says) => new()
    {
        Rule = Card,
        Severity = severity,
        Confidence = Confidence.Certain,
        Subject = late.Tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = late.Tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Count("count", late.Tally.Count),
            Measure.Duration("idle", late.Idle),
            Measure.Duration("announced", late.Announced),
            Measure.Frame("request", late.Request),
            Measure.Duration("client_limit", IdleMargin.ClientLimit(late.Announced)),
        ],
        Says = says,
        Threshold = ThresholdOf("idle", Way),
    };

    /// <summary>Requests of one pool; idle time, promise and packet are of the first.</summary>
    private sealed class Late
    {
        public Tally Tally { get; } = new();

        public long Idle { get; private set; }

        public long Announced { get; private set; }

        public PacketRef Request { get; private set; }

        public void Add(in HttpExchange exchange, PacketRef previous, long announced)
        {
            if (Tally.Count == 0)
            {
                (Idle, Announced, Request) = (exchange.IdleBefore, announced, exchange.RequestTrace.Start);
            }

            Tally.Add(exchange.Connection.Number, exchange.IdleBefore, previous, exchange.RequestTrace.Start, exchange.EndedBy);
        }
    }
}
