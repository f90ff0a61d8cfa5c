using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Findings while the capture is still read, or still captured.</summary>
public sealed class FindingsSoFarTests : IDisposable
{
    private readonly ScreenSession _session = ScreenSession.Of("http/dumb-proxy-chain", 120, 40);
    private readonly CaptureState _whole;

    public FindingsSoFarTests() => _whole = _session.Model.Capture;

    public void Dispose() => _session.Dispose();

    private IReadOnlyList<Finding> All => _whole.Findings!.Findings;

    [Fact]
    public void They_are_listed_as_they_are_found_and_marked_as_not_all()
    {
        Found();
        Assert.Contains("Nothing found so far", _session.Press("5").Draw(), StringComparison.Ordinal);
        Found(All[0]);
        Assert.Equal(1, _session.Model.RowsOf(_session.Model.Findings));
        Assert.Contains("5 Findings ~✖1 ", _session.Draw(), StringComparison.Ordinal);
        _session.Send(new CaptureAdvanced(_whole));
        Assert.Matches(@"5 Findings ✖\d", _session.Draw());
    }

    [Fact]
    public void The_cursor_stays_with_its_finding_when_others_come_before_it()
    {
        Found([.. All.Reverse()]);
        _session.Press("5", "j");
        Assert.Same(All[^2], OpenUpdate.FindingAt(_session.Model));
        _session.Send(new CaptureAdvanced(_whole));
        Assert.Same(All[^2], OpenUpdate.FindingAt(_session.Model));
    }

    [Fact]
    public void The_cursor_stays_with_its_rule_where_they_are_grouped()
    {
        Found([.. All.Reverse()]);
        _session.Press("5", "o", "j");
        var rule = GroupUpdate.HeadAt(_session.Model)!.Rule;
        _session.Send(new CaptureAdvanced(_whole));
        Assert.Equal(rule, GroupUpdate.HeadAt(_session.Model)!.Rule);
    }

    /// <summary>5 Enter e leads to the worst one, although it was found last.</summary>
    [Fact]
    public void A_cursor_that_was_not_moved_is_on_the_worst_in_the_end()
    {
        Found([.. All.Reverse()]);
        _session.Press("5").Send(new CaptureAdvanced(_whole));
        Assert.Same(All[0], OpenUpdate.FindingAt(_session.Model));
    }

    /// <summary>Whoever looks on the way, and how often, changes neither findings nor rows.</summary>
    [Theory]
    [InlineData("http/stale-reuse-post")]
    [InlineData("http/dumb-proxy-chain")]
    [InlineData("http/retry-after-stale-reuse")]
    [InlineData("tcp/close-wait-leak")]
    public void In_the_end_all_is_as_if_nobody_had_looked(string capture)
    {
        var (findings, rules, seen) = Read(capture, looks: true);
        var (expected, expectedRules, _) = Read(capture, looks: false);
        Assert.Equal(expected.Findings.Select(Shown), findings.Findings.Select(Shown));
        Assert.Equal((expected.LeftOut, expected.Withheld), (findings.LeftOut, findings.Withheld));
        Assert.Equal(expectedRules, rules);
        Assert.All(seen, found => Assert.Contains(Shown(found), expected.Findings.Select(Shown)));
    }

    private static string Shown(Finding finding) => $"{finding.Rule.Id} {finding.Confidence} #{finding.From.Number} {finding.Subject.Connection}";

    private static (FindingReport Findings, List<string?> Rules, List<Finding> Seen) Read(string capture, bool looks)
    {
        var rows = new CaptureRows();
        var overview = new CaptureOverview();
        var writer = new RowWriter(rows, RuleSettings.Usual, null, overview);
        var pools = new PoolAccount(writer);
        var look = new Look(writer);
        using var source = CaptureFile.Open(Repository.CaptureOf(capture), new CaptureFileOptions());
        var totals = AnalysisPipeline.Run(source, pools, new AnalysisOptions(), new AnalysisTaps(Progress: looks ? look : null), CancellationToken.None);
        var seen = looks ? writer.SoFar().Findings.ToList() : [];
        var report = writer.Conclude(totals, pools.Report());
        return (report, [.. Enumerable.Range(0, rows.Connections.Count).Select(row => rows.Connections[row].Rule)], seen);
    }

    private void Found(params Finding[] findings) => _session.Send(new CaptureAdvanced(_whole with
    {
        Phase = CapturePhase.Reading,
        Findings = new FindingReport(findings, 0, 0),
    }));

    private sealed class Look(RowWriter writer) : IAnalysisProgress
    {
        public void OnProgress(long packets, long octets) => writer.SoFar();
    }
}
