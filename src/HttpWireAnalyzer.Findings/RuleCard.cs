namespace HttpWireAnalyzer.Findings;

/// <summary>What is known of a rule before it has seen anything. Its page is docs/findings/ID.md.</summary>
public sealed record RuleCard
{
    private readonly bool? _speaksOfStreams;

    /// <summary>HWA-K001: never given to another rule.</summary>
    public required string Id { get; init; }

    /// <summary>The worst it says unless the case makes it worse.</summary>
    public required Severity Severity { get; init; }

    public required Phrase Title { get; init; }

    /// <summary>Clauses, documents and reports: RFC 9112 §9.5, nodejs/node#20256.</summary>
    public required IReadOnlyList<string> References { get; init; }

    public IReadOnlyList<Phrase> Advice { get; init; } = [];

    public IReadOnlyList<RuleParameter> Parameters { get; init; } = [];

    /// <summary>It concludes from packets that did not come: packets that the capture lost weaken it.</summary>
    public bool RestsOnSilence { get; init; }

    /// <summary>It speaks when the capture has ended, not before: it can set off no recording.</summary>
    public bool NeedsWholeCapture { get; init; }

    /// <summary>It says nothing of a connection of which only one direction was captured.</summary>
    public bool NeedsBothDirections { get; init; } = true;

    /// <summary>
    /// It may speak of connections that carry streams of HTTP/2, and of those streams. Rules of HTTP/1 take it that one message
    /// follows another on a connection: they do not see these.
    /// </summary>
    public bool SpeaksOfStreams { get => _speaksOfStreams ?? Family is not ('H' or 'K' or 'L' or 'P'); init => _speaksOfStreams = value; }

    /// <summary>K of HWA-K001.</summary>
    public char Family => Id[RuleIdPrefix.Length];

    /// <summary>What all ids begin with.</summary>
    public const string RuleIdPrefix = "HWA-";
}

/// <summary>A threshold that can be set: rules.HWA-T007.wait.</summary>
/// <param name="Source">Where the usual value comes from.</param>
public sealed record RuleParameter(string Name, MeasureUnit Unit, long Usual, string Source)
{
    /// <summary>What is less can make no difference: the rule is not shown what it would be about.</summary>
    public long Least { get; init; }
}
