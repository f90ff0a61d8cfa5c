using System.Xml.Linq;

namespace HttpWireAnalyzer.UnitTests.Checks;

public sealed class JUnitTests
{
    private const string Three = """
          - id: "<good> & \"quoted\""
            select: connections
            each: conn.requests == 2
          - id: bad
            findings: {none: HWA-K002}
          - id: unknown
            select: exchanges
            where: exchange.ordinal > 9
            each: exchange.complete
            on_empty: inconclusive
        """;

    [Fact]
    public void A_parser_reads_what_was_judged()
    {
        using var folder = new CheckFolder();
        var (code, _, _) = folder.Check(Scenes.Stale("]]>\u0001\u001b[2J"), Three, "", "--junit", folder["report.xml"]);
        Assert.Equal(1, code);
        var suite = XDocument.Parse(folder.Read("report.xml")).Root!.Element("testsuite")!;
        Assert.EndsWith("spec.yaml::" + folder["scene.pcap"], suite.Attribute("name")!.Value);
        Assert.Equal(["3", "1", "1", "0", "0"], ((string[])["tests", "failures", "errors", "skipped", "time"]).Select(name => suite.Attribute(name)!.Value));
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal(["<good> & \"quoted\"", "bad", "unknown"], cases.Select(one => one.Attribute("name")!.Value));
        Assert.Empty(cases[0].Elements());
        var failure = cases[1].Element("failure")!;
        Assert.Equal("HWA-K002", failure.Attribute("type")!.Value);
        Assert.Contains("hwa story ", failure.Value);
        Assert.Contains("HWA-K002: POST /]]>", failure.Value);
        Assert.DoesNotContain('\u001b', failure.Value);
        Assert.Equal("inconclusive", cases[2].Element("error")!.Attribute("type")!.Value);
        var properties = suite.Element("properties")!.Elements().ToDictionary(one => one.Attribute("name")!.Value, one => one.Attribute("value")!.Value);
        Assert.Equal(64, properties["capture.sha256"].Length);
        Assert.Equal("linux", properties["profile"]);
    }

    [Theory]
    [InlineData("--junit")]
    [InlineData("--sarif")]
    public void A_dash_is_standard_output_which_has_nothing_else(string report)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Check(Scenes.Stale("pay"), Three, "", report, "-");
        Assert.Equal((1, "", false), (code, error, File.Exists("-")));
        folder.Check(Scenes.Stale("pay"), Three, "", report, folder["report"]);
        Assert.Equal(folder.Read("report").Replace(folder[""] + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), output);
    }

    [Fact]
    public void Standard_output_takes_one_report()
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Check(Scenes.Stale("pay"), Three, "", "--junit", "-", "--json");
        Assert.Equal((2, "hwa: standard output takes one report: --json, --junit - or --sarif -.\n"), (code, error));
    }

    [Fact]
    public void What_is_skipped_is_no_error()
    {
        using var folder = new CheckFolder();
        folder.Check(Scenes.Stale("pay"), Three, "", "--junit", folder["report.xml"], "--inconclusive=skip");
        var suite = XDocument.Parse(folder.Read("report.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("0", "1"), (suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value));
        Assert.NotNull(suite.Elements("testcase").Last().Element("skipped"));
    }

    [Fact]
    public void What_fails_no_run_passes_and_is_told()
    {
        using var folder = new CheckFolder();
        folder.Check(Scenes.Stale("pay"), Three, "defaults: {severity: warning}", "--junit", folder["report.xml"]);
        var suite = XDocument.Parse(folder.Read("report.xml")).Root!.Element("testsuite")!;
        Assert.Equal(["3", "0", "0", "1"], ((string[])["tests", "failures", "errors", "skipped"]).Select(name => suite.Attribute(name)!.Value));
        var bad = suite.Elements("testcase").ElementAt(1);
        Assert.StartsWith("WARNING: 1 finding too many: HWA-K002\n", bad.Element("system-out")!.Value);
        Assert.Contains("hwa story ", bad.Element("system-out")!.Value);
    }

    [Fact]
    public void The_same_capture_gives_the_same_octets()
    {
        using var folder = new CheckFolder();
        folder.Check(Scenes.Stale("pay"), Three, "", "--junit", folder["a.xml"]);
        folder.Check(Scenes.Stale("pay"), Three, "", "--junit", folder["b.xml"]);
        Assert.Equal(folder.Read("a.xml"), folder.Read("b.xml"));
    }

    [Fact]
    public void A_capture_that_cannot_be_read_is_an_error_and_the_others_are_judged()
    {
        using var folder = new CheckFolder();
        folder.Write("spec.yaml", "version: 1\nassertions: [{id: a, select: connections, each: conn.requests}]")
            .Write("good.pcap", Scenes.Stale("pay").Capture()).Write("bad.pcap", "no capture");
        var (code, output, _) = folder.Run("check", folder["spec.yaml"], folder["bad.pcap"], folder["good.pcap"], "--junit", folder["report.xml"]);
        Assert.Equal(3, code);
        Assert.Contains("UNREADABLE", output);
        Assert.EndsWith("1 passed, 0 failed, 0 inconclusive, 1 capture unreadable\n", output);
        var suites = XDocument.Parse(folder.Read("report.xml")).Root!.Elements("testsuite").ToList();
        Assert.Equal(["1", "0"], suites.Select(suite => suite.Attribute("errors")!.Value));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_5()
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Check(Scenes.Stale("pay"), Three, "", "--junit", folder["no/such/report.xml"]);
        Assert.Equal(5, code);
        Assert.StartsWith("hwa: no/such/report.xml: ", error);
    }

    [Fact]
    public void Standard_input_is_judged_with_its_packets_shown()
    {
        using var folder = new CheckFolder();
        folder.Write("spec.yaml", "version: 1\nassertions: [{id: a, select: exchanges, each: conn.unanswered == 0}]");
        var (code, output, _) = folder.Run(Scenes.Stale("pay").Capture(), "check", folder["spec.yaml"], "-");
        Assert.Equal(1, code);
        Assert.Contains("  > ", output);
        Assert.Contains("hwa story - 0", output);
    }
}
