using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C011: connections that are TLS, and so say nothing of HTTP.</summary>
internal sealed class Encrypted(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.WithoutHttp, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C011",
        Severity = Severity.Info,
        Title = new Phrase("TLS, not decrypted", "복호화되지 않은 TLS"),
        References = ["RFC 8446"],
        Advice =
        [
            new Phrase(
                "Capture behind the end of TLS (between load balancer and application), where HTTP can be read.",
                "HTTP를 읽을 수 있도록 TLS가 끝나는 지점 뒤(로드 밸런서와 애플리케이션 사이)에서 캡처하십시오."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "TLS: {count} of {connections} connections, the first from {first} on. Rules on exchanges say nothing of them; those on TCP do.",
        "연결 {connections}개 중 {count}개(첫 번째는 {first}부터)가 TLS입니다. HTTP 교환에 관한 규칙은 판단하지 않고 TCP 규칙만 적용됩니다.");

    protected override long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Tcp.First;
        return connection.Record.Http.Protocol == ApplicationProtocol.Tls ? 0 : -1;
    }
}
