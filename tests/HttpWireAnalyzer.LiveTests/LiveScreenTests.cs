using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>hwa live in a real terminal.</summary>
public sealed class LiveScreenTests : IDisposable
{
    private readonly Network _network = new();
    private readonly WebServer _server;
    private readonly TmuxSession _terminal = new(110, 30);

    public LiveScreenTests() => _server = new WebServer(_network);

    public void Dispose()
    {
        _terminal.Dispose();
        _server.Dispose();
        _network.Dispose();
    }

    [Fact]
    public void Connections_come_as_they_open_and_have_their_stories()
    {
        var before = Kept();
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "--set", "R001.requests=1", "tcp"))).Press("Enter").Await("● live");
        Get("/x");
        _terminal.Await("1 of 1");
        Get("/y");
        _terminal.Await("1 of 2").Press("G").Await("GET /y");
        _terminal.Press("Enter").Await("1 request, cold");
        _terminal.Press("q", "/").Type("conn.id == 0").Press("Enter").Await("1 of 1 (2)");
        _terminal.Type(":stop").Press("Enter");
        Wait.Until(() => !_terminal.Screen.Contains("● live", StringComparison.Ordinal));

        // Of two requests, with the threshold that was set; and nothing was broken off.
        _terminal.Press("5").Await("HWA-R001");
        Assert.DoesNotContain("HWA-C009", _terminal.Screen, StringComparison.Ordinal);
        _terminal.Press("q").Await("packets accepted");
        Wait.Until(() => !Kept().Except(before).Any());
    }

    [Fact]
    public void A_terminal_that_goes_away_takes_what_was_kept_along()
    {
        var before = Kept();
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "tcp"))).Press("Enter").Await("● live");
        var kept = Kept().Except(before).ToArray();
        Assert.NotEmpty(kept);

        _terminal.Dispose();
        Wait.Until(() => !kept.Any(File.Exists));
    }

    private static string[] Kept() => Directory.GetFiles(Path.GetTempPath(), "hwa-live-*");

    [Fact]
    public void What_is_found_is_listed_while_packets_come()
    {
        using var server = new UnreadingServer(_network);
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "tcp"))).Press("Enter").Await("● live");
        _terminal.Press("5").Await("Nothing found so far");
        server.Ask();
        _terminal.Await("HWA-T005").Await("5 Findings ~✖1").Await("● live");
        _terminal.Press("2").Await("✖T005").Press("5", "Enter", "e").Await("Story").Await("HWA-T005");
        _terminal.Press("q").Type(":stop").Press("Enter");
        _terminal.Press("5").Await("5 Findings ✖1");
    }

    [Fact]
    public void An_open_connection_shows_whose_it_is()
    {
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "tcp"))).Press("Enter").Await("● live");
        using var client = _network.InClient(() => new TcpClient(Network.ServerAddress, 80));
        _terminal.Await("1 of 1").Await(string.Create(CultureInfo.InvariantCulture, $" {Environment.ProcessId}) →"));
        _terminal.Press("c", "c", "c", "c", "c").Await("client process");
        _terminal.Press("/").Type(string.Create(CultureInfo.InvariantCulture, $"client.process.pid == {Environment.ProcessId}")).Press("Enter").Await("1 of 1");
        _terminal.Press("/", "C-u").Type("!client.process.pid").Press("Enter").Await("Nothing fits this filter");
        _terminal.Press("q").Await("packets accepted");
    }

    [Fact]
    public void A_pool_has_its_connections_while_they_are_open()
    {
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "tcp"))).Press("Enter").Await("● live");
        using var client = _network.InClient(() => new TcpClient(Network.ServerAddress, 80));
        client.GetStream().Write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        _terminal.Press("1").Await(":stop ends it");
        _terminal.Press("4").Await("1 of its 1 connections have not ended");
        // The request is drawn a moment after the connection.
        Wait.Until(() => Regex.IsMatch(_terminal.Screen, @"192\.0\.2\.1 +192\.0\.2\.2:80 +1 +1 +0 % +1 +1 +1 +– +–"));
        client.Dispose();
        Wait.Until(() => !_terminal.Screen.Contains("have not ended", StringComparison.Ordinal));
        _terminal.Press("q").Await("packets accepted");
    }

    [Fact]
    public void A_list_is_a_list_where_it_is_asked_for()
    {
        _terminal.Type(string.Join(' ', _network.AtClient(Commands.Hwa, "live", "-i", "eth0", "--plain", "tcp"))).Press("Enter");
        Wait.Until(() =>
        {
            Get("/x");
            return _terminal.Screen.Contains("GET /x →", StringComparison.Ordinal);
        });
        Assert.False(_terminal.IsAlternate);
        _terminal.Press("C-c").Await("packets accepted");
    }

    private void Get(string target) =>
        Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}{target}"));
}
