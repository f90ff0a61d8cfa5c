using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>What -Y asks of other records than those that are listed.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData("conn.close.first == server", "HWA-K002 0")]
    [InlineData("http.request.method == POST && finding.severity == error", "HWA-K002 0")]
    [InlineData("tcp.flags.reset && conn.requests == 2", "HWA-K002 0")]
    [InlineData("any exchange (http.request.method == POST && exchange.outcome == unanswered)", "HWA-K002 0")]
    [InlineData("conn.close.how == reset", "")]
    public void Findings_are_selected_by_the_connection_that_they_are_about(string filter, string expected)
    {
        using var folder = new CheckFolder();
        var (code, output, _) = folder.Run(Stale().Capture(), "findings", "-Y", filter, "-e", "finding.id,conn.id", "-");
        Assert.Equal(0, code);
        Assert.Equal(expected.Length == 0 ? [] : expected.Split(','), output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Replace('\t', ' ')));
    }

    [Theory]
    [InlineData("finding.id == K002")]
    [InlineData("finding.id == hwa-k002")]
    [InlineData("finding.id in {X001, \"K002\"}")]
    [InlineData("finding.id matches \"^HWA-K00\" && finding.id != k003")]
    public void A_rule_has_its_short_id_too(string filter)
    {
        using var folder = new CheckFolder();
        var output = folder.Run(Stale().Capture(), "findings", "-Y", filter, "-e", "finding.id", "-").Output;
        Assert.Equal("finding.id\nHWA-K002\n", output);
    }

    [Fact]
    public void A_rule_that_is_none_is_told()
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Run(Stale().Capture(), "findings", "-Y", "finding.id == K0002", "-");
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: -Y: 'K0002' is not a word of this field. Did you mean 'K002'? hwa fields --json finding.id lists its words.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SYN_RCVD")]
    [InlineData("syn-rcvd")]
    [InlineData("SYN_RECEIVED")]
    [InlineData("syn_recv")]
    public void A_state_has_the_names_that_others_give_it(string state)
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        var output = folder.Run(scene.Capture(), "packets", "-Y", $"conn.state.server == {state}", "-e", "packet.number", "-").Output;
        Assert.Equal("packet.number\n1\n2\n", output);
    }

    [Theory]
    [InlineData("none: conn.close.first == server", 1)]
    [InlineData("none: conn.close.first == client", 0)]
    [InlineData("expect: count(http.request.method == POST && finding.id == HWA-K002) == 1", 0)]
    public void So_are_those_of_a_spec(string claim, int expected)
    {
        using var folder = new CheckFolder();
        Assert.Equal(expected, folder.Check(Stale(), $"  - id: it\n    select: findings\n    {claim}").Code);
    }

    [Theory]
    [InlineData("story")]
    [InlineData("follow")]
    public void The_only_connection_needs_no_number(string verb)
    {
        using var folder = new CheckFolder();
        var one = Stale().Capture();
        Assert.Equal(folder.Run(one, verb, "-", "0"), folder.Run(one, verb, "-"));

        var two = new Scene();
        two.Talk().Handshake(0).Exchange(1).Close(3);
        two.Talk().Handshake(10).Exchange(11).Close(13);
        var (code, output, error) = folder.Run(two.Capture(), verb, "-");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"hwa: which connection? It has 0 to 1. Give its number last, as in: hwa {verb} - 0", error);
    }

    [Fact]
    public void What_waits_behind_a_connection_that_stays_open_is_asked_for_itself()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET /stays");
        for (var i = 0; i < ConnectionRecords.MostWaiting + 2000; i++)
        {
            var at = 10 + (2 * i);
            scene.Talk().Handshake(at).Exchange(at + 0.5, takes: 0.1, line: i % 2 == 0 ? "GET /client" : "GET /server")
                .Rst(i % 2 == 0 ? Side.Client : Side.Server, at + 1);
        }

        using var folder = new CheckFolder();
        var capture = scene.Capture();
        var (_, output, _) = folder.Run(capture, "exchanges", "-Y", "conn.close.first == client", "-e", "http.request.target", "-");
        Assert.Equal(["/client"], output.TrimEnd('\n').Split('\n').Skip(1).Distinct());
        Assert.Equal((ConnectionRecords.MostWaiting / 2) + 1000, output.TrimEnd('\n').Split('\n').Length - 1);

        // What it showed before they ended is not forgotten, and not theirs.
        foreach (var verb in (string[])["conns", "exchanges"])
        {
            Assert.Equal("conn.id\n0\n", folder.Run(capture, verb, "-Y", "conn.requests == 1 && http.request.target == \"/stays\"", "-e", "conn.id", "-").Output);
        }
    }

    /// <summary>The rules hear of connections when they end.</summary>
    [Fact]
    public void A_finding_about_a_connection_that_ended_before_others_is_asked_for_its_exchanges()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET /stays");
        scene.Talk().Handshake(10).Exchange(11).Rst(Side.Client, 20);
        for (var at = 30; at < 60; at += 10)
        {
            scene.Talk().Handshake(at).Request(at + 1, "GET /die").Close(at + 2, Side.Server);
        }

        using var folder = new CheckFolder();
        var (_, output, _) = folder.Run(
            scene.Capture(), "findings", "-Y", "http.request.target == \"/die\" && finding.id == HWA-H010", "-e", "conn.id", "-");
        Assert.Equal("conn.id\n2\n3\n4\n", output);
    }

    /// <summary>The server closes an idle connection, and the client sends a POST on it all the same.</summary>
    private static Scene Stale()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1002).Ack(Side.Client, 1002.1)
            .Request(1022, "POST /pay", body: "amount=100").Rst(Side.Server, 1022.2);
        return scene;
    }
}
