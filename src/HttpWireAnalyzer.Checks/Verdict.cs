using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Checks;

/// <summary>What came of one assertion over one capture: data, from which any text is made.</summary>
public sealed record Verdict
{
    public required Assertion Assertion { get; init; }

    public required Outcome Outcome { get; init; }

    public required VerdictReason Reason { get; init; }

    /// <summary>Records that were selected; of a claim about findings, the connections that the rules saw.</summary>
    public long Selected { get; init; }

    /// <summary>How many of them do what is claimed; of a claim about findings, how many findings are too much.</summary>
    public long Fitting { get; init; }

    /// <summary>Of an expectation: its aggregates.</summary>
    public IReadOnlyList<(BoundAggregate Aggregate, AggregateValue Value)> Aggregates { get; init; } = [];

    /// <summary>The first records that break the claim, as many as it shows.</summary>
    public IReadOnlyList<Counterexample> Examples { get; init; } = [];

    /// <summary>Where the capture cannot be judged.</summary>
    public IReadOnlyList<UnmetRequirement> Unmet { get; init; } = [];

    /// <summary>Of a claim about findings: those that are too much, by their rules.</summary>
    public IReadOnlyList<(RuleCard Rule, int Count)> Found { get; init; } = [];

    /// <summary>Rules that withheld findings, or told not all of them.</summary>
    public IReadOnlyList<RuleCard> Silent { get; init; } = [];
}

public enum Outcome : byte
{
    Passed,
    Failed,

    /// <summary>Neither can be said.</summary>
    Inconclusive,
}

/// <summary>Why a verdict is what it is.</summary>
public enum VerdictReason : byte
{
    /// <summary>As claimed.</summary>
    Holds,

    /// <summary>Some selected record breaks the claim.</summary>
    Broken,

    /// <summary>Too few selected records do what is claimed.</summary>
    TooFew,

    /// <summary>Aggregates are not as expected.</summary>
    Unexpected,

    /// <summary>Findings that must not be there.</summary>
    Found,

    /// <summary>Nothing was selected: nothing is shown.</summary>
    Empty,

    /// <summary>Records were selected, and none has the value that an aggregate is made of.</summary>
    NoValue,

    /// <summary>More values, or events, than are kept.</summary>
    TooMany,

    /// <summary>The capture is not what is required.</summary>
    RequirementsUnmet,

    /// <summary>Rules withheld findings, because the capture has holes.</summary>
    RulesWithheld,
}

/// <summary>A record that breaks a claim.</summary>
/// <param name="Values">Of the fields that the claim names; absent ones are not here.</param>
/// <param name="Step">Of a sequence: the step that did not come, from 0; else -1.</param>
public sealed record Counterexample(RecordPlace Place, IReadOnlyList<(Field Field, FieldValue Value)> Values, int Step = -1);

/// <summary>Which record it is, and where its packets are. What does not apply is -1, none or null.</summary>
public readonly record struct RecordPlace
{
    public RecordPlace()
    {
    }

    public int Connection { get; init; } = -1;

    public int Exchange { get; init; } = -1;

    public Endpoint Client { get; init; }

    public Endpoint Server { get; init; }

    /// <summary>The packets that show it, as few as will do.</summary>
    public PacketRef First { get; init; }

    public PacketRef Last { get; init; }

    /// <summary>Of a claim about findings.</summary>
    public Finding? Finding { get; init; }
}
