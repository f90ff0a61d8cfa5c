using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S006: after a Close frame the WebSocket's client closed the TCP connection, which is the server's to do.</summary>
/// <remarks>
/// Not told: a client that had waited long enough for the server (RFC 6455 §7.1.1 lets it close then), a connection
/// without a Close frame before its end (HWA-S004, HWA-S005), and FINs of both ends at once.
/// </remarks>
internal sealed class WebSocketClientClosesFirst(RuleSettings settings) : Rule(Entry, settings)
{
    private static readonly RuleParameter Wait = new(
        "wait", MeasureUnit.Nanoseconds, Timestamp.NanosecondsPerSecond, "RFC 6455 §7.1.1: a client may close that has waited a reasonable time");

    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-S006",
        Severity = Severity.Note,
        Title = new Phrase("WebSocket client closed TCP first", "WebSocket 클라이언트가 먼저 TCP를 닫음"),
        References = ["RFC 6455 §7.1.1", "RFC 9293 §3.3.2"],
        Advice =
        [
            new Phrase(
                "Once Close is said, the client waits for the server's Close frame and FIN, so that both know how it ended, TIME-WAIT stays with the server and the client's port is free at once.",
                "Close가 오간 뒤 클라이언트는 서버의 Close 프레임과 FIN을 기다려야 합니다. 그래야 양쪽이 끝난 이유를 알고, TIME-WAIT가 서버에 남으며, 클라이언트 포트가 곧바로 비워집니다."),
        ],
        Parameters = [Wait],
    };

    private static readonly Phrase Says = new(
        "The WebSocket's client closed the TCP connection ({close}) {waited} after the Close frame ({frame}), and did not leave that to the server.",
        "WebSocket 클라이언트가 Close 프레임({frame}) 이후 {waited} 만에 서버에 맡기지 않고 TCP 연결을 먼저 닫았습니다({close}).");

    public override ConnectionTraits Connections => ConnectionTraits.WebSocket;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var socket = connection.Record.Http.WebSocket!;
        var close = connection.Tcp.Close;
        if (!connection.Record.IsClosedBy(socket.Client))
        {
            return;
        }

        var client = Before(close.Packet, socket.ClientEnd.Close);
        var server = Before(close.Packet, socket.ServerEnd.Close);
        var last = PacketRef.Later(client, server);
        if (last.IsNone || close.Packet.Time.Since(last.Time) >= Of(Wait))
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(client, server, close.Packet),
            Measured =
            [
                Measure.Frame("close", close.Packet),
                Measure.Frame("frame", last),
                Measure.Duration("waited", close.Packet.Time.Since(last.Time)),
            ],
            Says = Says,
            Threshold = ThresholdOf("waited", Wait),
        });
    }

    /// <summary>None where there is none, or it came later: then nobody had read it.</summary>
    private static PacketRef Before(PacketRef end, WebSocketClose? close) =>
        close is not null && close.Packet.Number <= end.Number ? close.Packet : default;
}
