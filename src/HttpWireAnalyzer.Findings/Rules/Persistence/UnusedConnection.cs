using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>HWA-K010: connections on which no request was sent: opened ahead of need, or to see whether the server is there.</summary>
/// <remarks>
/// Not told: connections that never opened, that were picked up in the middle, or that are open since less than a second
/// when the capture ends; and any that carried octets of whatever kind. Nor a first request that the server reset after
/// it had kept it for a while.
/// </remarks>
internal sealed class UnusedConnection(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Waiting = new(
        "waiting", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "a client that opens a connection for a request sends it sooner");

    private static readonly RuleParameter Window = new(
        "window", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond / 4,
        "a kernel resets at once; later, the server's program had the request and failed");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-K010",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("connections opened and not used", "열고 사용하지 않은 연결"),
        References = ["RFC 9112 §9.5", "RFC 9110 §15.5.9", "W3C Resource Hints, preconnect"],
        Advice =
        [
            new Phrase(
                "Browsers and pools open connections ahead of need, load balancers to see that a port is open: a server should give them some time before it closes, and close without a response.",
                "브라우저와 풀은 미리 연결을 열고, 로드 밸런서는 포트 확인을 위해 연결합니다. 서버는 닫기 전에 시간을 조금 주고 응답 없이 닫는 것이 좋습니다."),
        ],
        Parameters = [Waiting, Window],
    };

    private static readonly Phrase Unused = new(
        "{pool}: {count|connection was|connections were} opened and closed without a request ({frame}), after {longest} at most.",
        "{pool}: 연결 {count}개가 요청 없이 열렸다가 닫혔습니다({frame}). 가장 길게는 {longest} 동안 열려 있었습니다.");

    private static readonly Phrase Lost = new(
        "The first request on a connection that had been open for {waited}, {method} {target} ({request}), met the server's close ({close}): it had tired of waiting. The request was lost.",
        "{waited} 동안 열려 있던 연결의 첫 요청 {method} {target}({request})이 서버의 종료({close})와 엇갈렸습니다. 서버는 기다리다 닫은 것이며 요청은 유실되었습니다.");

    private readonly ByPool<Tally> _unused = new();

    public override ConnectionTraits Connections => ConnectionTraits.WithoutHttp | ConnectionTraits.Outstanding;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var record = connection.Record;
        if (record.NeverOpened || connection.Tcp.Midstream || connection.HasGaps)
        {
            return;
        }

        ref readonly var tcp = ref connection.Tcp;
        if (!record.IsHttp)
        {
            var lasted = (tcp.Close.Packet.IsNone ? tcp.Last : tcp.Close.Packet).Time.Since(tcp.First.Time);
            if (tcp.ClientEnd.Counters.UniqueOctets + tcp.ServerEnd.Counters.UniqueOctets == 0
                && record.Close.Reason is CloseReason.NothingSent or CloseReason.Reset
                && connection.HasBothDirections && !tcp.ServerEnd.Syn.IsNone)
            {
                _unused.Of(connection.Pool).Add(connection.Number, lasted, tcp.First, tcp.Close.Packet);
            }

            return;
        }

        foreach (var exchange in connection.Ended(ExchangeEnd.Unanswered))
        {
            if (exchange is { Ordinal: 1, Request: { } request } && IsLostToWaiting(connection, exchange))
            {
                findings.Add(OfLost(connection, exchange, request));
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _unused.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = Severity.Info,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
                Frames = tally.Evidence(),
                Measured =
                [
                    Measure.Words("pool", pool.Name.ToString()),
                    Measure.Count("count", tally.Count),
                    Measure.Duration("longest", tally.Most),
                    Measure.Frame("frame", tally.First),
                ],
                Says = Unused,
            });
        }
    }

    /// <summary>The connection had waited, and the server's FIN came before the request, or at once with nothing read.</summary>
    private bool IsLostToWaiting(ConnectionCase connection, in HttpExchange exchange)
    {
        ref readonly var tcp = ref connection.Tcp;
        var start = exchange.RequestTrace.Start;
        var hasMet = (!tcp.ServerEnd.Fin.IsNone && tcp.ServerEnd.Fin.Number < start.Number)
            || (tcp.Close is { ResetOnUnread: true, First: Side.Server }
                && tcp.Close.Packet.Time.Since(exchange.RequestTrace.End.Time) <= long.Max(2 * connection.RoundTrip, Of(Window)));
        return hasMet
            && !tcp.HandshakeAck.IsNone
            && start.Time.Since(tcp.HandshakeAck.Time) >= Of(Waiting)
            && connection.Actual(exchange.Requester) == Side.Client;
    }

    private Finding OfLost(ConnectionCase connection, in HttpExchange exchange, RequestHead request)
    {
        ref readonly var tcp = ref connection.Tcp;
        var start = exchange.RequestTrace.Start;
        var close = tcp.ServerEnd.Fin.IsNone ? tcp.ServerEnd.Rst : tcp.ServerEnd.Fin;
        return new Finding
        {
            Rule = Card,
            Confidence = tcp.ServerEnd.Fin.IsNone ? Confidence.Likely : Confidence.Certain,
            Subject = connection.Subject(exchange.Ordinal),
            Frames = Evidence.Of(tcp.First, start, close),
            Measured =
            [
                Measure.Duration("waited", start.Time.Since(tcp.HandshakeAck.Time)),
                Measure.Words("method", request.Method),
                Measure.Words("target", request.Target),
                Measure.Frame("request", start),
                Measure.Frame("close", close),
            ],
            Says = Lost,
            Threshold = ThresholdOf("waited", Waiting),
        };
    }
}
