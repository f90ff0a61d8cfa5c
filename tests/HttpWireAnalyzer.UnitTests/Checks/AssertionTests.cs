using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>Each kind of assertion, where it holds and where it does not.</summary>
public sealed class AssertionTests
{
    /// <summary>Two connections to one server: three exchanges and one; the first is closed by the client, the second by the server, idle.</summary>
    private static Scene Usual()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(10).Exchange(20, line: "POST /pay").Close(30);
        scene.Talk().Handshake(100).Exchange(101, takes: 5).Close(2000, Side.Server);
        return scene;
    }

    [Theory]
    [InlineData("each: conn.responses == conn.requests", 0)]
    [InlineData("each: conn.requests > 1", 1)]
    [InlineData("any: conn.requests == 3", 0)]
    [InlineData("any: conn.requests == 4", 1)]
    [InlineData("none: conn.requests == 4", 0)]
    [InlineData("none: conn.requests == 3", 1)]
    [InlineData("at_least: {n: 2, of: conn.requests >= 1}", 0)]
    [InlineData("at_least: {n: 2, of: conn.requests > 1}", 1)]
    [InlineData("expect: count() == 2 && sum(conn.requests) == 4", 0)]
    [InlineData("expect: count() == 3", 1)]
    [InlineData("expect: max(conn.duration) == 2s ± 1%", 1)]
    [InlineData("expect: max(conn.duration) == 1.9s ± 1%", 0)]
    [InlineData("expect: ratio(http.request.method == POST) == 50%", 0)]
    [InlineData("each: tcp.flags.fin", 0)]
    [InlineData("sequence: [{is: syn}, {is: response}, {is: fin}, {none: rst}]", 0)]
    [InlineData("sequence: [{is: response}, {from: client, is: fin, within: 100ms}]", 1)]
    [InlineData("sequence: [{is: request, where: 'http.request.method == GET'}, {is: fin}]", 0)]
    [InlineData("sequence: [{is: request, where: 'http.request.method == POST'}]", 1)]
    public void Of_connections(string claim, int code) => Says("connections", claim, code);

    [Theory]
    [InlineData("each: exchange.complete", 0)]
    [InlineData("each: conn.requests == 3", 1)]
    [InlineData("any: conn.close.first == server && exchange.latency > 4ms", 0)]
    [InlineData("expect: ratio(!exchange.cold) == 50% && p50(exchange.latency) == 1ms", 0)]
    [InlineData("expect: count(conn.close.first == server) == 1", 0)]
    [InlineData("expect: rate() > 100/s", 1)]
    [InlineData("each: exchange.idle_before < 1s", 1)]
    [InlineData("each: '!(exchange.idle_before >= 1s)'", 0)]
    public void Of_exchanges(string claim, int code) => Says("exchanges", claim, code);

    [Theory]
    [InlineData("expect: count() == 8", 0)]
    [InlineData("each: message.complete", 0)]
    [InlineData("each: message.kind == request", 1)]
    [InlineData("expect: count(message.from == client && http.request.method == POST) == 1", 0)]
    [InlineData("expect: count(http.request.method == POST) == 2", 0)]
    [InlineData("expect: count(message.kind == response && exchange.latency > 4ms) == 1", 0)]
    [InlineData("expect: count(message.kind == response && conn.close.first == server) == 1", 0)]
    [InlineData("expect: count(conn.requests == 3) == 6", 0)]
    [InlineData("expect: count(message.version == 1.1) == 8 && max(message.body.size) < 1KiB", 0)]
    [InlineData("none: message.header.connection", 0)]
    public void Of_messages(string claim, int code) => Says("messages", claim, code);

    [Fact]
    public void A_message_is_told_with_what_was_asked_of_its_exchange()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("messages", "none: message.kind == request && http.request.method == POST"));
        Assert.Contains("1 of 8 messages is what none may: message.kind == request && http.request.method == POST", output);
        Assert.Contains("message.kind request, http.request.method POST; claimed: none: ", output);
    }

    [Theory]
    [InlineData("segments", "none: tcp.flags.reset", 0)]
    [InlineData("packets", "expect: count(tcp.flags.syn && !tcp.flags.ack) == 2", 0)]
    [InlineData("segments", "any: tcp.flags.fin && conn.requests == 1", 0)]
    [InlineData("segments", "none: tcp.flags.fin && conn.requests == 1", 1)]
    [InlineData("pools", "each: pool.connections == 2 && pool.reuse_ratio == 50%", 0)]
    [InlineData("ports", "expect: max(port.utilisation) < 1%", 0)]
    [InlineData("capture", "each: capture.duration >= 2s", 0)]
    [InlineData("capture", "each: capture.duration >= 3s", 1)]
    [InlineData("findings", "none: finding.severity == error", 0)]
    [InlineData("findings", "none: finding.severity >= warning", 0)]
    [InlineData("findings", "any: finding.severity < note && finding.confidence >= likely", 0)]
    [InlineData("findings", "any: finding.id == HWA-K020", 0)]
    public void Of_other_records(string select, string claim, int code) => Says(select, claim, code);

    [Theory]
    [InlineData("none: [HWA-K001, K002]", 0)]
    [InlineData("none: HWA-K020", 1)]
    [InlineData("max: {HWA-K020: 1}", 0)]
    [InlineData("max: {HWA-K020: 0}", 1)]
    public void Of_findings(string claim, int code)
    {
        using var folder = new CheckFolder();
        var (actual, output, error) = folder.Check(Usual(), $"  - id: it\n    findings: {{{claim}}}");
        Assert.Equal((code, ""), (actual, error));
        Assert.Contains(code == 0 ? "1 passed, 0 failed, 0 inconclusive" : "0 passed, 1 failed, 0 inconclusive", output);
    }

    [Fact]
    public void How_many_findings_are_too_many_is_said_of_each_rule()
    {
        var scene = new Scene();
        for (var at = 0; at < 8_000; at += 2_000)
        {
            scene.Talk().Handshake(at).Exchange(at + 1).Fin(Side.Server, at + 1002).Ack(Side.Client, at + 1002.1)
                .Request(at + 1022, "POST /pay", body: "x=1").Rst(Side.Server, at + 1022.2);
        }

        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(scene, "  - id: it\n    findings: {max: {HWA-K002: 3}, none: [HWA-K003, HWA-K020]}\n    evidence: 1");
        Assert.Contains("it  4 findings of HWA-K002, at most 3 claimed; 2 findings too many: HWA-K003, HWA-K020\n", output);
    }

    [Fact]
    public void A_finding_that_breaks_a_claim_is_told()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("findings", "none: conn.close.first == client || finding.id == HWA-K020"));
        Assert.Contains("      HWA-K020: 10.0.0.1:8080 closed a connection", output);
        Assert.Contains(" finding.id HWA-K020; claimed: none: conn.close.first == client", output);
    }

    [Theory]
    [InlineData("app: {port: 8080}", "conn.to == app", 0)]
    [InlineData("app: 10.0.0.0/24", "conn.to == app && conn.from == app", 0)]
    [InlineData("app: [{address: 10.0.0.9}, {address: 10.0.0.1, port: 8080}]", "conn.to in {app}", 0)]
    [InlineData("app: {port: 80}", "conn.to == app", 1)]
    [InlineData("app: {port: 80}", "conn.to != app", 0)]
    public void Ends_are_named_by_their_roles(string role, string claim, int code)
    {
        using var folder = new CheckFolder();
        foreach (var select in (string[])["connections", "exchanges", "messages", "segments"])
        {
            Assert.Equal(code, folder.Check(Usual(), Assertion(select, $"each: {claim}"), $"roles: {{{role}}}").Code);
        }

        Assert.Equal(code, folder.Check(Usual(), Assertion("pools", $"each: {claim.Replace("conn.", "pool.")}"), $"roles: {{{role}}}").Code);
    }

    [Fact]
    public void Evidence_names_the_record_what_was_measured_its_packets_and_the_next_command()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("connections", "each: conn.close.first == client\n    because: the server must outlive its clients"));
        Assert.Equal(
            """
            spec.yaml · scene.pcap
              FAIL          it  1 of 2 connections broke conn.close.first == client
                conn 1  10.0.0.7:51515 → 10.0.0.1:8080  (#22)
                  conn.close.first server; claimed: conn.close.first == client
                         20     0.106000     1 ◀ ESTABLISHED  ESTABLISHED  10.0.0.1:8080 → 10.0.0.7:51515  PSH,ACK offset 0 len 43 acked 33 win 8388480
                         21     0.106050     1 ▶ ESTABLISHED  ESTABLISHED  10.0.0.7:51515 → 10.0.0.1:8080  ACK offset 33 acked 43 win 8388480
                  >      22     2.000000     1 ◀ CLOSE_WAIT~  FIN_WAIT_1   10.0.0.1:8080 → 10.0.0.7:51515  FIN,ACK offset 43 acked 33 win 8388480
                         23     2.000300     1 ▶ LAST_ACK     TIME_WAIT~   10.0.0.7:51515 → 10.0.0.1:8080  FIN,ACK offset 33 acked 44 win 8388480
                         24     2.000400     1 ◀ CLOSED~      TIME_WAIT    10.0.0.1:8080 → 10.0.0.7:51515  ACK offset 44 acked 34 win 8388480
                  hwa story scene.pcap 1
                because the server must outlive its clients

            0 passed, 1 failed, 0 inconclusive

            """,
            output);
    }

    [Theory]
    [InlineData("max(exchange.latency) < 5ms", "conn 1.1 ")]
    [InlineData("min(exchange.latency) > 1ms", "conn 0.1 conn 0.2 conn 0.3 ")]
    [InlineData("p50(exchange.latency) > 1ms", "conn 0.1 conn 0.2 conn 0.3 ")]
    [InlineData("p99.9(exchange.latency) < 5ms || p10(exchange.latency) > 1ms", "conn 1.1 conn 0.1 conn 0.2 conn 0.3 ")]
    [InlineData("!(max(exchange.latency) >= 5ms)", "conn 1.1 ")]
    [InlineData("max(exchange.latency) < 5ms && max(exchange.ordinal) < 3", "conn 1.1 conn 0.3 ")]
    [InlineData("count() < 4 && max(exchange.latency) == 5ms", "")]
    [InlineData("avg(exchange.latency) < 1ms", "")]
    [InlineData("count(exchange.latency > 2ms) == 0", "conn 1.1 ")]
    [InlineData("!(count(exchange.latency > 2ms) > 0)", "conn 1.1 ")]
    [InlineData("count(exchange.latency > 2ms) >= 2", "")]
    [InlineData("ratio(exchange.cold) <= 10%", "conn 0.1 conn 1.1 ")]
    [InlineData("ratio(!exchange.cold) >= 95%", "conn 0.1 conn 1.1 ")]
    [InlineData("rate(exchange.cold) < 0.1 && max(exchange.latency) < 5ms", "conn 0.1 conn 1.1 ")]
    [InlineData("max(exchange.idle_before) < 1ms && max(exchange.retry_of) > 1", "")]
    public void What_is_not_as_expected_is_shown_by_the_records_that_make_it_so(string expected, string records)
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("exchanges", $"expect: '{expected}'"));
        Assert.Equal(records, string.Concat(output.Split('\n').Where(line => line.StartsWith("    conn ", StringComparison.Ordinal)).Select(line => line[4..13])));
    }

    [Fact]
    public void The_record_of_an_extreme_is_told_as_one_that_breaks_a_claim()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(
            Usual(), Assertion("exchanges", "expect: max(exchange.latency) < 5ms && max(exchange.idle_before) < 9ms"),
            "", "--junit", folder["j.xml"], "--sarif", folder["s.sarif"]);
        Assert.Contains("FAIL          it  max(exchange.latency) is 5 ms", output);
        const string Evidence = "exchange.latency 5 ms; claimed: max(exchange.latency) < 5ms && max(exchange.idle_before) < 9ms";
        Assert.Contains($"    conn 1.1  10.0.0.7:51515 → 10.0.0.1:8080  (#19, #20)\n      {Evidence}\n", output);
        Assert.Contains("  >      20     0.106000", output);
        Assert.DoesNotContain("more\n", output);
        Assert.Contains("(#19, #20)\n  " + Evidence, folder.Read("j.xml"));
        Assert.Contains("(#19, #20): exchange.latency 5 ms; claimed: ", folder.Read("s.sarif").Replace("\\u2192", "→", StringComparison.Ordinal));
        var (_, json, _) = folder.Run("check", folder["spec.yaml"], "--json");
        Assert.Contains("\"type\":\"counterexample\",\"check.id\":\"it\",\"conn.id\":1,\"exchange.ordinal\":1,", json);
        Assert.Contains("\"check.frames\":[19,20]", json);
    }

    [Fact]
    public void A_value_just_beyond_its_bound_does_not_read_like_the_bound()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("exchanges", "expect: max(exchange.latency) <= 4999999ns"));
        Assert.Contains("max(exchange.latency) is 5 ms; expected max(exchange.latency) <= 4999999ns", output);
    }

    [Theory]
    [InlineData("pools", "pool.connections > 2", "hwa pools scene.pcap")]
    [InlineData("ports", "port.utilisation > 1%", "hwa ports scene.pcap")]
    [InlineData("capture", "capture.duration > 1h", "hwa summary scene.pcap")]
    public void The_command_shows_what_it_is_about(string select, string claim, string command)
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion(select, "each: " + claim));
        Assert.Contains($"\n      {command}\n", output);
    }

    [Fact]
    public void A_record_with_several_extremes_comes_once()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(
            Usual(), Assertion("connections", "expect: max(conn.requests) < 3 && max(conn.responses) < 3\n    evidence: 1"));
        Assert.Equal(2, output.Split("conn.requests 3, conn.responses 3; claimed: ").Length);
    }

    [Fact]
    public void What_is_absent_is_said_to_be()
    {
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Check(Usual(), Assertion("exchanges", "each: exchange.idle_before < 1s\n    evidence: 1"));
        Assert.Contains("2 of 4 exchanges broke exchange.idle_before < 1s", output);
        Assert.Contains("exchange.idle_before is absent; claimed: exchange.idle_before < 1s", output);
        Assert.Contains("and 1 more", output);
    }

    private static void Says(string select, string claim, int code)
    {
        using var folder = new CheckFolder();
        var (actual, output, error) = folder.Check(Usual(), Assertion(select, claim));
        Assert.Equal((code, ""), (actual, error));
        Assert.Contains(code == 0 ? "  PASS          it  " : "  FAIL          it  ", output);
    }

    private static string Assertion(string select, string claim) => $"  - id: it\n    select: {select}\n    {claim}";
}
