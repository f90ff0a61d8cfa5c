using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H008: a head, start line and fields together, that is larger than 64 KiB.</summary>
/// <remarks>Not flagged: large heads below that, although many servers take 8 KiB only.</remarks>
internal sealed class HeadTooLarge(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H008",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("head larger than readers take", "수신자가 받아들이기에 너무 큰 헤더"),
        References = ["RFC 9110 §5.4", "RFC 6585 §5"],
        Advice =
        [
            new Phrase(
                "Find the field that grew (cookies, tokens, forwarded chains) and cut it. nginx takes 8 KiB a line (large_client_header_buffers), Apache 8 KiB, Node 16 KiB, Kestrel 32 KiB, HAProxy 16 KiB, AWS ALB 64 KiB.",
                "커진 필드(쿠키, 토큰, Forwarded 체인)를 찾아 줄이십시오. 한도는 nginx 줄당 8 KiB(large_client_header_buffers), Apache 8 KiB, Node 16 KiB, Kestrel 32 KiB, HAProxy 16 KiB, AWS ALB 64 KiB입니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.HeadTooLong,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|head|heads} of the {sender} of {octets} and more ({frame}): most servers and proxies refuse it, and it was not read further.",
                "{pool}: {sender}의 헤더 {count}개가 {octets} 이상입니다({frame}). 대부분의 서버와 프록시가 거절하며 더 읽지 않았습니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
