using System.Diagnostics;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>
/// Judges an assertion about records: it is told of every record which of its filters accept it, and may want to read
/// the record and know its place.
/// </summary>
internal abstract class RecordJudge
{
    /// <summary>Asked of every record. The first one is always: which records it is about.</summary>
    public abstract IReadOnlyList<BoundFilter?> Filters { get; }

    /// <summary>What it reads of a record.</summary>
    public abstract FieldReader Reader { get; }

    /// <summary>True where the record is to be written to <see cref="Reader"/>, and <see cref="Keep"/> is due.</summary>
    /// <param name="accepted">In the order of <see cref="Filters"/>; true where there is none.</param>
    public abstract bool Take(ReadOnlySpan<bool> accepted);

    public abstract void Keep(in RecordPlace place);

    /// <summary>After all that was taken: another record, of which nobody knows whether it is one, could change the verdict.</summary>
    public abstract bool RestsOn(ReadOnlySpan<bool> accepted);

    /// <param name="span">Of the capture, in nanoseconds.</param>
    public abstract Verdict Conclude(long span);

    public static RecordJudge Of(RecordsAssertion assertion) => assertion switch
    {
        FilterAssertion filter => new FilterJudge(filter, [filter.Where, filter.Filter]),
        ExpectAssertion expect => new ExpectationJudge(expect),
        _ => throw new UnreachableException(),
    };

    /// <summary>What an assertion is that selected nothing.</summary>
    public static Verdict Empty(Assertion assertion) => new()
    {
        Assertion = assertion,
        Outcome = assertion.OnEmpty switch
        {
            OnEmpty.Fail => Outcome.Failed,
            OnEmpty.Pass => Outcome.Passed,
            OnEmpty.Inconclusive => Outcome.Inconclusive,
            _ => throw new UnreachableException(),
        },
        Reason = VerdictReason.Empty,
    };
}
