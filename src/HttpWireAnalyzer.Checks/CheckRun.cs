using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>
/// Judges a spec over one capture. All assertions share one pass; those that ask of exchanges, messages or segments what their
/// connection becomes later are judged in a second one (docs/decisions/0010-display-filter.md).
/// </summary>
public sealed class CheckRun
{
    private readonly CheckSpec _spec;
    private readonly IFindingRecords _findingRecords;
    private readonly IKnownFindings? _known;
    private readonly Dictionary<RecordsAssertion, RecordJudge> _judges = [];
    private readonly Dictionary<SequenceAssertion, SequenceJudge> _sequences = [];

    /// <summary>The rules that withheld what a judge's verdict rests on.</summary>
    private readonly Dictionary<RecordJudge, IReadOnlyList<RuleCard>> _silent = [];
    private readonly Dictionary<BoundFilter, ConnectionTruths> _truths = [];
    private readonly CaptureQuality _quality = new();
    private readonly PortAccount? _ports;
    private readonly FindingsLine? _findings;
    private readonly PoolAccount _pools;

    /// <param name="known">Findings that are taken for none; null where every one counts.</param>
    public CheckRun(CheckSpec spec, IFindingRecords findingRecords, IKnownFindings? known)
    {
        _spec = spec;
        _findingRecords = findingRecords;
        _known = known;
        foreach (var assertion in spec.Assertions)
        {
            switch (assertion)
            {
                case SequenceAssertion sequence:
                    _sequences.Add(sequence, new SequenceJudge(sequence));
                    break;
                case RecordsAssertion records:
                    _judges.Add(records, RecordJudge.Of(records));
                    break;
            }
        }

        foreach (var filter in Late().Select(pair => pair.Value).Concat(Of(RecordKind.Findings))
            .SelectMany(judge => judge.Filters).OfType<BoundFilter>().Where(NeedsTruths))
        {
            _truths[filter] = new ConnectionTruths(filter);
        }

        if (spec.Assertions.Any(assertion => assertion is FindingsAssertion or RecordsAssertion { Kind: RecordKind.Findings }))
        {
            _findings = new FindingsLine(RuleBook.Begin(spec.Rules));
        }

        _ports = Asks(RecordKind.Ports) ? new PortAccount(spec.Ports.TimeWait) : null;
        _pools = FirstSink(out var taps);
        FirstTaps = taps;
    }

    /// <summary>The sink of the first pass.</summary>
    public IExchangeSink First => _pools;

    public AnalysisTaps FirstTaps { get; }

    /// <summary>Findings are there when the truths are.</summary>
    public bool NeedsSecond => Late().Any(NeedsTruths);

    /// <summary>The sink of the second pass, after the first.</summary>
    public IExchangeSink Second(out AnalysisTaps taps)
    {
        var late = Late().Where(NeedsTruths).ToList();
        return new PoolAccount(new ConnectionRecords(SinkOf([], late, out taps)));
    }

    /// <summary>What the rules found, once it is concluded; empty where no assertion asks for findings.</summary>
    public FindingReport Findings { get; private set; } = new([], 0, 0);

    /// <summary>After the last pass: a verdict for each assertion, in their order.</summary>
    public IReadOnlyList<Verdict> Conclude(CaptureTotals totals)
    {
        var pools = _pools.Report();
        var report = _findings?.Conclude(totals, pools) ?? new FindingReport([], 0, 0);
        if (_known is { } known)
        {
            report = report.Without(known.Knows);
        }

        Findings = report;
        JudgeWhole(totals, pools, report);
        var unmet = _quality.Unmet(_spec.Require, totals);
        return [.. _spec.Assertions.Select(assertion => unmet.Count > 0
            ? new Verdict
            {
                Assertion = assertion,
                Outcome = Outcome.Inconclusive,
                Reason = VerdictReason.RequirementsUnmet,
                Unmet = unmet,
            }
            : VerdictOf(assertion, report, CaptureQuality.SpanOf(totals)))];
    }

    private static bool NeedsTruths(BoundFilter? filter) => filter?.NeedsMore == true;

    private static bool NeedsTruths(KeyValuePair<RecordsAssertion, RecordJudge> pair) => pair.Value.Filters.Any(NeedsTruths);

    private Verdict VerdictOf(Assertion assertion, FindingReport report, long span) => assertion switch
    {
        FindingsAssertion findings => FindingsJudge.Judge(findings, report, _quality.Connections),
        SequenceAssertion sequence => _sequences[sequence].Conclude(),
        RecordsAssertion records => VerdictOf(_judges[records], span),
        _ => throw new UnreachableException(),
    };

