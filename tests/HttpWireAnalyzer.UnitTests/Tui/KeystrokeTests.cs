using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>What people come for is three keys away at most, on a terminal of eighty columns.</summary>
public sealed class KeystrokeTests
{
    [Theory]
    [InlineData("the packet that shows the worst finding", "http/stale-reuse-post", "✖1.001621 CLOSE_WAIT~", "5", "Enter", "e")]
    [InlineData("the story of the connection", "http/stale-reuse-post", "• 2 requests: the first cold", "2", "Enter")]
    [InlineData("who closed first, and why", "http/stale-reuse-post", "server FIN+RST ✖K002 idle 1.001 s")]
    [InlineData("how connections of a pool are reused", "http/six-at-a-time", "25 %", "4")]
    [InlineData("the forecast of ports", "tcp/client-closes-first", "forecast", "6")]
    [InlineData("what if connections were kept", "http/close-per-request", "connections 3 → 1", "4", "W")]
    [InlineData("the stream", "http/stale-reuse-post", "amount=100", "2", "x")]
    [InlineData("one client", "http/six-at-a-time", "[/] client.address == 192.0.2.1", "2", "f", "=")]
    [InlineData("what a rule means", "http/stale-reuse-post", "HWA-K002: stale pooled connection reused", "5", "i")]
    [InlineData("an assertion", "http/stale-reuse-post", "findings: {none: [HWA-K002]}", "5", "a")]
    [InlineData("where the time went", "http/long-poll", "server 1.002 s", "2", "z")]
    public void What_is_wanted_is_near(string what, string capture, string seen, params string[] keys)
    {
        Assert.InRange(keys.Length, 0, 3);
        using var session = ScreenSession.Of(capture);
        var screen = session.Press(keys).Draw();
        Assert.True(screen.Contains(seen, StringComparison.Ordinal), $"{what}: no '{seen}' in\n{screen}");
    }

    /// <summary>Whatever went wrong in a capture, the first screen tells the first of it in whole, or e does.</summary>
    [Theory]
    [MemberData(nameof(WorkTests.Cases), MemberType = typeof(WorkTests))]
    public void What_went_wrong_is_one_key_away(string capture)
    {
        using var session = ScreenSession.Of(capture);
        var connections = session.Model.Capture.Rows.Connections;
        var wrong = Enumerable.Range(0, connections.Count).Where(number => connections[number].Severity == RowSeverity.Error).ToList();
        if (wrong.Count == 0)
        {
            return;
        }

        var screen = (wrong[0] == 0 ? session : session.Press("e")).Draw();
        Assert.Equal(wrong[0], session.Model.Detail!.Number);
        Assert.All(
            session.Model.Detail.Story.TakeWhile(row => row.Runs.Count > 0),
            row => Assert.Contains(row.Runs[0].Text, screen, StringComparison.Ordinal));
        Assert.Contains(" e evidence ", screen, StringComparison.Ordinal);
    }

    /// <summary>Every act is done by somebody.</summary>
    [Fact]
    public void Each_key_is_obeyed_wherever_it_means_something()
    {
        string[][] ways = [["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["7"], ["2", "Enter"], ["2", "x"], ["2", "z"], ["5", "i"], ["5", "a"]];
        using var session = ScreenSession.Of("http/stale-reuse-post");
        var acts = new HashSet<Act>();
        foreach (var way in ways)
        {
            var there = session.Press(way).Model;
            foreach (var binding in Bindings.Of(Bindings.PlaceOf(there)))
            {
                Assert.NotNull(KeyUpdate.Of(there, binding.Keys[0]).Model);
                acts.Add(binding.Act);
            }
        }

        Assert.Equal([Act.Follow, Act.Pause], Enum.GetValues<Act>().Except(acts).Order());
    }

    [Fact]
    public void Panes_go_round_both_ways()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        PacketPane PaneBehind(string key) => session.Press(key).Model.Detail!.Pane;
        session.Press("7");
        Assert.Equal([PacketPane.Tree, PacketPane.Octets, PacketPane.List], [PaneBehind("Tab"), PaneBehind("Tab"), PaneBehind("Tab")]);
        Assert.Equal([PacketPane.Octets, PacketPane.Tree, PacketPane.List], [PaneBehind("BackTab"), PaneBehind("BackTab"), PaneBehind("BackTab")]);
    }
}
