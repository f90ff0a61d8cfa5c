using System.Text;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Testing;
using Xunit;

namespace HttpWireAnalyzer.TestingTests;

/// <summary>What fails in code says what hwa check says.</summary>
public sealed class FailureTextTests
{
    [Fact]
    public void A_filter_says_the_same_in_code_as_in_a_spec()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        Same(
            "select: connections\n    each: conn.reuse >= 50%\n    because: ports run out",
            () => capture.Connections.Because("ports run out").ShouldAll("conn.reuse >= 50%"));
        Same(
            "select: exchanges\n    none: exchange.cold && conn.close.first == client",
            () => capture.Exchanges.ShouldNone("exchange.cold && conn.close.first == client"));
        Same("select: pools\n    any: pool.connections == 1", () => capture.Pools.ShouldAny("pool.connections == 1"));
        Same(
            "select: connections\n    at_least: {n: 3, of: tcp.analysis.retransmission}",
            () => capture.Connections.ShouldAtLeast(3, "tcp.analysis.retransmission"));
    }

    [Fact]
    public void So_do_expectations_sequences_and_findings()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        Same(
            "select: exchanges\n    expect: ratio(conn.close.first == client) >= 95% && p99(exchange.latency) < 1s",
            () => capture.Exchanges.ShouldMeasure("ratio(conn.close.first == client) >= 95% && p99(exchange.latency) < 1s"));
        Same("select: connections\n    expect: count() <= 2", () => capture.Connections.ShouldHaveCountAtMost(2));
        Same(
            "select: connections\n    sequence: [{is: response}, {is: fin, from: server, within: 1ms}, {none: rst}]",
            () => capture.Connections.ShouldFollow(
                WireStep.Response(), WireStep.Fin(Side.Server).Within(TimeSpan.FromMilliseconds(1)), WireStep.No(WireStep.Rst())));
        Same("findings: {none: [HWA-R002, T009]}", () => capture.Findings.ShouldNotContain("HWA-R002", "T009"));
        Same("findings: {max: {HWA-R002: 0}}", () => capture.Findings.ShouldContainAtMost(0, "HWA-R002"));
        Same("select: findings\n    each: finding.severity == error", () => capture.Findings.ShouldAll("finding.severity == error"));
    }

    [Fact]
    public void So_do_claims_about_WebSockets()
    {
        const string name = "http/websocket-cut-by-proxy";
        var capture = Captures.Open(name);
        Same(
            "select: connections\n    where: ws\n    each: ws.ping.gap <= 1500ms",
            () => capture.Connections.WebSockets().ShouldPingEvery(TimeSpan.FromMilliseconds(1500)), of: name);
        Same(
            "select: connections\n    where: ws\n    each: ws.close.code in {1000 1001}",
            () => capture.Connections.WebSockets().ShouldCloseWith(1000, 1001), of: name);
        Captures.Open("http/websocket-pings").Connections.WebSockets()
            .ShouldPingEvery(TimeSpan.FromSeconds(2)).ShouldPingEvery(TimeSpan.FromMicroseconds(1_100_001)).ShouldCloseWith(1000);
        Assert.Throws<ArgumentException>(() => capture.Connections.ShouldCloseWith());
    }

    [Fact]
    public void Nothing_selected_and_nothing_required_met_say_the_same()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        Same(
            "select: connections\n    where: conn.requests > 9\n    each: conn.requests > 1",
            () => capture.Connections.Where("conn.requests > 9").ShouldAll("conn.requests > 1"),
            "connections where conn.requests > 9");
        Same(
            "select: connections\n    each: conn.requests > 1",
            () => capture.Require(minConnections: 99, dropped: 0),
            "require",
            "require: {min_connections: 99, dropped: 0}\n");
    }

    [Fact]
    public void A_lambda_is_told_as_it_is_written_with_what_it_asked()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        var failure = Assert.Throws<WireAssertionException>(() => capture.Connections
            .Where(connection => connection.Server.Port == 80)
            .Because("ports run out")
            .ShouldAll(connection => connection.Requests == 2 || connection.Id < 3));
        var text = failure.Message.Split('\n');
        Assert.Equal(capture.Path, text[0]);
        Assert.Equal(
            "  FAIL          connections where connection.Server.Port == 80  "
                + "1 of 4 connections broke connection.Requests == 2 || connection.Id < 3",
            text[1]);
        Assert.Equal("    conn 3  192.0.2.1:35888 → 192.0.2.2:80  (#30, #38)", text[2]);
        Assert.Equal("      conn.requests 1, conn.id 3; claimed: connection.Requests == 2 || connection.Id < 3", text[3]);
        Assert.Contains(text, line => line.StartsWith("      >      38 ", StringComparison.Ordinal));
        Assert.Contains($"      hwa story {capture.Path} 3", text);
        Assert.Contains("    because ports run out", text);
        Assert.Equal(Outcome.Failed, failure.Outcome);

        // The first line of the stack is the claim's.
        Assert.Contains(nameof(FailureTextTests), failure.StackTrace!.Split('\n')[0], StringComparison.Ordinal);
    }

    /// <param name="claim">Of an assertion in YAML.</param>
    private static void Same(string claim, Action inCode, string? name = null, string head = "", string of = "http/two-at-a-time-closed")
    {
        var failure = Assert.Throws<WireAssertionException>(inCode);
        var id = name ?? failure.Verdict.Assertion.Id;
        var spec = Path.GetTempFileName() + ".yaml";
        try
        {
            File.WriteAllText(spec, $"version: 1\n{head}assertions:\n  - id: {id}\n    {claim}\n");
            using var output = new MemoryStream();
            using var error = new StringWriter();
            Hwa.Run(["check", spec, Repository.CaptureOf(of)], new Terminal { Input = Stream.Null, Output = output, Error = error });
            var said = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
            Assert.Equal("", error.ToString());

            // Without the head, which names the spec too, and the total; without the copy's name.
            Assert.Equal(
                said[1..Array.IndexOf(said, "")],
                failure.Message.Split('\n')[1..].Where(line => !line.StartsWith("    kept as ", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(spec);
        }
    }
}
