using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>
/// HWA-H003: a message with both Content-Length and Transfer-Encoding, with a Transfer-Encoding that does not end in chunked, or
/// with one where HTTP/1.0 is spoken.
/// </summary>
/// <remarks>Not flagged: Content-Length beside a Transfer-Encoding that was not sent; trailers.</remarks>
internal sealed class LengthAndChunks(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H003",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("Transfer-Encoding that readers may take differently", "수신자마다 다르게 읽을 수 있는 Transfer-Encoding"),
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
        new Oddity(
            HttpAnomalies.TransferEncodingInHttp10,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} with Transfer-Encoding where HTTP/1.0 is spoken ({frame}): a reader of HTTP/1.0 takes the chunk sizes for content, one of HTTP/1.1 must not go on behind it.",
                "{pool}: HTTP/1.0을 쓰는 곳에서 {sender}의 메시지 {count}건에 Transfer-Encoding이 있습니다({frame}). HTTP/1.0 수신자는 청크 크기를 본문으로 읽고, HTTP/1.1 수신자는 그 뒤를 이어 읽으면 안 됩니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
