namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>HWA-C007: packets older than one before them, by more than a millisecond.</summary>
/// <remarks>Not flagged: less than that, which the queues of a network card explain.</remarks>
internal sealed class TimeGoesBackwards(RuleSettings settings) : QualityRule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-C007",
        Severity = Severity.Warning,
        Title = new Phrase("time goes backwards", "시간이 거꾸로 감"),
        References = ["draft-ietf-opsawg-pcapng §4.3"],
        Advice =
        [
            new Phrase(
                "Put the packets in order (reordercap), and let the clock be slewed, not stepped (chronyd), while you capture.",
                "패킷을 시간순으로 정렬하고(reordercap), 캡처 중에는 시계를 한 번에 바꾸지 말고 서서히 맞추십시오(chronyd)."),
        ],
        NeedsBothDirections = false,
    };

    private static readonly Phrase Says = new(
        "Packets older than one before them: {count}, by up to {most} (the first {first}). Durations across such a place are too short, and idle times and timeouts cannot be trusted there.",
        "패킷 {count}개가 앞선 패킷보다 오래된 시각을 가집니다(최대 {most}, 첫 번째 {first}). 그 지점을 지나는 시간은 실제보다 짧게 나오며 유휴 시간과 타임아웃을 신뢰할 수 없습니다.");

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        var back = capture.Totals.Backwards;
        if (back.Count > 0)
        {
            Tell(
                capture, findings, Says, [back.First], Measure.Count("count", back.Count), Measure.Duration("most", back.Most), Measure.Frame("first", back.First));
        }
    }
}
