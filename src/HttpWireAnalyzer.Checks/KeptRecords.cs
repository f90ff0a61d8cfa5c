using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The records of one capture, which claims are made of. The judges are those of <see cref="CheckRun"/>.</summary>
public sealed class KeptRecords
{
    private readonly CaptureTotals _totals;
    private readonly CaptureQuality _quality;
    private readonly FindingReport _report;

    internal KeptRecords(CaptureTotals totals, CaptureQuality quality, FindingReport report)
    {
        _totals = totals;
        _quality = quality;
        _report = report;
    }

    /// <inheritdoc cref="IConnectionSink.OnConnection" path="/summary"/>
    public required IReadOnlyList<KeptConnection> Connections { get; init; }

    /// <summary>In the order in which they ended.</summary>
    public required IReadOnlyList<KeptExchange> Exchanges { get; init; }

    public required IReadOnlyList<KeptPool> Pools { get; init; }

    /// <summary>Worst first.</summary>
    public required IReadOnlyList<KeptFinding> Findings { get; init; }

    /// <summary>In the order of the kinds.</summary>
    public IReadOnlyList<UnmetRequirement> Unmet(Requirements require) => _quality.Unmet(require, _totals);

    /// <param name="selected">The records that it is about.</param>
    /// <param name="fits">Of each of them, in their order.</param>
    public Verdict Judge(PredicateAssertion assertion, IReadOnlyList<KeptRecord> selected, IReadOnlyList<bool> fits)
    {
        var judge = new FilterJudge(assertion, []);
        for (var i = 0; i < selected.Count; i++)
        {
            Lead(selected[i], judge, [true, fits[i]]);
        }

        return judge.Conclude(CaptureQuality.SpanOf(_totals));
    }

    /// <param name="selected">The records that it is about.</param>
    /// <param name="counted">Of each aggregate: which of them <see cref="BoundAggregate.Which"/> accepts.</param>
    public Verdict Judge(ExpectAssertion assertion, IReadOnlyList<KeptRecord> selected, IReadOnlyList<IReadOnlyList<bool>> counted)
    {
        var judge = new ExpectationJudge(assertion);
        for (var i = 0; i < selected.Count; i++)
        {
            Lead(selected[i], judge, [true, .. counted.Select(accepted => accepted[i])]);
        }

        return judge.Conclude(CaptureQuality.SpanOf(_totals));
    }

    /// <param name="selected">The connections that it is about.</param>
    public static Verdict Judge(SequenceAssertion assertion, IReadOnlyList<KeptConnection> selected)
    {
        var judge = new SequenceJudge(assertion);
        foreach (var connection in selected)
        {
            connection.Tell(judge);
        }

        return judge.Conclude();
    }

    public Verdict Judge(FindingsAssertion assertion) => FindingsJudge.Judge(assertion, _report, _quality.Connections);

    private static void Lead(KeptRecord record, RecordJudge judge, ReadOnlySpan<bool> accepted)
    {
        if (judge.Take(accepted))
        {
            record.Write(judge.Reader.Begin());
            judge.Keep(record.Place);
        }
    }
}
