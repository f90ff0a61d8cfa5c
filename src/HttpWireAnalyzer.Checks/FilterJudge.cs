using System.Diagnostics;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>each, any, none, at_least.</summary>
/// <param name="filters">Which records it is about, and what they have to fit.</param>
internal sealed class FilterJudge(FittingAssertion assertion, IReadOnlyList<BoundFilter?> filters) : RecordJudge
{
    private readonly List<Counterexample> _examples = [];
    private long _selected;
    private long _fitting;

    public override IReadOnlyList<BoundFilter?> Filters { get; } = filters;

    public override FieldReader Reader { get; } = new(assertion.Told);

    public override bool Take(ReadOnlySpan<bool> accepted)
    {
        if (!accepted[0])
        {
            return false;
        }

        _selected++;
        _fitting += accepted[1] ? 1 : 0;
        return accepted[1] == (assertion.Fitting == Fitting.None) && _examples.Count < assertion.Shown;
    }

    public override void Keep(in RecordPlace place) => _examples.Add(new Counterexample(place, [.. Reader.Values]));

    public override bool RestsOn(ReadOnlySpan<bool> accepted) => accepted[0] && (_selected == 0 || assertion.Fitting switch
    {
        Fitting.Each => !accepted[1] && _fitting == _selected,
        Fitting.None => accepted[1] && _fitting == 0,
        Fitting.Any => accepted[1] && _fitting == 0,
        Fitting.AtLeast => accepted[1] && _fitting < assertion.Least,
        _ => throw new UnreachableException(),
    });

    public override Verdict Conclude(long span)
    {
        if (_selected == 0)
        {
            return Empty(assertion);
        }

        var holds = assertion.Fitting switch
        {
            Fitting.Each => _fitting == _selected,
            Fitting.Any => _fitting > 0,
            Fitting.None => _fitting == 0,
            Fitting.AtLeast => _fitting >= assertion.Least,
            _ => throw new UnreachableException(),
        };
        return new Verdict
        {
            Assertion = assertion,
            Outcome = holds ? Outcome.Passed : Outcome.Failed,
            Reason = holds ? VerdictReason.Holds
                : assertion.Fitting is Fitting.Each or Fitting.None ? VerdictReason.Broken
                : VerdictReason.TooFew,
            Selected = _selected,
            Fitting = _fitting,
            Examples = holds ? [] : _examples,
        };
    }
}
