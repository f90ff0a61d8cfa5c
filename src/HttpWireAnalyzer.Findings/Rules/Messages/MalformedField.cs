using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>HWA-H002: a field line that is folded over two lines, has white space before its colon or none at all, or carries a control octet.</summary>
/// <remarks>Not flagged: LF alone as the end of a line, which RFC 9112 §2.2 lets readers take.</remarks>
internal sealed class MalformedField(RuleSettings settings) : OddMessageRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-H002",
        Severity = Severity.Warning,
        NeedsWholeCapture = true,
        Title = new Phrase("folded or malformed field line", "접힌 또는 잘못된 필드 줄"),
        References = ["RFC 9112 §5.1", "RFC 9112 §5.2", "RFC 9112 §2.2", "RFC 9110 §5.5"],
        Advice =
        [
            new Phrase(
                "Find who writes it: such a line is read as another field, or as part of one, by the next hop, and can carry a request past a filter. Servers must answer 400 to white space before the colon; proxies must not pass it on.",
                "누가 쓰는지 찾으십시오. 이런 줄은 다음 홉에서 다른 필드나 필드의 일부로 읽혀 필터를 우회할 수 있습니다. 서버는 콜론 앞 공백에 400으로 응답해야 하며 프록시는 그대로 전달하면 안 됩니다."),
        ],
    };

    private static readonly Oddity[] Known =
    [
        new Oddity(
            HttpAnomalies.ObsoleteFolding,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|field line|field lines} of the {sender} folded over two lines ({frame}), which RFC 9112 §5.2 has done away with.",
                "{pool}: {sender}의 필드 줄 {count}개가 두 줄로 접혀 있습니다({frame}). RFC 9112 §5.2가 폐지한 형식입니다.")),
        new Oddity(
            HttpAnomalies.SpaceBeforeColon,
            Severity.Error,
            new Phrase(
                "{pool}: {count|field line|field lines} of the {sender} with white space before the colon ({frame}): one reader ignores the field, another takes it.",
                "{pool}: {sender}의 필드 줄 {count}개에 콜론 앞 공백이 있습니다({frame}). 한쪽은 이 필드를 무시하고 다른 쪽은 받아들입니다.")),
        new Oddity(
            HttpAnomalies.InvalidFieldLine | HttpAnomalies.ControlOctet | HttpAnomalies.BareCarriageReturn,
            Severity.Warning,
            new Phrase(
                "{pool}: {count|field line|field lines} of the {sender} without a colon, with a name that is no token, or with a control octet ({frame}).",
                "{pool}: {sender}의 필드 줄 {count}개에 콜론이 없거나 이름이 토큰이 아니거나 제어 문자가 있습니다({frame}).")),
    ];

    protected override IReadOnlyList<Oddity> Oddities => Known;
}
