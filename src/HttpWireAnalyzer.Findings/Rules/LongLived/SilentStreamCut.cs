using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>
/// HWA-S004: a WebSocket or an event stream on which nothing was sent for a while is cut: by the timer of a proxy, as a
/// rule. Told for each server, kind and closer, with the interval in which the timer must lie.
/// </summary>
/// <remarks>
/// Not told: a WebSocket that had survived as long a silence before, or ended with a Close frame (HWA-S005 and HWA-S006
/// have the rest); an event stream that its client closed, that ended with its last chunk, or whose end is the
/// connection's; closes that came sooner, that no acknowledgment preceded, or of both ends at once.
/// </remarks>
internal sealed class SilentStreamCut(RuleSettings settings) : Rule(Entry, settings)
{
    /// <summary>Servers that are watched, twice for each kind and closer.</summary>
    private const int Most = 1024;

    /// <summary>For the rules that tell of the others.</summary>
    public static readonly RuleParameter Silence = new(
        "silence", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "who ends sooner after the last octets has another cause than a timer");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S004",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("silent stream cut", "조용한 스트림 끊김"),
        References = ["RFC 6455 §5.5.2", "WHATWG HTML §9.2.7", "websockets/ws#2283"],
        Advice =
        [
            new Phrase(
                "Send something at least every {send_every}, half of that: a ping (WebSocket) or a comment line (event stream); or let the proxy between wait longer (nginx proxy_read_timeout, HAProxy timeout tunnel, ALB idle timeout).",
                "그 절반인 {send_every}마다 무언가를 보내십시오(WebSocket은 ping, 이벤트 스트림은 주석 줄). 또는 중간의 프록시가 더 오래 기다리게 하십시오(nginx proxy_read_timeout, HAProxy timeout tunnel, ALB 유휴 시간)."),
        ],
        Parameters = [Silence],
    };

    private static readonly Phrase OneSocket = new(
        "Nothing was sent on a WebSocket of {server} for {shortest} ({last}); then the {closer} ended it, without a Close frame ({close}).",
        "{server}의 WebSocket에서 {shortest} 동안 아무것도 전송되지 않았고({last}), {closer}가 Close 프레임 없이 끝냈습니다({close}).");

    private static readonly Phrase Sockets = new(
        "{samples} WebSockets of {server} were ended by the {closer} without a Close frame, after {shortest} to {longest} in which nothing was sent, {median} as a rule ({close}).",
        "{server}의 WebSocket {samples}개에서 {shortest}~{longest}(중앙값 {median}) 동안 아무것도 전송되지 않은 뒤 {closer}가 Close 프레임 없이 끝냈습니다({close}).");

    private static readonly Phrase OneEvents = new(
        "Nothing was sent on an event stream of {server} for {shortest} ({last}); then the server ended it in the middle ({close}).",
        "{server}의 이벤트 스트림에서 {shortest} 동안 아무것도 전송되지 않았고({last}), 서버가 도중에 끝냈습니다({close}).");

    private static readonly Phrase Events = new(
        "{samples} event streams of {server} were ended in the middle by the server, after {shortest} to {longest} in which nothing was sent, {median} as a rule ({close}).",
        "{server}의 이벤트 스트림 {samples}개에서 {shortest}~{longest}(중앙값 {median}) 동안 아무것도 전송되지 않은 뒤 서버가 도중에 끝냈습니다({close}).");

    private static readonly Phrase Survived = new(
        "A silence of {survived} was survived ({survivor}).", "{survived}의 침묵은 끊기지 않고 지나갔습니다({survivor}).");

    private static readonly Phrase Usual = new(
        "That is the usual time of {preset}.", "이 값은 다음의 기본 시간과 같습니다: {preset}.");

    private readonly Dictionary<(PoolName Server, bool IsSocket, Side Closer), IdleTimeouts> _cuts = [];

    /// <summary>By server, of WebSockets: longest silence after which something was sent.</summary>
    private readonly Dictionary<PoolName, IdleSpan> _survived = [];

    public override ConnectionTraits Connections => ConnectionTraits.WebSocket | ConnectionTraits.Trail;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var server = connection.PoolName.OfAnyClient;
        var close = connection.Tcp.Close;
        if (connection.Record.Http.WebSocket is { } socket)
        {
            var survived = socket.SilenceSurvived;
            Survive(server, new IdleSpan(survived.Nanoseconds, survived.From, survived.To));
            if (StreamEnds.MayBeTimer(connection, socket, Of(Silence)))
            {
                Cut(server, isSocket: true, close, socket.LastOctets, connection.Number, findings.Limits);
            }
        }
        else
        {
            foreach (var exchange in connection.Ended(ExchangeEnd.ResponseTruncated))
            {
                if (StreamEnds.MayBeTimer(connection, exchange, Of(Silence)))
                {
                    Cut(server, isSocket: false, close, exchange.LastOctets, connection.Number, findings.Limits);
                }
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (key, cuts) in _cuts.OrderBy(entry => entry.Value.Closes[0].Span.To.Number))
        {
            if (cuts.Estimate() is { } estimate)
            {
                findings.Add(Finding(key.Server, key.IsSocket, key.Closer, estimate));
            }
        }
    }

    private void Cut(PoolName server, bool isSocket, in CloseAnatomy close, PacketRef last, int connection, FindingLimits limits)
    {
        var key = (server, isSocket, close.First);
        if (!_cuts.TryGetValue(key, out var cuts))
        {
            if (_cuts.Count == Most)
            {
                return;
            }

            _cuts.Add(key, cuts = new IdleTimeouts(limits));
        }

        cuts.Close(new IdleSpan(close.Packet.Time.Since(last.Time), last, close.Packet), connection);
    }

    private void Survive(PoolName server, in IdleSpan span)
    {
        if (!_survived.TryGetValue(server, out var known) ? _survived.Count < Most : span.Length > known.Length)
        {
            _survived[server] = span;
        }
    }

    private Finding Finding(PoolName server, bool isSocket, Side closer, IdleEstimate estimate)
    {
        var preset = estimate.Groups is null ? TimerPreset.OfStream(estimate.Median, closer) : "";
        var survived = isSocket ? _survived.GetValueOrDefault(server) : default;
        var says = (isSocket, estimate.Samples) switch
        {
            (true, 1) => OneSocket,
            (true, _) => Sockets,
            (false, 1) => OneEvents,
            _ => Events,
        };
        List<Measure> measured =
        [
            Measure.Words("server", server.Server.ToString()),
            Measure.End("closer", closer),
            Measure.Count("samples", estimate.Samples),
            Measure.Duration("shortest", estimate.Shortest.Span.Length),
            Measure.Duration("longest", estimate.Longest.Span.Length),
            Measure.Duration("median", estimate.Median),
            Measure.Frame("last", estimate.Shortest.Span.From),
            Measure.Frame("close", estimate.Shortest.Span.To),
            Measure.Duration("send_every", estimate.Shortest.Span.Length / 2),
        ];
        if (survived.Length > 0)
        {
            measured.AddRange([Measure.Duration("survived", survived.Length), Measure.Frame("survivor", survived.To)]);
            says = says.Then(Survived);
        }

        if (preset.Length > 0)
        {
            measured.Add(Measure.Words("preset", preset));
            says = says.Then(Usual);
        }

        return new Finding
        {
            Rule = Card,
            Confidence = ConfidenceOf(estimate, closer, survived, preset),
            Subject = estimate.Samples == 1 ? FindingSubject.Of(estimate.Shortest.Connection) : FindingSubject.Of(server),
            Frames = Evidence.Of(
                survived.From, survived.To, estimate.Shortest.Span.From, estimate.Shortest.Span.To, estimate.Longest.Span.To),
            Measured = measured,
            Says = says,
            Threshold = ThresholdOf("shortest", Silence),
        };
    }

    /// <summary>
    /// A client has other reasons to leave, and a longer silence that another stream survived speaks against a timer.
    /// </summary>
    private static Confidence ConfidenceOf(IdleEstimate estimate, Side closer, in IdleSpan survived, string preset) =>
        survived.Length > estimate.Longest.Span.Length ? Confidence.Possible
        : closer == Side.Client && estimate.Samples == 1 && preset.Length == 0 ? Confidence.Possible
        : estimate.Confidence;
}