    private Verdict VerdictOf(RecordJudge judge, long span)
    {
        var verdict = judge.Conclude(span);
        return _silent.TryGetValue(judge, out var silent)
            ? verdict with { Outcome = Outcome.Inconclusive, Reason = VerdictReason.RulesWithheld, Examples = [], Silent = silent }
            : verdict;
    }

    private bool Asks(RecordKind kind) => _judges.Keys.Any(assertion => assertion.Kind == kind);

    private IEnumerable<RecordJudge> Of(RecordKind kind) =>
        _spec.Assertions.OfType<RecordsAssertion>().Where(assertion => assertion.Kind == kind && _judges.ContainsKey(assertion))
            .Select(assertion => _judges[assertion]);

    /// <summary>Assertions about records that come before their connection's own.</summary>
    private IEnumerable<KeyValuePair<RecordsAssertion, RecordJudge>> Late() =>
        _judges.Where(pair => pair.Key.Kind is RecordKind.Exchanges or RecordKind.Messages or RecordKind.Segments);

    private PoolAccount FirstSink(out AnalysisTaps taps)
    {
        List<IConnectionSink> sinks = [_quality, .. _sequences.Values, .. _truths.Values];
        if (_ports is not null)
        {
            sinks.Add(_ports);
        }

        var early = Late().Where(pair => !NeedsTruths(pair)).ToList();
        var records = new ConnectionRecords(SinkOf(sinks, early, out taps, Of(RecordKind.Connections).ToList()));
        return new PoolAccount(_findings is null ? records : new ExchangeTee(_findings, records));
    }

    /// <summary>Everything that looks on in one pass, and the tap for what looks at packets.</summary>
    private ConnectionTee SinkOf(
        List<IConnectionSink> sinks,
        IReadOnlyList<KeyValuePair<RecordsAssertion, RecordJudge>> rows,
        out AnalysisTaps taps,
        IReadOnlyList<RecordJudge>? connections = null)
    {
        List<IPacketSink> packets = [.. sinks.OfType<ConnectionTruths>().Where(truths => truths.AsksPackets)];
        packets.AddRange(sinks.OfType<SequenceJudge>().Where(judge => judge.AsksPackets));
        if (connections is { Count: > 0 })
        {
            var all = new ConnectionRows(connections);
            sinks.Add(all);
            if (connections.SelectMany(judge => judge.Filters).Any(filter => filter?.For(PacketFields.Set) is not null))
            {
                packets.Add(all);
            }
        }

        foreach (var (assertion, judge) in rows)
        {
            var truths = TruthsFor(judge);
            switch (assertion.Kind)
            {
                case RecordKind.Exchanges:
                    sinks.Add(new ExchangeRows(judge, truths));
                    break;
                case RecordKind.Messages:
                    sinks.Add(new MessageRows(judge, truths));
                    break;
                default:
                    packets.Add(new SegmentRows(judge, truths));
                    break;
            }
        }

        taps = new AnalysisTaps(Packets: packets.Count == 0 ? null : new PacketTee([.. packets]));
        return new ConnectionTee([.. sinks]);
    }

    private List<ConnectionTruths?> TruthsFor(RecordJudge judge) =>
        [.. judge.Filters.Select(filter => filter is null ? null : _truths.GetValueOrDefault(filter))];

    /// <summary>Records that are there when all has been read.</summary>
    private void JudgeWhole(CaptureTotals totals, PoolReport pools, FindingReport report)
    {
        foreach (var judge in Of(RecordKind.Capture))
        {
            new WholeRows(judge, TruthsFor(judge)).Add(sink => CaptureFields.Write(totals, sink), Places.Of(totals));
        }

        foreach (var judge in Of(RecordKind.Pools))
        {
            var rows = new WholeRows(judge, TruthsFor(judge));
            foreach (var pool in pools.Pools)
            {
                rows.Add(sink => PoolFields.Write(pool, sink), Places.Of(pool));
            }
        }

        foreach (var judge in Of(RecordKind.Ports))
        {
            var rows = new WholeRows(judge, TruthsFor(judge));
            foreach (var standing in _ports!.Standings(_spec.Ports))
            {
                rows.Add(sink => PortFields.Write(standing, sink), Places.Of(standing.Pool));
            }
        }

        foreach (var judge in Of(RecordKind.Findings))
        {
            var rows = new WholeRows(judge, TruthsFor(judge));
            foreach (var finding in report.Findings)
            {
                rows.Add(sink => _findingRecords.Write(finding, sink), Places.Of(finding));
            }

            List<RuleCard> silent =
            [
                .. report.NotTold.Where(finding => rows.RestsOn(sink => _findingRecords.Write(finding, sink), Places.Of(finding)))
                    .Select(finding => finding.Rule).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal),
            ];
            if (silent.Count > 0)
            {
                _silent[judge] = silent;
            }
        }
    }
}
