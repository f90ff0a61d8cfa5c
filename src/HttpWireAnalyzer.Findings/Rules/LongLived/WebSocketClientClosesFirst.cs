using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>HWA-S006: after the Close frames the WebSocket's client closed the TCP connection, which is the server's to do.</summary>
/// <remarks>
/// Not told: a client that had waited long enough for the server (RFC 6455 §7.1.1 lets it close then), a connection
/// without a Close frame (HWA-S004, HWA-S005), and FINs of both ends at once.
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
                "A client that has both Close frames waits for the server's FIN, so that TIME-WAIT stays with the server and the client's port is free at once.",
                "두 Close 프레임이 모두 오간 뒤 클라이언트는 서버의 FIN을 기다려야 합니다. 그래야 TIME-WAIT가 서버에 남고 클라이언트 포트가 곧바로 비워집니다."),
        ],
        Parameters = [Wait],
    };

    private static readonly Phrase Says = new(
        "The WebSocket's client closed the TCP connection ({close}) {waited} after the Close frames ({frame}), and did not leave that to the server.",
        "WebSocket 클라이언트가 Close 프레임({frame}) 이후 {waited} 만에 서버에 맡기지 않고 TCP 연결을 먼저 닫았습니다({close}).");

    public override ConnectionTraits Connections => ConnectionTraits.WebSocket;

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var socket = connection.Record.Http.WebSocket!;
        var close = connection.Tcp.Close;
        if (socket.ClientEnd.Close is not { } client || socket.ServerEnd.Close is not { } server
            || !connection.Record.HasCloser || connection.Record.HasTwoClosers || close.First != socket.Client)
        {
            return;
        }

        var last = client.Packet.Number > server.Packet.Number ? client.Packet : server.Packet;
        var waited = close.Packet.Time.Since(last.Time);
        if (close.Packet.Number < last.Number || waited >= Of(Wait))
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = connection.Subject(),
            Frames = Evidence.Of(client.Packet, server.Packet, close.Packet),
            Measured =
            [
                Measure.Frame("close", close.Packet),
                Measure.Frame("frame", last),
                Measure.Duration("waited", waited),
            ],
            Says = Says,
            Threshold = ThresholdOf("waited", Wait),
        });
    }
}
