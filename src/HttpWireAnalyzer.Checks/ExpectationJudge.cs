using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>expect.</summary>
internal sealed class ExpectationJudge : RecordJudge
{
    private readonly ExpectAssertion _assertion;
    private readonly AggregateTally[] _tallies;
    private readonly bool _reads;
    private long _selected;

    public ExpectationJudge(ExpectAssertion assertion)
    {
        _assertion = assertion;
        var aggregates = assertion.Expectation.Aggregates;
        _tallies = [.. aggregates.Select(aggregate => new AggregateTally(aggregate))];
        _reads = aggregates.Any(aggregate => aggregate.Fields.Count > 0);
        Filters = [assertion.Where, .. aggregates.Select(aggregate => aggregate.Which)];
        Reader = new FieldReader([.. aggregates.SelectMany(aggregate => aggregate.Fields).Distinct()]);
    }

    public override IReadOnlyList<BoundFilter?> Filters { get; }

    public override FieldReader Reader { get; }

    public override bool Take(ReadOnlySpan<bool> accepted)
    {
        if (!accepted[0])
        {
            return false;
        }

        _selected++;
        for (var i = 0; i < _tallies.Length; i++)
        {
            _tallies[i].Add(fits: accepted[i + 1]);
        }

        return _reads;
    }

    public override void Keep(in RecordPlace place)
    {
        foreach (var tally in _tallies)
        {
            tally.Add(Reader);
        }
    }

    public override Verdict Conclude(long span)
    {
        if (_selected == 0)
        {
            return Empty(_assertion);
        }

        var expectation = _assertion.Expectation;
        AggregateValue[] values = [.. _tallies.Select(tally => tally.Value(span))];
        var holds = expectation.Holds(values);
        var isTooMuch = values.Any(value => value.TooMany);
        return new Verdict
        {
            Assertion = _assertion,
            Outcome = holds ? Outcome.Passed : isTooMuch ? Outcome.Inconclusive : Outcome.Failed,
            Reason = holds ? VerdictReason.Holds
                : isTooMuch ? VerdictReason.TooMany
                : values.Any(value => value.Number is null) ? VerdictReason.NoValue
                : VerdictReason.Unexpected,
            Selected = _selected,
            Aggregates = [.. expectation.Aggregates.Zip(values)],
        };
    }
}
