using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H001: a start line that RFC 9112 does not know: two spaces, no version, a status outside 100 to 599.</summary>
/// <remarks>Not flagged: an empty line before a request, which RFC 9112 §2.2 lets servers ignore; octets that are no HTTP at all.</remarks>
internal sealed class InvalidStart(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H001",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("start line that follows no grammar", "문법에 맞지 않는 시작 줄"),
        References = ["RFC 9112 §3", "RFC 9112 §4", "RFC 9110 §15"],
        Advice =
        [
            new Phrase(
                "Find who writes it: spaces in a target must be sent as %20, and a status has three digits from 100 to 599. Servers should answer 400, and not guess.",
                "누가 쓰는지 찾으십시오. 대상의 공백은 %20으로 보내고 상태 코드는 100~599의 세 자리여야 합니다. 서버는 추측하지 말고 400으로 응답해야 합니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.InvalidStartLine,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|start line|start lines} of the {sender} against the grammar ({frame}): each reader makes something else of it.",
                "{pool}: {sender}의 시작 줄 {count}개가 문법에 맞지 않습니다({frame}). 읽는 쪽마다 다르게 해석합니다.")),
        new Oddity(
            HttpAnomalies.OddStatus,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|response|responses} of the {sender} with a status outside 100 to 599 ({frame}).",
                "{pool}: {sender}의 응답 {count}건에 100~599를 벗어난 상태 코드가 있습니다({frame}).")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
