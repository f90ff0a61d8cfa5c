using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H003: a message with both Content-Length and Transfer-Encoding, or with a Transfer-Encoding that does not end in chunked.</summary>
/// <remarks>Not flagged: Content-Length beside a Transfer-Encoding that was not sent; trailers.</remarks>
internal sealed class LengthAndChunks(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H003",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("Content-Length and Transfer-Encoding together", "Content-Length와 Transfer-Encoding이 함께 있음"),
        References = ["RFC 9112 §6.1", "RFC 9112 §6.3", "RFC 9112 §11.2"],
        Advice =
        [
            new Phrase(
                "Treat it as an attack until it is explained: two readers that choose differently see different messages (request smuggling). The sender must send one of the two; proxies must remove Content-Length, or refuse with 400 and close.",
                "설명되기 전까지는 공격으로 다루십시오. 서로 다른 것을 고르는 두 수신자는 다른 메시지를 보게 됩니다(request smuggling). 보내는 쪽은 둘 중 하나만 보내고, 프록시는 Content-Length를 제거하거나 400으로 거절하고 닫아야 합니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.LengthAndTransferEncoding,
            Severity.Error,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} with both Content-Length and Transfer-Encoding ({frame}): readers that choose differently see different messages.",
                "{pool}: {sender}의 메시지 {count}건에 Content-Length와 Transfer-Encoding이 함께 있습니다({frame}). 선택이 다른 수신자는 서로 다른 메시지를 보게 됩니다.")),
        new Oddity(
            HttpAnomalies.OddTransferEncoding,
            Severity.Error,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} whose Transfer-Encoding does not end in chunked, or names it twice ({frame}): its length is anybody's guess.",
                "{pool}: {sender}의 메시지 {count}건에서 Transfer-Encoding이 chunked로 끝나지 않거나 chunked가 두 번 있습니다({frame}). 길이를 확정할 수 없습니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
