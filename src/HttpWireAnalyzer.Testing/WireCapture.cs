using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>A capture that a test makes claims about.</summary>
/// <remarks>Its records are kept in memory. The files are read again for packets that are shown, and for some filters.</remarks>
public sealed class WireCapture
{
    private readonly string[] _paths;
    private readonly bool _isTemporary;
    private readonly KeptRecords _records;

    /// <param name="isTemporary">The file is gone after the test.</param>
    internal WireCapture(string[] paths, bool isTemporary)
    {
        _paths = paths;
        _isTemporary = isTemporary;
        var run = new KeepingRun(RuleSettings.Usual, FindingRecords.English);
        _records = run.Conclude(Read(run.Sink, AnalysisTaps.None));
        Connections = new(this, RecordKind.Connections, _records.Connections.Select(kept => new WireConnection(kept)));
        Exchanges = new(this, RecordKind.Exchanges, _records.Exchanges.Select(kept => new WireExchange(kept)));
        Pools = new(this, RecordKind.Pools, _records.Pools.Select(kept => new WirePool(kept)));
        Findings = new(this, RecordKind.Findings, _records.Findings.Select(kept => new WireFinding(kept)));
    }

    /// <summary>As it was opened; of several files, the first.</summary>
    public string Path => _paths[0];

    /// <summary>TCP connections, in the order of their first packets.</summary>
    public WireSelection<WireConnection> Connections { get; }

    /// <summary>Requests with what answered them, in the order in which they ended.</summary>
    public WireSelection<WireExchange> Exchanges { get; }

    /// <summary>All connections of one client to one server together.</summary>
    public WireSelection<WirePool> Pools { get; }

    /// <summary>What the rules of hwa findings say, worst first.</summary>
    public WireSelection<WireFinding> Findings { get; }

    /// <summary>Reads a capture: pcap or pcapng, also in gzip; of several files, one timeline.</summary>
    /// <exception cref="CaptureFormatException">A file is not there, not readable, or no capture.</exception>
    public static WireCapture Open(params string[] paths) => new([.. paths.Select(System.IO.Path.GetFullPath)], isTemporary: false);

    /// <summary>What the capture has to be, for claims about it to mean anything: else they are inconclusive, which is no pass.</summary>
    /// <param name="dropped">It admits to have lost so many packets at most.</param>
    /// <param name="gaps">Its streams have so many holes at most: octets that were acknowledged and not captured.</param>
    /// <param name="bothDirections">Both ends of every connection were heard.</param>
    /// <param name="completeFile">The file is whole.</param>
    /// <param name="duration">First packet to last, at least.</param>
    /// <returns>This capture.</returns>
    /// <exception cref="WireAssertionException">It is not so.</exception>
    [StackTraceHidden]
    public WireCapture Require(
        long? dropped = null,
        long? gaps = null,
        bool bothDirections = false,
        bool completeFile = false,
        long? minConnections = null,
        long? minExchanges = null,
        TimeSpan? duration = null)
    {
        var unmet = _records.Unmet(new Requirements
        {
            Dropped = dropped,
            Gaps = gaps,
            BothDirections = bothDirections,
            CompleteFile = completeFile,
            MinConnections = minConnections,
            MinExchanges = minExchanges,
            MinDuration = duration?.Ticks * TimeSpan.NanosecondsPerTick,
        });
        if (unmet.Count > 0)
        {
            Settle(new Verdict
            {
                Assertion = new FindingsAssertion { Id = "require", Line = 1 },
                Outcome = Outcome.Inconclusive,
                Reason = VerdictReason.RequirementsUnmet,
                Unmet = unmet,
            });
        }

        return this;
    }

    public override string ToString() => string.Join(", ", _paths);

    internal Verdict Judge(PredicateAssertion assertion, IReadOnlyList<KeptRecord> selected, IReadOnlyList<bool> fits) =>
        _records.Judge(assertion, selected, fits);

    internal Verdict Judge(ExpectAssertion assertion, IReadOnlyList<KeptRecord> selected)
    {
        IReadOnlyList<IReadOnlyList<bool>> counted =
            [.. assertion.Expectation.Aggregates.Select(aggregate => Accepted(aggregate.Which, assertion.Kind, selected))];
        return _records.Judge(assertion, selected, counted);
    }

    internal Verdict Judge(FindingsAssertion assertion) => _records.Judge(assertion);

    /// <summary>Which of the records a filter accepts; all without one.</summary>
    internal bool[] Accepted(BoundFilter? filter, RecordKind kind, IReadOnlyList<KeptRecord> records)
    {
        if (filter?.NeedsMore != true)
        {
            return [.. records.Select(record => filter is null || record.Accepts(filter))];
        }

        // What it asks of other records is put together while the capture is read, as in hwa check: "none of them" is
        // claimed there, and broken by those that are looked for.
        var claim = new FilterAssertion
        {
            Id = "",
            Line = 1,
            Kind = kind,
            Fitting = Fitting.None,
            Filter = filter,
            Text = "",
            Told = [],
            Shown = int.MaxValue,
        };
        var run = new CheckRun(new CheckSpec { Name = "", Assertions = [claim] }, FindingRecords.English, known: null);
        var totals = Read(run.First, run.FirstTaps);
        if (run.NeedsSecond)
        {
            Read(run.Second(out var taps), taps);
        }

        var accepted = run.Conclude(totals)[0].Examples.Select(example => KeyOf(example.Place)).ToHashSet();
        return [.. records.Select(record => accepted.Contains(KeyOf(record.Place)))];
    }

    /// <summary>Throws what did not pass, with its evidence; the capture is kept then.</summary>
    [StackTraceHidden]
    internal void Settle(Verdict verdict)
    {
        if (verdict.Outcome == Outcome.Passed)
        {
            return;
        }

        var packets = new EvidencePackets([verdict]);
        if (!packets.IsEmpty)
        {
            Read(new NoExchanges(), new AnalysisTaps(Packets: packets));
        }

        var kept = KeptCaptures.Keep(_paths);
        var path = _isTemporary && kept.Count > 0 ? kept[0] : Path;
        throw new WireAssertionException(FailureText.Of(verdict, packets, path, kept), verdict);
    }

    private static (int Connection, int Exchange, RuleCard? Rule, long Frame) KeyOf(in RecordPlace place) =>
        (place.Connection, place.Exchange, place.Finding?.Rule, place.Finding?.From.Number ?? 0);

    private CaptureTotals Read(IExchangeSink sink, AnalysisTaps taps)
    {
        using var source = CaptureFile.Open(_paths, new CaptureFileOptions());
        return AnalysisPipeline.Run(source, sink, new AnalysisOptions(), taps, CancellationToken.None);
    }
}
