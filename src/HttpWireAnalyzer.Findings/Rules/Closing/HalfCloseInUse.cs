using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Closing;

/// <summary>HWA-T006: one end closed its own direction and went on reading, and the other end used that.</summary>
/// <remarks>
/// Nothing is wrong with it, unless the other end then closes in the middle of its answer, as a proxy does that takes the FIN
/// for an abort. Not flagged: octets after a FIN that a reset answered (their reader was gone), that were not
/// acknowledged, or that are a new request to a server that had closed (HWA-K002).
/// </remarks>
internal sealed class HalfCloseInUse(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-T006",
        SpeaksOfStreams = false,
        Severity = Severity.Info,
        Title = new Phrase("half-close in use", "half-close 사용"),
        References = ["RFC 9293 §3.6", "RFC 9112 §9.6", "haproxy/haproxy#1362"],
        Advice =
        [
            new Phrase(
                "Keep proxies on this path from taking a half-close for an abort: no abortonclose in HAProxy, proxy_ignore_client_abort on in nginx, where clients do this.",
                "이 경로의 프록시가 half-close를 중단으로 여기지 않게 하십시오. 클라이언트가 이렇게 동작한다면 HAProxy에서는 abortonclose를 쓰지 말고, nginx에서는 proxy_ignore_client_abort on을 쓰십시오."),
        ],
    };

    private static readonly Phrase Lingering = new(
        "Nothing to do: a server that answers before it has read the whole request closes so, lest a reset destroy its answer (RFC 9112 §9.6).",
        "조치할 것이 없습니다. 요청을 다 읽기 전에 응답한 서버는 리셋이 응답을 없애지 않도록 이렇게 닫습니다(RFC 9112 §9.6).");

    private static readonly Phrase Says = new(
        "The {closer} closed its direction ({fin}) and read on for {span}; the {sender} sent {octets} in that time, and they arrived.",
        "{closer}가 자기 방향을 닫고({fin}) {span} 동안 계속 읽었으며, 그동안 {sender}가 보낸 {octets}이(가) 도착했습니다.");

    private static readonly Phrase SaysUnfinished = new(
        "The {closer} closed its direction ({fin}) and read on for {span}; the {sender} sent {octets} in that time, and closed ({end}) before its answer was whole.",
        "{closer}가 자기 방향을 닫고({fin}) {span} 동안 계속 읽었으며, {sender}는 그동안 {octets}을(를) 보내고 응답을 끝맺지 않은 채 닫았습니다({end}).");

    public override ConnectionTraits Connections => ConnectionTraits.HalfClosed;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var tcp = ref connection.Tcp;
        var close = tcp.Close;
        var sender = close.First.Other();
        if (close.HalfCloseOctets == 0 || close.How is not (CloseManner.Fin or CloseManner.HalfClosed)
            || tcp.EndOf(sender).Unacknowledged > 0 || connection.Record.AtClose.RequestsAfter > 0)
        {
            return;
        }

        var end = tcp.EndOf(sender).Fin;
        var isUnfinished = close.First == Side.Client && !end.IsNone
            && connection.Record is { Http.Unanswered: > 0, AtClose.RequestCut: false };
        findings.Add(new Finding
        {
            Rule = Card,
            Severity = isUnfinished ? Severity.Warning : Card.Severity,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(close.Packet, tcp.EndOf(close.First).FinAcknowledged, end),
            Measured =
            [
                Measure.End("closer", close.First),
                Measure.End("sender", sender),
                Measure.Frame("fin", close.Packet),
                Measure.Duration("span", close.HalfCloseNanoseconds),
                Measure.Octets("octets", close.HalfCloseOctets),
                .. isUnfinished ? [Measure.Frame("end", end)] : ReadOnlySpan<Measure>.Empty,
            ],
            Says = isUnfinished ? SaysUnfinished : Says,
            Advice = close.First == Side.Server ? [Lingering] : Card.Advice,
        });
    }
}
