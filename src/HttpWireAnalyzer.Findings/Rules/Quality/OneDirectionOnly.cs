namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C003: connections of which only one direction was captured.</summary>
/// <remarks>Not flagged: attempts that nobody answered: silence is what there was.</remarks>
internal sealed class OneDirectionOnly(RuleSettings settings) : PartialConnections(Entry, settings, ConnectionTraits.OneDirection, Says)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C003",
        Severity = Severity.Warning,
        Title = new Phrase("one direction only", "한 방향만 캡처됨"),
        References = ["RFC 9293 §3.4"],
        Advice =
        [
            new Phrase(
                "Capture where both directions pass: on a host, or with both directions of the mirror port; routes may differ there and back.",
                "양방향이 모두 지나는 곳에서 캡처하십시오. 호스트에서, 또는 미러 포트의 양방향을 모두 켜고 캡처하십시오. 오가는 경로가 다를 수 있습니다."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "One direction only was captured of {count} of {connections} connections, the first from {first} on. Rules that need both say nothing of them, and silence proves nothing: HWA-T002 is only possible for those servers.",
        "연결 {connections}개 중 {count}개는 한 방향만 캡처되었습니다(첫 번째는 {first}부터). 양방향이 필요한 규칙은 이 연결들을 판단하지 않으며, 침묵은 증거가 되지 않습니다. 그 서버들에 대해 HWA-T002는 '가능'에 그칩니다.");
}
