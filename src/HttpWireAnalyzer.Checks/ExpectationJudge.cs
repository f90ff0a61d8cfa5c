using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>expect.</summary>
internal sealed class ExpectationJudge : RecordJudge
{
    private readonly ExpectAssertion _assertion;
    private readonly AggregateTally[] _tallies;
    private readonly AggregateEvidence?[] _evidence;
    private readonly bool _reads;
    private long _selected;

    public ExpectationJudge(ExpectAssertion assertion)
    {
        _assertion = assertion;
        var aggregates = assertion.Expectation.Aggregates;
        _tallies = [.. aggregates.Select(aggregate => new AggregateTally(aggregate))];
        _evidence = [.. aggregates.Select(aggregate => AggregateEvidence.For(aggregate, assertion.Shown))];
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
        var isWanted = _reads;
        for (var i = 0; i < _tallies.Length; i++)
        {
            _tallies[i].Add(fits: accepted[i + 1]);
            isWanted |= _evidence[i]?.Take(accepted[i + 1]) ?? false;
        }

        return isWanted;
    }

    public override void Keep(in RecordPlace place)
    {
        foreach (var tally in _tallies)
        {
            tally.Add(Reader);
        }

        foreach (var evidence in _evidence)
        {
            evidence?.Add(Reader, place);
        }
    }

    public override bool RestsOn(ReadOnlySpan<bool> accepted) => accepted[0];

    public override Verdict Conclude(long span)
    {
        if (_selected == 0)
        {
            return Empty(_assertion);
        }

        var expectation = _assertion.Expectation;
        AggregateValue[] values = [.. _tallies.Select(tally => tally.Value(span))];
        var reason = expectation.Holds(values) ? VerdictReason.Holds
            : values.Any(value => value.TooMany) ? VerdictReason.TooMany
            : values.Any(value => value.Number is null) ? VerdictReason.NoValue
            : VerdictReason.Unexpected;
        return new Verdict
        {
            Assertion = _assertion,
            Outcome = reason switch
            {
                VerdictReason.Holds => Outcome.Passed,
                VerdictReason.TooMany => Outcome.Inconclusive,
                _ => Outcome.Failed,
            },
            Reason = reason,
            Selected = _selected,
            Aggregates = [.. expectation.Aggregates.Zip(values)],
            Examples = reason == VerdictReason.Unexpected ? ExamplesOf(values) : [],
        };
    }

    /// <summary>
    /// The records that have the values, or make the counts, for which it is not as expected; one that has several comes once.
    /// </summary>
    private List<Counterexample> ExamplesOf(AggregateValue[] values) =>
    [
        .. _assertion.Expectation.Against(values)
            .SelectMany(place => _evidence[place]?.Of(values[place].Number!.Value) ?? [])
            .GroupBy(holder => holder.Place)
            .Select(group => group.First() with { Values = [.. group.SelectMany(holder => holder.Values).Distinct()] })
            .Take(_assertion.Shown),
    ];
}
