using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>HWA-P003: Proxy-Connection, which is no field of HTTP; behind a proxy it revives the hang that it was to prevent.</summary>
/// <remarks>Not flagged: Connection, the field that has taken its place.</remarks>
internal sealed class ProxyConnectionField(RuleSettings settings) : Rule(Entry, settings)
{
    private const ConnectionOptions Either = ConnectionOptions.ProxyKeepAlive | ConnectionOptions.ProxyClose;

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P003",
        Severity = Severity.Note,
        NeedsWholeCapture = true,
        Title = new Phrase("Proxy-Connection in use", "Proxy-Connection 사용"),
        References = ["RFC 9112 C.2.2"],
        Advice =
        [
            new Phrase(
                "Send Connection in place of Proxy-Connection; a proxy must remove both.",
                "Proxy-Connection 대신 Connection을 보내십시오. 프록시는 둘 다 제거해야 합니다."),
        ],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count|request|requests} with Proxy-Connection, first {frame}: RFC 9112 C.2.2 says that clients ought not to send it.",
        "{pool}: 요청 {count}건에 Proxy-Connection이 있습니다(처음 {frame}). RFC 9112 C.2.2는 클라이언트가 이를 보내지 말라고 합니다.");

    private static readonly Phrase Behind = new(
        "{pool}: a proxy passed Proxy-Connection on in {count|request|requests}, first {frame}, and the next hop granted keep-alive for it: the hang of dumb proxies, one hop further.",
        "{pool}: 프록시가 요청 {count}건에서 Proxy-Connection을 그대로 전달했고(처음 {frame}), 다음 홉이 keep-alive를 허락했습니다. 멍청한 프록시 문제가 한 홉 뒤에서 되풀이됩니다.");

    private readonly Dictionary<PoolHabits, (long Count, PacketRef First, bool Granted)> _uses = [];

    public override ExchangeTraits Exchanges => ExchangeTraits.HopByHop;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } request || (request.Connection & Either) == 0)
        {
            return;
        }

        var granted = it.Response is { HasKeepAlive: true };
        var known = _uses.GetValueOrDefault(exchange.Pool, (0, it.RequestTrace.Start, false));
        _uses[exchange.Pool] = (known.Item1 + 1, known.Item2, known.Item3 || granted);
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var pool in capture.Habits)
        {
            if (!_uses.TryGetValue(pool, out var use))
            {
                continue;
            }

            var isBehind = pool.IsBehindProxy && use.Granted;
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = isBehind ? Severity.Error : Card.Severity,
                Confidence = Confidence.Certain,
                Subject = FindingSubject.Of(pool.Name),
                Frames = [use.First],
                Measured =
                [
                    Measure.Words("pool", pool.Name.ToString()),
                    Measure.Count("count", use.Count),
                    Measure.Frame("frame", use.First),
                ],
                Says = isBehind ? Behind : Says,
            });
        }
    }
}
