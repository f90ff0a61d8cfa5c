using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>
/// HWA-P002: a proxy that does not know keep-alive passed it on, and waits for a close that will not come; the client's
/// next request on the same connection is read by nobody.
/// </summary>
/// <remarks>
/// Not flagged: a slow answer (the proxy's side to the server shows the request), a request that the client gave up
/// soon, and connections on which nobody spoke of keep-alive.
/// </remarks>
internal sealed class DumbProxyHang(RuleSettings settings, ProxyHops hops) : Rule(Entry, settings)
{
    private static readonly RuleParameter Alone = new(
        "wait", MeasureUnit.Nanoseconds, 5 * Timestamp.NanosecondsPerSecond, "where only the client's side was captured: clients rarely give up sooner");

    private static readonly RuleParameter Both = new(
        "forward", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a proxy forwards at once, or not at all");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-P002",
        Severity = Severity.Error,
        Title = new Phrase("dumb proxy: second request hangs", "멍청한 프록시(dumb proxy): 두 번째 요청이 멈춤"),
        References = ["RFC 9112 §9.3", "RFC 9112 C.2.2", "RFC 9110 §7.6.1"],
        Advice =
        [
            new Phrase(
                "Mend the proxy: it must remove Connection and Keep-Alive in both directions. Until then the client must not ask an HTTP/1.0 proxy for keep-alive.",
                "프록시를 고치십시오. 양방향에서 Connection과 Keep-Alive를 제거해야 합니다. 그때까지 클라이언트는 HTTP/1.0 프록시에 keep-alive를 요청하지 마십시오."),
        ],
        Parameters = [Alone, Both],
    };

    private static readonly Phrase Seen = new(
        "{method} {target} ({request}) was never forwarded: the proxy had passed the server's keep-alive on, and waited {wait} for the end of a connection that the server kept open.",
        "{method} {target}({request})은(는) 전달되지 않았습니다. 프록시는 서버의 keep-alive를 그대로 넘긴 뒤, 서버가 열어 둔 연결이 끝나기를 {wait} 동안 기다렸습니다.");

    private static readonly Phrase Guessed = new(
        "{method} {target} ({request}), the second on a connection that both ends had agreed to keep, got no octet for {wait}: this is how a proxy behaves that passes keep-alive on without knowing it.",
        "양쪽이 유지하기로 한 연결의 두 번째 요청 {method} {target}({request})이(가) {wait} 동안 아무 응답도 받지 못했습니다. keep-alive를 모른 채 전달하는 프록시의 전형적인 모습입니다.");

    private static readonly Phrase NotForwarded = new(
        "the proxy sent no request to a server in that time", "그동안 프록시가 서버로 요청을 보내지 않음");

    private readonly List<Suspect> _suspects = [];

    public override ConnectionTraits Connections => ConnectionTraits.Outstanding;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.AtClose.KeepAliveGranted)
        {
            return;
        }

        foreach (var exchange in connection.Ended(ExchangeEnd.Unanswered))
        {
            if (exchange is { Ordinal: > 1, PipelineDepth: 1, Request: { } request }
                && (request.Connection & (ConnectionOptions.KeepAlive | ConnectionOptions.ProxyKeepAlive)) != 0
                && findings.TryKeep(_suspects.Count))
            {
                var wait = connection.Tcp.Last.Time.Since(exchange.RequestTrace.End.Time);
                _suspects.Add(new Suspect(exchange, connection.Pool, connection.PoolName, wait, connection.LastWhole, connection.Tcp.Close.Packet, connection.Tcp.Last, connection.Wholeness));
                findings.Suspect(Card, exchange.RequestTrace.Start);
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var suspect in _suspects)
        {
            var (start, proxy) = (suspect.Exchange.RequestTrace.Start.Time, suspect.PoolName.Server.Address);
            if (suspect.Pool.IsBeforeProxy)
            {
                if (suspect.Wait >= Of(Both) && !hops.HasRequestOf(proxy, start, start.Plus(suspect.Wait)))
                {
                    findings.Add(Finding(suspect, Seen, Confidence.Certain, Both), suspect.Captured);
                }
            }
            else if (suspect.Wait >= Of(Alone))
            {
                findings.Add(Finding(suspect, Guessed, Confidence.Possible, Alone), suspect.Captured);
            }
        }
    }

    private Finding Finding(Suspect suspect, Phrase says, Confidence confidence, RuleParameter threshold) => new()
    {
        Rule = Card,
        Confidence = confidence,
        Subject = FindingSubject.Of(suspect.Exchange, suspect.PoolName),
        Frames = Evidence.Of(suspect.Before, suspect.Exchange.RequestTrace.Start, suspect.Close, suspect.Last),
        Measured =
        [
            Measure.Words("method", suspect.Exchange.Request!.Method),
            Measure.Words("target", suspect.Exchange.Request.Target),
            Measure.Duration("wait", suspect.Wait),
            Measure.Frame("request", suspect.Exchange.RequestTrace.Start),
        ],
        Says = says,
        Threshold = ThresholdOf("wait", threshold),
        Guards = [new Guard(NotForwarded, suspect.Pool.IsBeforeProxy)],
    };

    private sealed record Suspect(
        HttpExchange Exchange, PoolHabits Pool, PoolName PoolName, long Wait, PacketRef Before, PacketRef Close, PacketRef Last, Wholeness Captured);
}
