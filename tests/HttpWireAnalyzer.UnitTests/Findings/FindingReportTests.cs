namespace HttpWireAnalyzer.UnitTests.Findings;

public class FindingReportTests
{
    [Fact]
    public void What_is_known_is_neither_told_nor_withheld()
    {
        var report = Scene.WithLostFin().Report();
        Assert.NotEmpty(report.Findings);
        var both = report with { NotTold = report.Findings };
        var known = report.Findings[0].Rule;

        var left = both.Without(finding => finding.Rule == known);

        Assert.False(left.HasWithheld(known));
        Assert.DoesNotContain(left.Findings, finding => finding.Rule == known);
        Assert.Equal(report.Findings.Count(finding => finding.Rule != known), left.NotTold.Count);
    }
}
