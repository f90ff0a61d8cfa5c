using HttpWireAnalyzer.Findings.Rules.Messages;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Multiplexing;

/// <summary>HWA-M004: a field of HTTP/1 connections in a message of HTTP/2, which makes it malformed.</summary>
/// <remarks>Not flagged: "te: trailers", and the HTTP/1 message that asks for h2c.</remarks>
internal sealed class ConnectionFieldInHttp2(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-M004",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("connection field in HTTP/2", "HTTP/2 메시지의 연결 필드"),
        References = ["RFC 9113 §8.2.2", "RFC 9113 §8.1.1"],
        Advice =
        [
            new Phrase(
                "Whoever turns HTTP/1 into HTTP/2 must remove Connection, Keep-Alive, Proxy-Connection, Transfer-Encoding and Upgrade, and te but for \"trailers\": receivers answer such a message with PROTOCOL_ERROR.",
                "HTTP/1을 HTTP/2로 바꾸는 쪽은 Connection, Keep-Alive, Proxy-Connection, Transfer-Encoding, Upgrade와 \"trailers\" 이외의 te를 제거해야 합니다. 수신자는 이런 메시지에 PROTOCOL_ERROR로 응답합니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.ConnectionField,
            Severity.Error,
            new Phrase(
                "{pool}: {count|message|messages} of {sender} with a field of HTTP/1 connections ({frame}): RFC 9113 §8.2.2 makes them malformed.",
                "{pool}: {sender}가 보낸 메시지 {count}건에 HTTP/1 연결 필드가 있습니다({frame}). RFC 9113 §8.2.2에 따라 잘못된 메시지입니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
