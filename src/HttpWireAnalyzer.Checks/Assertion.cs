using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>One claim.</summary>
public abstract record Assertion
{
    public required string Id { get; init; }

    /// <summary>Of the spec's file, where it begins; from 1.</summary>
    public required int Line { get; init; }

    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>What a claim about nothing is.</summary>
    public OnEmpty OnEmpty { get; init; }

    /// <summary>Records that are shown where it fails.</summary>
    public int Shown { get; init; } = 5;

    /// <summary>Why it was claimed; null where nobody said.</summary>
    public string? Because { get; init; }
}

/// <summary>What becomes of an assertion that selected nothing.</summary>
public enum OnEmpty : byte
{
    Fail,
    Pass,
    Inconclusive,
}

/// <summary>A claim about the findings of the rules.</summary>
public sealed record FindingsAssertion : Assertion
{
    /// <summary>Rules that must find nothing.</summary>
    public IReadOnlyList<RuleCard> None { get; init; } = [];

    /// <summary>Rules that may find so much, and no more.</summary>
    public IReadOnlyList<(RuleCard Rule, int Most)> Max { get; init; } = [];

    /// <summary>Findings that are allowed; null where the claim is not about new ones.</summary>
    public IKnownFindings? Known { get; init; }

    /// <summary>New findings that are less bad do not count.</summary>
    public Severity LeastNew { get; init; } = Severity.Note;
}

/// <summary>Findings that were there before.</summary>
public interface IKnownFindings
{
    bool Knows(Finding finding);
}

/// <summary>A claim about records of one kind.</summary>
public abstract record RecordsAssertion : Assertion
{
    public required RecordKind Kind { get; init; }

    /// <summary>Which of them; null for all.</summary>
    public BoundFilter? Where { get; init; }
}

/// <summary>The same is asked of every selected record.</summary>
public abstract record FittingAssertion : RecordsAssertion
{
    public required Fitting Fitting { get; init; }

    /// <summary>What is asked, as written.</summary>
    public required string Text { get; init; }

    /// <summary>Of <see cref="Checks.Fitting.AtLeast"/>: how many have to fit.</summary>
    public long Least { get; init; } = 1;

    /// <summary>The fields that it names, as far as the records have them: told where it fails.</summary>
    public required IReadOnlyList<Field> Told { get; init; }
}

/// <summary>A filter is asked.</summary>
public sealed record FilterAssertion : FittingAssertion
{
    public required BoundFilter Filter { get; init; }
}

/// <summary>Code is asked, of records that are kept: see <see cref="KeptRecords"/>.</summary>
public sealed record PredicateAssertion : FittingAssertion;

/// <summary>How many of the selected records have to fit.</summary>
public enum Fitting : byte
{
    Each,
    Any,
    None,
    AtLeast,
}

/// <summary>Aggregates of the selected records are compared.</summary>
public sealed record ExpectAssertion : RecordsAssertion
{
    public required BoundExpectation Expectation { get; init; }

    /// <summary>As written.</summary>
    public required string Text { get; init; }
}

/// <summary>Every selected connection shows these events, in this order; others may stand between them.</summary>
public sealed record SequenceAssertion : RecordsAssertion
{
    public required IReadOnlyList<SequenceStep> Steps { get; init; }
}
