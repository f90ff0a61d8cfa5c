using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>What findings of one rule advise, each advice once.</summary>
public static class AdviceText
{
    /// <summary>
    /// Told twice where it is about the one end and about the other. Where only figures differ, those of the first finding stand for
    /// all.
    /// </summary>
    public static IEnumerable<string> Of(IEnumerable<Finding> findings, Language language)
    {
        var told = new HashSet<string>();
        foreach (var finding in findings)
        {
            Measure[] ends = [.. finding.Measured.Where(measure => measure.Unit == MeasureUnit.End)];
            foreach (var advice in finding.Advice)
            {
                if (told.Add(PhraseText.Of(advice, ends, language)))
                {
                    yield return PhraseText.Of(advice, finding.Measured, language);
                }
            }
        }
    }
}
