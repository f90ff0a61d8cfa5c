using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H009: a 1xx response to an HTTP/1.0 request.</summary>
/// <remarks>Not flagged: 1xx to HTTP/1.1 requests.</remarks>
internal sealed class InterimToOld(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H009",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("1xx to an HTTP/1.0 client", "HTTP/1.0 클라이언트에 보낸 1xx"),
        References = ["RFC 9110 §15.2", "RFC 9110 §10.1.1"],
        Advice =
        [
            new Phrase(
                "The server must not send 100 (Continue) or other 1xx to a request of HTTP/1.0: such a client takes it for the final response. Proxies must not pass Expect on to servers that do not know it.",
                "서버는 HTTP/1.0 요청에 100(Continue) 등 1xx를 보내면 안 됩니다. 이런 클라이언트는 그것을 최종 응답으로 여깁니다. 프록시는 Expect를 모르는 서버에 이를 전달하지 말아야 합니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.InterimToHttp10,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|response|responses} with status 1xx to requests of HTTP/1.0 ({frame}): such a client takes it for the final one.",
                "{pool}: HTTP/1.0 요청에 1xx 응답 {count}건을 보냈습니다({frame}). 이런 클라이언트는 이를 최종 응답으로 여깁니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
