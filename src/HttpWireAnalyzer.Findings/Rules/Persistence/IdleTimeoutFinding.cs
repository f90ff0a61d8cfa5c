using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>The finding that an estimate makes, of either end.</summary>
internal static class IdleTimeoutFinding
{
    /// <summary>With fewer the middle one says nothing.</summary>
    private const int FewestWithMedian = 3;

    private static readonly Phrase InTheMiddle = new("Their median is {median}.", "중앙값은 {median}입니다.");

    private static readonly Phrase Usual = new(
        "That is the usual time of {preset}.", "이 값은 다음의 기본 시간과 같습니다: {preset}.");

    private static readonly Phrase Guess = new(
        "As it comes, {preset} closes after that time: a guess by the time alone.",
        "다음의 기본 시간과 같습니다: {preset}. 시간만 보고 추측한 것입니다.");

    private static readonly Phrase Survived = new(
        "A connection that had been idle for {survived} was still answered ({survivor}).",
        "{survived} 동안 유휴 상태였던 연결은 여전히 응답을 받았습니다({survivor}).");

    private static readonly Phrase Outlived = new(
        "But one that had been idle for {survived} was still answered ({survivor}): a timer alone does not explain that.",
        "그러나 {survived} 동안 유휴 상태였던 연결은 여전히 응답을 받았습니다({survivor}). 타이머만으로는 설명되지 않습니다.");

    private static readonly Phrase Seldom = new(
        "A timer that looks once in {grain} explains all of them, with any setting from {setting_least} to {setting_most}.",
        "{grain}마다 확인하는 타이머라면 {setting_least}~{setting_most} 사이의 어떤 설정값으로도 모두 설명됩니다.");

    private static readonly Phrase TwoGroups = new(
        "They fall into two groups, {low_samples} at about {low} and {high_samples} at about {high}: two settings behind one address.",
        "약 {low}의 {low_samples}개와 약 {high}의 {high_samples}개, 두 무리로 나뉩니다. 한 주소 뒤에 설정이 두 가지입니다.");

    /// <param name="presets">Software whose usual time it is.</param>
    /// <param name="one">What is said of a single close.</param>
    /// <param name="alike">Of more that do not differ by a millisecond.</param>
    /// <param name="several">Of more that do.</param>
    public static Finding Of(
        RuleCard rule, IdleEstimate estimate, PoolName subject, Measure who, TimerName presets, Phrase one, Phrase alike, Phrase several)
    {
        var isOutlived = estimate.Outlived.Length > 0;
        var preset = estimate.Groups is null && !isOutlived ? presets.Text : "";
        var survived = isOutlived ? estimate.Outlived : estimate.Survived;
        List<Measure> measured =
        [
            who,
            Measure.Count("samples", estimate.Samples),
            Measure.Duration("shortest_close", estimate.Shortest.Span.Length),
            Measure.Duration("longest_close", estimate.Longest.Span.Length),
            Measure.Duration("median", estimate.Median),
            Measure.Duration("deviation", estimate.Deviation),
            Measure.Frame("close", estimate.Shortest.Span.To),
            Measure.Duration("client_limit", IdleMargin.ClientLimit(estimate.Shortest.Span.Length)),
        ];
        // In the digits that are shown there is no range.
        var isAlike = estimate.Longest.Span.Length - estimate.Shortest.Span.Length
            < long.Max(Timestamp.NanosecondsPerSecond / 1000, estimate.Longest.Span.Length / 1000);
        var says = estimate.Samples == 1 ? one
            : isAlike ? alike
            : estimate.Samples < FewestWithMedian ? several
            : several.Then(InTheMiddle);
        if (estimate.Groups is { } groups)
        {
            measured.AddRange(
                Measure.Duration("low", groups.Low),
                Measure.Count("low_samples", groups.LowSamples),
                Measure.Duration("high", groups.High),
                Measure.Count("high_samples", groups.HighSamples));
            says = says.Then(TwoGroups);
        }
        else if (estimate.Grain > 0 && !isOutlived)
        {
            measured.AddRange(
                Measure.Duration("grain", estimate.Grain),
                Measure.Duration("setting_least", long.Max(survived.Length, estimate.Longest.Span.Length - estimate.Grain)),
                Measure.Duration("setting_most", estimate.Shortest.Span.Length));
            says = says.Then(Seldom);
        }

        if (survived.Length > 0)
        {
            measured.AddRange(Measure.Duration("survived", survived.Length), Measure.Frame("survivor", survived.To));
            says = says.Then(isOutlived ? Outlived : Survived);
        }

        if (preset.Length > 0)
        {
            measured.Add(Measure.Words("preset", preset));
            says = says.Then(presets.IsNamed ? Usual : Guess);
        }

        return new Finding
        {
            Rule = rule,
            Severity = rule.Severity,
            Confidence = estimate.Confidence,
            Subject = FindingSubject.Of(subject),
            Frames = Evidence.Of(
                survived.From, survived.To, estimate.Shortest.Span.From, estimate.Shortest.Span.To, estimate.Longest.Span.To),
            Measured = measured,
            Says = says,
            Advice = rule.Advice,
        };
    }
}
