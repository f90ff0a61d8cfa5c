using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H004: Content-Length more than once, or with a value that is no number.</summary>
/// <remarks>Not flagged: one line with one number.</remarks>
internal sealed class OddContentLength(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H004",
        Severity = Severity.Error,
        NeedsWholeCapture = true,
        Title = new Phrase("Content-Length repeated or invalid", "Content-Length 중복 또는 오류"),
        References = ["RFC 9110 §8.6", "RFC 9112 §6.3", "RFC 9112 §11.2"],
        Advice =
        [
            new Phrase(
                "Find the two that set it (an application and a framework, a backend and a proxy) and leave one. With values that differ the message must be refused: readers that take the first and readers that take the last see different messages.",
                "두 번 설정하는 쪽(애플리케이션과 프레임워크, 백엔드와 프록시)을 찾아 하나만 남기십시오. 값이 다르면 메시지를 거절해야 합니다. 첫 값을 쓰는 수신자와 마지막 값을 쓰는 수신자가 다른 메시지를 보게 됩니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.RepeatedContentLength,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} with the same Content-Length more than once ({frame}).",
                "{pool}: {sender}의 메시지 {count}건에 같은 Content-Length가 여러 번 있습니다({frame}).")),
        new Oddity(
            HttpAnomalies.ConflictingContentLength,
            Severity.Error,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} with several Content-Lengths that differ ({frame}): readers see different messages.",
                "{pool}: {sender}의 메시지 {count}건에 서로 다른 Content-Length가 있습니다({frame}). 수신자마다 다른 메시지를 보게 됩니다.")),
        new Oddity(
            HttpAnomalies.InvalidContentLength,
            Severity.Error,
            new Phrase(
                "{pool}: {count|message|messages} of the {sender} with a Content-Length that is no number ({frame}).",
                "{pool}: {sender}의 메시지 {count}건에 숫자가 아닌 Content-Length가 있습니다({frame}).")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
