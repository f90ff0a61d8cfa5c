using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Checks;

public sealed class DiffTests
{
    [Theory]
    [InlineData("reuse < -5%", 0)]
    [InlineData("p95(exchange.latency) > +99%", 1)]
    [InlineData("p95(exchange.latency) > +100%", 0)]
    [InlineData("p95(exchange.latency) > +999us", 1)]
    [InlineData("p95(exchange.latency) > +1ms", 0)]
    [InlineData("p50(exchange.latency) < -1%", 0)]
    [InlineData("p12.5(exchange.latency) > +1%", 1)]
    [InlineData("new(findings.error)", 1)]
    [InlineData("reuse < -5%, count(conn.close.how == fin_then_reset) > +0", 1)]
    [InlineData("max(exchange.retry.delay) > +1s", 4)]
    [InlineData("max(exchange.retry.delay) > +1s, new(findings.error)", 1)]
    public void What_is_too_much_is_1_and_what_has_no_value_is_4(string terms, int code)
    {
        using var folder = new CheckFolder();
        folder.Write("base.pcap", Scene(1, stale: false)).Write("new.pcap", Scene(2, stale: true));
        var (actual, output, error) = folder.Run("diff", folder["base.pcap"], folder["new.pcap"], "--fail-on", terms);
        Assert.Equal((code, ""), (actual, error));
        Assert.Contains("p95(exchange.latency)                          1 ms          2 ms        +100 %\n", output);
        Assert.Contains("+ HWA-K002  error  POST /pay", output);
    }

    [Fact]
    public void Ratios_change_by_points()
    {
        using var folder = new CheckFolder();
        folder.Write("base.pcap", Scene(1, stale: false)).Write("new.pcap", Scene(1, stale: true));
        Assert.Matches(
            @"ratio\(!exchange\.cold\) +50 % +60 % +\+10 points\n",
            folder.Run("diff", folder["base.pcap"], folder["new.pcap"]).Output);
    }

    /// <summary>Unanswered is what the summary calls so: no answer came. What was cut off is unfinished too.</summary>
    [Fact]
    public void What_was_never_answered_and_what_was_cut_off_are_two_things()
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(4).Close(6, Side.Server);
        scene.Talk().Handshake(10).Request(11).Send(Side.Server, 12, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal").Close(14, Side.Server);
        folder.Write("base.pcap", Scene(1, stale: false)).Write("new.pcap", scene.Capture());
        var output = folder.Run("diff", folder["base.pcap"], folder["new.pcap"]).Output;
        Assert.Matches(@"count\(exchange\.outcome == unanswered\) +0 +1\n", output);
        Assert.Matches(@"count\(!exchange\.complete\) +0 +2\n", output);
        Assert.Contains("1 request never answered", folder.Run("summary", folder["new.pcap"]).Output, StringComparison.Ordinal);
        Assert.All(output.Split('\n').Take(12), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void The_same_traffic_has_no_difference()
    {
        using var folder = new CheckFolder();
        folder.Write("base.pcap", Scene(1, stale: true)).Write("new.pcap", Scene(1, stale: true));
        var (code, output, _) = folder.Run("diff", folder["base.pcap"], folder["new.pcap"], "--fail-on", "reuse < -0%, new(findings.info)");
        Assert.Equal(0, code);
        Assert.DoesNotContain("HWA-", output);
    }

    [Theory]
    [InlineData("which two captures?", "diff", "a.pcap")]
    [InlineData("--fail-on: reuse > 5%: a rise is > +10%, a fall is < -5%.", "diff", "a", "b", "--fail-on", "reuse > 5%")]
    [InlineData("--fail-on: max(exchange.laten): no such field: exchange.laten. Did you mean", "diff", "a", "b", "--fail-on", "max(exchange.laten) > +1%")]
    [InlineData("--fail-on: conn.requests > +1: an aggregate and how far it may change", "diff", "a", "b", "--fail-on", "conn.requests > +1")]
    [InlineData("--fail-on takes a term, such as reuse < -5%", "diff", "a", "b", "--fail-on", "")]
    [InlineData("--fail-on takes a term, such as reuse < -5%", "diff", "a", "b", "--fail-on", " , ")]
    [InlineData("--fail-on: reuse < -5: '-5' is no change of it.", "diff", "a", "b", "--fail-on", "reuse < -5")]
    [InlineData("--fail-on: p100(exchange.latency) > +5%: p100 is no percentile: those are above 0 and below 100", "diff", "a", "b", "--fail-on", "p100(exchange.latency) > +5%")]
    [InlineData("--fail-on: new(finding.error): new(findings.error)", "diff", "a", "b", "--fail-on", "new(finding.error)")]
    [InlineData("--fail-on: new(findings.bad): new(findings.error)", "diff", "a", "b", "--fail-on", "new(findings.bad)")]
    [InlineData("--fail-on: min(conn.start) > +1s: '+1s' is no change of it.", "diff", "a", "b", "--fail-on", "min(conn.start) > +1s")]
    public void Terms_that_make_no_sense_say_why(string expected, params string[] args)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("hwa: " + expected, error);
    }

    private static byte[] Scene(double takes, bool stale)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, takes).Exchange(10, takes).Close(30);
        var other = scene.Talk().Handshake(100).Exchange(101, takes).Exchange(110, takes).Fin(Side.Server, 1200).Ack(Side.Client, 1240);
        if (stale)
        {
            other.Request(1300, "POST /pay", body: "x=1").Rst(Side.Server, 1300.2);
        }

        return scene.Capture();
    }
}
