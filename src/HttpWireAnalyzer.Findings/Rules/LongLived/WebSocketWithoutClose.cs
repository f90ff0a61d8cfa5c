using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S005: a WebSocket ended and neither end had said Close: both programs report code 1006.</summary>
/// <remarks>
/// Not told: what a timer may have cut (HWA-S004); a WebSocket that is open when the capture ends; one of which octets are
/// missing, for they may have held the Close frame.
/// </remarks>
internal sealed class WebSocketWithoutClose(RuleSettings settings) : Rule(Entry, settings)
{
    private readonly RuleSettings _settings = settings;

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S005",
        Severity = Severity.Warning,
        Title = new Phrase("WebSocket ended without a Close frame", "Close 프레임 없이 끝난 WebSocket"),
        References = ["RFC 6455 §7.1.1", "RFC 6455 §7.1.5", "RFC 6455 §7.4.1"],
        Advice =
        [
            new Phrase(
                "Have the {closer} say Close before it ends (1001 when it goes away: on shutdown, on deploy), and have the other end connect again after a random delay.",
                "{closer}가 끝내기 전에 Close를 보내게 하고(종료나 배포로 떠날 때는 1001), 상대는 무작위 지연 후 다시 연결하게 하십시오."),
        ],
    };

    private static readonly Phrase Says = new(
        "The {closer} ended the WebSocket without a Close frame ({close}), {silence} after the last octets ({last}): programs report code 1006.",
        "{closer}가 마지막 데이터({last}) 이후 {silence} 만에 Close 프레임 없이 WebSocket을 끝냈습니다({close}). 프로그램은 코드 1006으로 보고합니다.");

    private static readonly Phrase SaysBare = new(
        "The {closer} ended the WebSocket without a Close frame ({close}): programs report code 1006.",
        "{closer}가 Close 프레임 없이 WebSocket을 끝냈습니다({close}). 프로그램은 코드 1006으로 보고합니다.");

    private static readonly Phrase SaysGone = new(
        "The {closer} ended the WebSocket without a Close frame ({close}), for the {other} was gone: it had answered nothing to the ping in {ping} for {waited}. Programs report code 1006.",
        "{closer}가 Close 프레임 없이 WebSocket을 끝냈습니다({close}). {other}가 {ping}의 ping에 {waited} 동안 아무 응답도 하지 않았기 때문입니다. 프로그램은 코드 1006으로 보고합니다.");

    private static readonly Phrase Gone = new(
        "Look at the {other}, and at the way to it: a device that lost its network or slept, a program that hung (its kernel may acknowledge all the same), a middlebox that dropped the connection. The {closer} did what its pings are for.",
        "{other}와 그쪽으로 가는 경로를 살펴보십시오. 네트워크를 잃거나 잠든 기기, 멈춘 프로그램(커널은 여전히 확인 응답할 수 있음), 연결을 버린 중간 장비가 흔한 원인입니다. {closer}는 ping의 목적대로 동작했습니다.");

    private static readonly Phrase InMessage = new(
        "A message was cut off in the middle.", "메시지 하나가 도중에 잘렸습니다.");

    public override ConnectionTraits Connections => ConnectionTraits.WebSocket;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var socket = connection.Record.Http.WebSocket!;
        if (!StreamEnds.EndedWithoutClose(connection, socket)
            || StreamEnds.MayBeTimer(connection, socket, _settings.Of(SilentStreamCut.Entry, SilentStreamCut.Silence)))
        {
            return;
        }

        var close = connection.Tcp.Close;
        List<Measure> measured =
        [
            Measure.End("closer", close.First), Measure.End("other", close.First.Other()), Measure.Frame("close", close.Packet),
        ];
        var ping = StreamEnds.PingInVain(connection, socket, _settings.Of(SilentStreamCut.Entry, SilentStreamCut.Silence));
        var says = SaysBare;
        if (!ping.IsNone)
        {
            measured.AddRange([Measure.Frame("ping", ping), Measure.Duration("waited", close.Packet.Time.Since(ping.Time))]);
            says = SaysGone;
        }
        else if (socket.SilenceBeforeClose >= 0)
        {
            measured.AddRange([Measure.Duration("silence", socket.SilenceBeforeClose), Measure.Frame("last", socket.LastOctets)]);
            says = Says;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(socket.Opened, ping, socket.LastOctets, close.Packet),
            Measured = measured,
            Says = socket.ClientEnd.CutOff || socket.ServerEnd.CutOff ? says.Then(InMessage) : says,
            Advice = ping.IsNone ? Card.Advice : [Gone],
        });
    }
}
