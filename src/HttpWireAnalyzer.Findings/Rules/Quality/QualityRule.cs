using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>
/// A rule on the capture itself: what it lacks, and which other findings are less sure for that. It never speaks of an
/// empty capture, and never weakens itself.
/// </summary>
internal abstract class QualityRule(RuleCard card, RuleSettings settings) : Rule(card, settings)
{
    /// <summary>Rules that conclude from silence, by id: the ones that a lossy capture weakens.</summary>
    protected static Measure RestingOnSilence() => Measure.Words(
        "weakened", string.Join(", ", RuleBook.Cards.Where(card => card.RestsOnSilence).Select(card => card.Id)));

    /// <param name="frames">Where the fault shows; the first and last packet where it shows nowhere.</param>
    protected void Tell(
        CaptureCase capture, FindingList findings, Phrase says, IReadOnlyList<PacketRef> frames, params IReadOnlyList<Measure> measured)
    {
        if (capture.Totals.First.IsNone)
        {
            return;
        }

        findings.Add(new Finding
        {
            Rule = Card,
            Confidence = Confidence.Certain,
            Subject = FindingSubject.Capture,
            Frames = frames.Count > 0 ? frames : Evidence.Of(capture.Totals.First, capture.Totals.Last),
            Measured = measured,
            Says = says,
        });
    }
}
