using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>HWA-P006: a proxy keeps connections of HTTP/1.0 clients, which may be proxies that do not know what they ask for.</summary>
/// <remarks>
/// Not flagged: gateways and load balancers, which answer as the origin does (RFC 9110 §3.7): only requests in absolute form
/// are a proxy's. Nor the server behind a proxy that sends it the absolute form.
/// </remarks>
internal sealed class Http10Kept(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P006",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("a proxy keeps connections of HTTP/1.0 clients", "프록시가 HTTP/1.0 클라이언트의 연결을 유지함"),
        References = ["RFC 9112 §9.3", "RFC 9112 C.2.2"],
        Advice =
        [
            new Phrase(
                "The proxy must answer HTTP/1.0 clients with Connection: close; clients should speak HTTP/1.1.",
                "프록시는 HTTP/1.0 클라이언트에 Connection: close로 응답해야 합니다. 클라이언트는 HTTP/1.1을 쓰십시오."),
        ],
    };

    private static readonly Phrase Says = new(
        "{pool}: keep-alive answered {count|request|requests} of HTTP/1.0 to a proxy, first {frame}: RFC 9112 §9.3 forbids it, because the client may be a proxy that passed keep-alive on unknowingly.",
        "{pool}: 프록시로 보낸 HTTP/1.0 요청 {count}건에 keep-alive로 응답했습니다(처음 {frame}). 클라이언트가 keep-alive를 모르고 전달한 프록시일 수 있어 RFC 9112 §9.3은 이를 금지합니다.");

    private readonly Dictionary<PoolHabits, (long Count, PacketRef First)> _kept = [];

    public override ExchangeTraits Exchanges => ExchangeTraits.Http10KeepAlive;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is { } request
            && it.Response is { HasKeepAlive: true }
            && (exchange.Pool.IsBeforeProxy || !exchange.Pool.IsBehindProxy)
            && request.Target.Contains("://", StringComparison.Ordinal))
        {
            var known = _kept.GetValueOrDefault(exchange.Pool, (0, it.ResponseTrace.Start));
            _kept[exchange.Pool] = (known.Item1 + 1, known.Item2);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (_kept.TryGetValue(pool, out var kept))
            {
                findings.Add(new Finding
                {
                    Rule = Card,
                    Confidence = Confidence.Certain,
                    Subject = FindingSubject.Of(pool.Name),
                    Frames = [kept.First],
                    Measured =
                    [
                        Measure.Words("pool", pool.Name.ToString()),
                        Measure.Count("count", kept.Count),
                        Measure.Frame("frame", kept.First),
                    ],
                    Says = Says,
                });
            }
        }
    }
}
