using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>HWA-R001: a client seldom uses a connection twice, and why its connections end.</summary>
/// <remarks>
/// Not flagged: pools with few requests, where the first request of each connection weighs too much, and
/// those of a proxy that has a connection for each of its clients (PROXY protocol).
/// </remarks>
internal sealed class LowReuse(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Requests = new(
        "requests", MeasureUnit.Count, 20, "with fewer, cold connections say little");

    private static readonly RuleParameter Warn = new(
        "warning", MeasureUnit.Thousandths, 500, "every second request pays for a handshake");

    private static readonly RuleParameter Tell = new(
        "note", MeasureUnit.Thousandths, 800, "a pool in steady use reuses nine times of ten");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-R001",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("connections are seldom reused", "연결 재사용률이 낮음"),
        References = ["RFC 9112 §9.3", "OData/odata.net#1722", "dotnet/runtime#45544"],
        Advice =
        [
            new Phrase(
                "One client object for the life of the process (HttpClient, http.Agent with keepAlive, http.Transport), bodies read to their end, and no Connection: close. hwa pools --what-if shows what that would save.",
                "프로세스가 사는 동안 클라이언트 객체 하나(HttpClient, keepAlive를 켠 http.Agent, http.Transport)를 쓰고, 본문을 끝까지 읽고, Connection: close를 보내지 마십시오. hwa pools --what-if 명령으로 절감 효과를 볼 수 있습니다."),
        ],
        Parameters = [Requests, Warn, Tell],
    };

    private static readonly Phrase Says = new(
        "{pool}: {reuse} of {requests} requests reused a connection; opened were {connections|connection|connections}, {most_reason_connections} of them {most_reason}.",
        "{pool}: 요청 {requests}건 중 {reuse}만 연결을 재사용했습니다. 연결 {connections}개가 열렸고, 그중 {most_reason_connections}개는 {most_reason}.");

    private static readonly Phrase KeepsFew = new(
        "It closes connections right behind an answer that it could use again, as a client does whose pool keeps few of them idle: let it keep as many as it has busy at once (Go: http.Transport.MaxIdleConnsPerHost, 2 unless set; Node: maxFreeSockets).",
        "다시 쓸 수 있는 연결을 응답 직후에 닫습니다. 유휴 연결을 적게 유지하는 풀이 이렇게 동작하므로, 동시에 사용하는 수만큼 유지하게 하십시오(Go: http.Transport.MaxIdleConnsPerHost, 기본값 2. Node: maxFreeSockets).");

    /// <summary>No pool keeps fewer.</summary>
    private const int FewBusy = 2;

    private readonly ByPool<Ends> _ends = new();

    public override ConnectionTraits Connections => ConnectionTraits.HttpClosed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var ends = _ends.Of(connection.Pool);
        ends.Count[(int)Why(connection.Record)]++;
        ends.BehindAnswer += connection.Record.Close.Reason == CloseReason.ClientDone ? 1 : 0;
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (!pool.IsOneForEach && capture.RecordOf(pool.Name) is { } record
                && record.Exchanges.Total >= Of(Requests)
                && record.Exchanges.Reusing * 1000 < record.Exchanges.Total * Of(Tell))
            {
                findings.Add(Finding(pool, record));
            }
        }
    }

    private Finding Finding(PoolHabits pool, PoolRecord record)
    {
        var isBad = record.Exchanges.Reusing * 1000 < record.Exchanges.Total * Of(Warn);
        var ends = _ends.Of(pool);
        var count = ends.Count.Max();
        var most = (WhyClosed)Array.IndexOf(ends.Count, count);
        var closesBehindAnswers = most == WhyClosed.ByClient && ends.BehindAnswer * 2 > count;
        var isPromiseShort = closesBehindAnswers && ShortPromise.IsOf(pool);
        // Who reuses some has a pool. A client object for each call has none, and the card tells of it.
        var keepsFew = closesBehindAnswers && record.Exchanges.Reusing > 0 && record.Occupancy.Busy.Max > FewBusy;
        return new Finding
        {
            Rule = Card,
            Severity = isBad ? Severity.Warning : Severity.Note,
            Confidence = Confidence.Certain,
            Subject = FindingSubject.Of(pool.Name),
            Frames = Evidence.Of(record.First, record.Last),
            Measured =
            [
                Measure.Words("pool", pool.Name.ToString()),
                Measure.Count("requests", record.Exchanges.Total),
                Measure.Count("connections", record.Connections.Total),
                Measure.Share("reuse", record.Exchanges.Reusing, record.Exchanges.Total),
                new Measure("most_reason", MeasureUnit.Reason, (long)most),
                Measure.Count("most_reason_connections", count),
                .. isPromiseShort ? [ShortPromise.Of(pool)] : (ReadOnlySpan<Measure>)[],
            ],
            Says = Says,
            Advice = isPromiseShort ? [ShortPromise.Advice] : keepsFew ? [.. Card.Advice, KeepsFew] : Card.Advice,
            Threshold = ThresholdOf("reuse", isBad ? Warn : Tell),
        };
    }

    private static WhyClosed Why(ConnectionRecord connection) => connection.Close.Reason switch
    {
        CloseReason.CloseInRequest => WhyClosed.CloseInRequest,
        CloseReason.CloseInResponse => WhyClosed.CloseInResponse,
        CloseReason.Http10Default => WhyClosed.Http10,
        CloseReason.MaxRequestsReached => WhyClosed.MaxRequests,
        CloseReason.CloseDelimitedBody => WhyClosed.CloseDelimited,
        _ => connection.Tcp.Close.First == Side.Client ? WhyClosed.ByClient : WhyClosed.ByServer,
    };

    /// <summary>Connections by the reason of their end.</summary>
    private sealed class Ends
    {
        public long[] Count { get; } = new long[(int)WhyClosed.Kinds];

        /// <summary>Closed by the client as soon as it had the answer.</summary>
        public long BehindAnswer { get; set; }
    }
}
