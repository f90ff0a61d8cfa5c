using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H007: a response with status 1xx or 204 that says Content-Length or Transfer-Encoding.</summary>
/// <remarks>Not flagged: Content-Length on 304 and on responses to HEAD, which says how long the body would be.</remarks>
internal sealed class ForbiddenBody(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H007",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("body where none may be", "본문이 있으면 안 되는 응답의 본문"),
        References = ["RFC 9110 §8.6", "RFC 9110 §15.3.5", "RFC 9112 §6.3"],
        Advice =
        [
            new Phrase(
                "Send 200 with the body, or 204 without one and without Content-Length: a client that believes the field waits for octets that do not come, or takes those that do for the next response.",
                "본문이 있으면 200으로, 없으면 Content-Length 없이 204로 응답하십시오. 이 필드를 믿는 클라이언트는 오지 않을 데이터를 기다리거나, 온 데이터를 다음 응답으로 읽습니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.BodyNotAllowed,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|response|responses} with status 1xx or 204, and a body announced ({frame}): the client may wait for it, or read it as the next response.",
                "{pool}: 1xx 또는 204 응답 {count}건이 본문을 언급합니다({frame}). 클라이언트가 본문을 기다리거나 다음 응답으로 읽을 수 있습니다.")),
        new Oddity(
            HttpAnomalies.BodyNotAllowed,
            Severity.Note,
            new Phrase(
                "{pool}: {count|response|responses} with status 1xx or 204 and Content-Length: 0 ({frame}): RFC 9110 §8.6 forbids the field there, and no reader is misled.",
                "{pool}: 1xx 또는 204 응답 {count}건에 Content-Length: 0이 있습니다({frame}). RFC 9110 §8.6은 금지하지만 읽는 쪽이 오해하지는 않습니다.")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;

    protected override int Which(ConnectionCase connection, in HttpRemark remark)
    {
        var ordinal = remark.Ordinal;
        var isEmpty = connection.Trail!.Exchanges.Any(exchange => exchange.Ordinal == ordinal
            && exchange.Response is { ContentLength: 0, TransferCoding: TransferCoding.None });
        return base.Which(connection, remark) < 0 ? -1 : isEmpty ? 1 : 0;
    }
}
