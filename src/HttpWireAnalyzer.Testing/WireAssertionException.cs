using HttpWireAnalyzer.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>A claim that did not pass: the text is what hwa check says of it.</summary>
public sealed class WireAssertionException(string message, Verdict verdict) : Exception(message)
{
    public Verdict Verdict { get; } = verdict;

    /// <summary>Inconclusive is no pass either: the capture cannot show whether the claim holds.</summary>
    public Outcome Outcome => Verdict.Outcome;
}
