using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H006: an HTTP/1.1 request without Host, or with more than one.</summary>
/// <remarks>Not flagged: HTTP/1.0 requests, which need none.</remarks>
internal sealed class HostMissing(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H006",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("Host missing or repeated", "Host 누락 또는 중복"),
        References = ["RFC 9112 §3.2"],
        Advice =
        [
            new Phrase(
                "The client must send Host exactly once, empty where the target has no authority; servers must answer 400. Health checks written by hand are the usual senders: HTTP/1.1 with Host, or HTTP/1.0.",
                "클라이언트는 Host를 정확히 한 번(대상에 authority가 없으면 빈 값으로) 보내야 하고 서버는 400으로 응답해야 합니다. 직접 작성한 헬스 체크가 흔한 원인입니다. HTTP/1.1이면 Host를 넣고 아니면 HTTP/1.0을 쓰십시오."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.HostMissingOrRepeated,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|request|requests} of HTTP/1.1 without Host, or with more than one ({frame}): RFC 9112 §3.2 makes the server answer 400.",
                "{pool}: HTTP/1.1 요청 {count}건에 Host가 없거나 여러 개입니다({frame}). RFC 9112 §3.2에 따라 서버는 400으로 응답해야 합니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
