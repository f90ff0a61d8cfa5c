using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K012: most responses of a server say Connection: close, although the client would have kept the connection.</summary>
/// <remarks>
/// Not flagged: responses to requests that ask for it, or to HTTP/1.0 clients without keep-alive; errors of the client's
/// (4xx), after which a server may want to be rid of it; servers with few responses.
/// </remarks>
internal sealed class CloseEverywhere(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Share = new("share", MeasureUnit.Thousandths, 500, "no accident, but a setting");

    private static readonly RuleParameter Responses = new("responses", MeasureUnit.Count, 4, "with fewer there is no habit");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K012",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("server says Connection: close on most responses", "서버가 대부분의 응답에 Connection: close를 보냄"),
        References = ["RFC 9112 §9.3", "RFC 9112 §9.6"],
        Advice =
        [
            new Phrase(
                "Switch persistent connections on (nginx keepalive_timeout above 0, Apache KeepAlive On, an asynchronous or threaded gunicorn worker), or take out what adds the field. hwa pools --what-if shows what that saves.",
                "지속 연결을 켜거나(nginx keepalive_timeout을 0보다 크게, Apache KeepAlive On, gunicorn은 비동기 또는 스레드 워커) 이 필드를 추가하는 설정을 제거하십시오. 절감 효과는 hwa pools --what-if로 볼 수 있습니다."),
        ],
        Parameters = [Share, Responses],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count} of {requests} requests were answered with Connection: close ({frame}), which the client had not asked for: each costs a connection.",
        "{pool}: 요청 {requests}건 중 {count}건의 응답에 클라이언트가 요청하지 않은 Connection: close가 있었습니다({frame}). 건마다 연결 하나가 소모됩니다.");

    private readonly ByPool<Tally> _closes = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Closes;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it is { Persistence.Rule: PersistenceRule.CloseInResponse, Response.Status: < 400 or >= 500, Request: { } request, TunnelDepth: 0 }
            && (request.Version == HttpVersion.Http11 || request.HasKeepAlive))
        {
            _closes.Of(exchange.Pool).Add(it.Connection.Number, 0, it.ResponseTrace.HeadEnd);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _closes.InOrder)
        {
            if (capture.RecordOf(pool.Name) is { } record
                && record.Exchanges.Total >= Of(Responses)
                && tally.Count * 1000 >= record.Exchanges.Total * Of(Share))
            {
                findings.Add(Finding(pool, tally, record.Exchanges.Total));
            }
        }
    }

    private Finding Finding(PoolHabits pool, Tally tally, long requests) => new()
    {
        Rule = Card,
        Confidence = Confidence.Certain,
        Subject = FindingSubject.Of(pool.Name),
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.Count("count", tally.Count),
            Measure.Count("requests", requests),
            Measure.Share("share", tally.Count, requests),
            Measure.Frame("frame", tally.First),
        ],
        Says = Says,
        Threshold = ThresholdOf("share", Share),
    };
}
