using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K013: one end closes each connection after the same number of requests.</summary>
/// <remarks>
/// Not flagged: connections that were closed while idle, or with an exchange outstanding; pools of few connections, few
/// requests on each, or numbers that do not agree. A client that closes after as many requests as it has to send looks
/// the same.
/// </remarks>
internal sealed class RequestChurn(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Closes = new("connections", MeasureUnit.Count, 5, "fewer may agree by chance");

    private static readonly RuleParameter Agreeing = new("agreeing", MeasureUnit.Thousandths, 600, "the rest end for other reasons");

    private static readonly RuleParameter Requests = new("requests", MeasureUnit.Count, 5, "with fewer, what is asked for ends, not what is allowed");

    private static readonly RuleParameter Warn = new("warning", MeasureUnit.Thousandths, 100, "one of ten connections pays for it");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K013",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("connections end after a fixed number of requests", "요청 수 제한으로 연결이 교체됨"),
        References = ["RFC 9112 §9.5", "nginx: keepalive_requests", "Apache httpd: MaxKeepAliveRequests"],
        Advice =
        [
            new Phrase(
                "Raise the limit of {requests} requests (nginx keepalive_requests, Apache MaxKeepAliveRequests, Tomcat maxKeepAliveRequests), or take it away where clients are few and busy, as proxies are.",
                "요청 {requests}건의 제한을 늘리거나(nginx keepalive_requests, Apache MaxKeepAliveRequests, Tomcat maxKeepAliveRequests), 프록시처럼 소수의 바쁜 클라이언트만 있다면 제한을 없애십시오."),
        ],
        Parameters = [Closes, Agreeing, Requests, Warn],
    };

    private static readonly Phrase OfClient = new(
        "No server's limit did this. If the client is a pool, look for how many requests it lets a connection carry; one that has so many requests to send, such as a load generator, ends so.",
        "서버의 제한 때문이 아닙니다. 클라이언트가 풀이라면 연결당 요청 수 제한을 확인하십시오. 부하 생성기처럼 보낼 요청이 그만큼인 클라이언트도 이렇게 끝납니다.");

    private static readonly Phrase Says = new(
        "{pool}: the {closer} closed {count} of {connections} connections after exactly {requests} answers (first {close}).",
        "{pool}: {closer}가 연결 {connections}개 중 {count}개를 정확히 응답 {requests}건 뒤에 닫았습니다(첫 번째 {close}).");

    private static readonly Phrase Usual = new("That is the usual limit of {preset}.", "이 값은 {preset}의 기본 제한과 같습니다.");

    private readonly ByPool<Endings> _endings = new();

    public override ConnectionTraits Connections => ConnectionTraits.HttpClosed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        if (record.Http.Responses >= Of(Requests) && record.Close.Reason is CloseReason.CloseInRequest or CloseReason.CloseInResponse
            or CloseReason.MaxRequestsReached or CloseReason.ClientDone or CloseReason.ServerClosedUnannounced)
        {
            var endings = _endings.Of(connection.Pool);
            endings.Of(CloserOf(record)).Add(record.Http.Responses, record.Number, record.Close.Evidence, connection.Tcp.Close.Packet);
        }
    }

    /// <summary>Who wanted it: the one that sent the option, whoever sends the first FIN after it.</summary>
    private static Side CloserOf(ConnectionRecord record) => record.Close.Reason switch
    {
        CloseReason.CloseInRequest or CloseReason.ClientDone => Side.Client,
        _ => Side.Server,
    };

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, endings) in _endings.InOrder)
        {
            Judge(pool, Side.Client, endings.ByClient, capture, findings);
            Judge(pool, Side.Server, endings.ByServer, capture, findings);
        }
    }

    private void Judge(PoolHabits pool, Side closer, RequestCounts counts, CaptureCase capture, FindingList findings)
    {
        if (counts.Most() is not { } most
            || most.Tally.Count < Of(Closes)
            || most.Tally.Count * 1000 < counts.Total * Of(Agreeing)
            || capture.RecordOf(pool.Name) is not { } record)
        {
            return;
        }

        List<Measure> measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.End("closer", closer),
            Measure.Count("count", most.Tally.Count),
            Measure.Count("connections", record.Connections.Total),
            Measure.Count("requests", most.Requests),
            Measure.Share("share", most.Tally.Count, record.Connections.Total),
            Measure.Frame("close", most.Tally.Second),
        ];
        var preset = closer == Side.Server ? PresetOf(most.Requests) : "";
        if (preset.Length > 0)
        {
            measured.Add(Measure.Words("preset", preset));
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Severity = most.Tally.Count * 1000 >= record.Connections.Total * Of(Warn) ? Severity.Warning : Severity.Note,
            Confidence = closer == Side.Server ? Confidence.Certain : Confidence.Likely,
            Subject = FindingSubject.Of(pool.Name),
            Frames = most.Tally.Evidence(),
            Measured = measured,
            Says = preset.Length > 0 ? Says.Then(Usual) : Says,
            Advice = closer == Side.Client ? [OfClient] : Card.Advice,
            Threshold = ThresholdOf("share", Warn),
        });
    }

    /// <summary>For naming alone.</summary>
    private static string PresetOf(long requests) => requests switch
    {
        100 => "Apache httpd, Tomcat, and nginx before 1.19.10",
        1000 => "nginx since 1.19.10",
        _ => "",
    };

    private sealed class Endings
    {
        public RequestCounts ByClient { get; } = new();

        public RequestCounts ByServer { get; } = new();

        public RequestCounts Of(Side closer) => closer == Side.Client ? ByClient : ByServer;
    }
}
