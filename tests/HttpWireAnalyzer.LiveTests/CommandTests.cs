using System.Globalization;
using System.Text.Json;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>hwa live and hwa doctor, as they are typed.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Network _network = new();
    private readonly WebServer _server;

    public CommandTests() => _server = new WebServer(_network);

    public void Dispose()
    {
        _server.Dispose();
        _network.Dispose();
    }

    [Fact]
    public void A_connection_is_told_when_it_ends()
    {
        using var hwa = StartLive("-i", "eth0", "--only", "conns", "tcp");
        Get("/one");
        var told = Wait.Until(() => hwa.Output.Contains("client was done", StringComparison.Ordinal));

        // A few milliseconds where nothing else runs; a timer of TCP, or the end of the capture, would be much later.
        Assert.InRange(told, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Matches(
            @"^\d\d:\d\d:\d\d\.\d{3}  conn 0  192\.0\.2\.1:\d+( \(curl \d+\))? → 192\.0\.2\.2:80  1 request  .+  client FIN: client was done\n$",
            hwa.Output);
        var answer = Stop(hwa, "INT");
        Assert.Equal(0, answer.ExitCode);
        Assert.Matches(@"^hwa: eth0: (\d+) packets accepted, \1 delivered, dropped by kernel 0, by interface 0, lost at the end 0\n$", answer.Error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_right_behind_the_traffic_loses_nothing(string signal)
    {
        using var hwa = StartLive("-i", "eth0", "--json", "tcp");
        for (var i = 0; i < 20; i++)
        {
            Get("/x");
        }

        var answer = Stop(hwa, signal);

        var records = RecordsOf(answer);
        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(20, records.Count(each => TypeOf(each) == "exchange"));
        Assert.All(
            records.Where(each => TypeOf(each) == "conn"),
            each => Assert.Equal("fin", each.GetProperty("conn.close.how").GetString()));
        Assert.Equal(20, records.Count(each => TypeOf(each) == "conn"));
        var counters = records.Last(each => TypeOf(each) == "interface");
        Assert.Equal(
            counters.GetProperty("interface.received").GetInt64(),
            records[^1].GetProperty("capture.packets").GetInt64());
        Assert.Equal(0, counters.GetProperty("interface.lost_tail").GetInt64());
    }

    [Fact]
    public void What_live_tells_of_connections_is_what_their_file_tells()
    {
        var file = Path.GetTempFileName();
        using var tcpdump = new RunningCommand(_network.AtClient(
            "tcpdump", "-i", "eth0", "--immediate-mode", "-U", "-Z", "root", "-w", file, "tcp"));
        Wait.Until(() => tcpdump.Error.Contains("listening on", StringComparison.Ordinal));
        using var hwa = StartLive("-i", "eth0", "--json", "--no-process", "tcp");
        for (var i = 0; i < 5; i++)
        {
            Get("/x");
        }

        var live = RecordsOf(Stop(hwa, "INT"));
        Thread.Sleep(200);
        tcpdump.Signal("INT");
        tcpdump.WaitForEnd(Patience);
        var read = RecordsOf(Commands.Try(Commands.Hwa, "conns", "--json", "--exchanges", file));
        File.Delete(file);

        // Two taps stamp one packet at two times; all that is no time is the same.
        Assert.Equal(
            read.Where(each => TypeOf(each) is "conn" or "exchange").Select(Counted).Order(StringComparer.Ordinal),
            live.Where(each => TypeOf(each) is "conn" or "exchange").Select(Counted).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_display_filter_chooses_connections()
    {
        using var hwa = StartLive("-i", "eth0", "-Y", "conn.close.how == refused", "tcp");
        Get("/x");
        Commands.Try(_network.AtClient("curl", "-s", $"http://{Network.ServerAddress}:81/"));
        Wait.Until(() => hwa.Output.Contains("refused", StringComparison.Ordinal));

        Assert.Single(Stop(hwa, "INT").Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void It_stops_by_itself_after_so_many_packets_or_seconds()
    {
        using var byPackets = StartLive("-i", "eth0", "--json", "-a", "packets:5", "tcp");
        Get("/x");
        var answer = byPackets.WaitForEnd(Patience);
        Assert.Equal(5, RecordsOf(answer)[^1].GetProperty("capture.packets").GetInt64());

        using var byTime = StartLive("-i", "eth0", "-a", "duration:0.5");
        Assert.Equal(0, byTime.WaitForEnd(Patience).ExitCode);
    }

    [Fact]
    public void What_netfilter_logs_is_captured()
    {
        foreach (var chain in (string[])["INPUT", "OUTPUT"])
        {
            Commands.Run(_network.AtClient("iptables", "-A", chain, "-p", "tcp", "-j", "NFLOG", "--nflog-group", "7"));
        }

        using var hwa = StartLive("-i", "nflog:7");
        Get("/logged");
        Wait.Until(() => hwa.Output.Contains("client was done", StringComparison.Ordinal));
        var answer = Stop(hwa, "INT");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("GET /logged → 200", answer.Output, StringComparison.Ordinal);
        Assert.Matches(@"^hwa: nflog:7: (\d+) packets accepted, \1 delivered, .*, lost at the end unknown\n$", answer.Error);
    }

    [Fact]
    public void The_processes_at_both_ends_are_named()
    {
        using var hwa = new RunningCommand(_network.AtServer(Commands.Hwa, "live", "-i", "lo", "--json", "tcp port 80"));
        AwaitCapture(hwa);
        using var client = new RunningCommand(_network.AtServer(
            "python3", "-c", "import http.client, time; c = http.client.HTTPConnection('127.0.0.1', 80); c.request('GET', '/'); c.getresponse().read(); time.sleep(1)"));
        client.WaitForEnd(Patience);

        var connection = RecordsOf(Stop(hwa, "INT")).Single(each => TypeOf(each) == "conn");
        Assert.Equal("python3", connection.GetProperty("client.process.name").GetString());
        Assert.Equal(client.Id, connection.GetProperty("client.process.pid").GetInt32());
        Assert.Equal("nginx", connection.GetProperty("server.process.name").GetString());
        Assert.NotEqual(_server.MasterId, connection.GetProperty("server.process.pid").GetInt32());
    }

    [Fact]
    public void A_filter_that_does_not_compile_is_shown_with_a_caret()
    {
        var answer = Live("-i", "eth0", "tcp prt 80");

        Assert.Equal(2, answer.ExitCode);
        Assert.Equal("hwa: -f: can't parse filter expression: syntax error\n  tcp prt 80\n      ^~~\n", answer.Error);
    }

    [Fact]
    public void An_interface_that_is_not_there_is_refused() =>
        Assert.Equal(
            (2, "hwa: eth9: no such interface. hwa interfaces lists them.\n"), CodeAndError(Live("-i", "eth9")));

    [Fact]
    public void Without_the_capability_the_error_names_the_command_that_grants_it()
    {
        var refused = Commands.Try(_network.AtClient(
            "setpriv", "--bounding-set=-all", "--inh-caps=-all", Commands.Hwa, "live", "-i", "eth0"));
        Assert.Equal(3, refused.ExitCode);
        Assert.Equal(
            $"hwa: eth0: no permission to capture. Grant it once: sudo setcap cap_net_raw+ep {Commands.Hwa}\n", refused.Error);

        var examined = Commands.Try(_network.AtClient(
            "setpriv", "--bounding-set=-all", "--inh-caps=-all", Commands.Hwa, "doctor"));
        Assert.Equal(3, examined.ExitCode);
        Assert.Contains($"missing permission to capture: the capability cap_net_raw\n        Grant it once: sudo setcap cap_net_raw+ep {Commands.Hwa}\n", examined.Output, StringComparison.Ordinal);
        Assert.Contains("ok      libpcap version", examined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_one_capability_is_enough_and_is_given_up_once_the_interface_is_open()
    {
        string[] onlyRaw = ["setpriv", "--bounding-set=-all,+net_raw", "--inh-caps=-all"];
        var examined = Commands.Try(_network.AtClient([.. onlyRaw, Commands.Hwa, "doctor"]));
        Assert.Equal((0, ""), CodeAndError(examined));

        using var hwa = new RunningCommand(_network.AtClient([.. onlyRaw, Commands.Hwa, "live", "-i", "eth0", "--json", "tcp"]));
        AwaitCapture(hwa);
        Get("/x");
        AssertGivesUpAll(hwa);
        Assert.Equal(1, RecordsOf(Stop(hwa, "INT")).Count(each => TypeOf(each) == "exchange"));
    }

    [Fact]
    public void Root_keeps_no_capability_where_packets_are_handled()
    {
        using var hwa = StartLive("-i", "eth0");

        AssertGivesUpAll(hwa);
        Stop(hwa, "INT");
    }

    private static void AssertGivesUpAll(RunningCommand hwa)
    {
        foreach (var thread in (string[])["capture", "hwa"])
        {
            Wait.Until(() => EffectiveOf(hwa, thread) == "0000000000000000");
        }
    }

    private static string EffectiveOf(RunningCommand hwa, string thread)
    {
        foreach (var task in Directory.EnumerateDirectories($"/proc/{hwa.Id}/task"))
        {
            if (File.ReadAllText(Path.Combine(task, "comm")).Trim() == thread && (thread != "hwa" || task.EndsWith($"/{hwa.Id}", StringComparison.Ordinal)))
            {
                var line = File.ReadLines(Path.Combine(task, "status")).Single(each => each.StartsWith("CapEff:", StringComparison.Ordinal));
                return line["CapEff:".Length..].Trim();
            }
        }

        throw new InvalidOperationException($"no thread {thread}");
    }

    private RunningCommand StartLive(params string[] args)
    {
        var hwa = new RunningCommand(_network.AtClient([Commands.Hwa, "live", .. args]));
        AwaitCapture(hwa);
        return hwa;
    }

    /// <summary>Its packet socket is open, and the thread that reads it is there, which comes after the filter.</summary>
    internal static void AwaitCapture(RunningCommand hwa) => Wait.Until(() => hwa.HasEnded
        ? throw new InvalidOperationException(hwa.Error)
        : Directory.EnumerateDirectories($"/proc/{hwa.Id}/task")
            .Any(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() == "capture"));

    private CommandAnswer Live(params string[] args) => Commands.Try(_network.AtClient([Commands.Hwa, "live", .. args]));

    private void Get(string target) =>
        Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}{target}"));

    private static CommandAnswer Stop(RunningCommand hwa, string signal)
    {
        hwa.Signal(signal);
        return hwa.WaitForEnd(Patience);
    }

    private static (int, string) CodeAndError(CommandAnswer answer) => (answer.ExitCode, answer.Error);

    private static List<JsonElement> RecordsOf(CommandAnswer answer) =>
        [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? TypeOf(JsonElement record) => record.GetProperty("type").GetString();

    private static string Counted(JsonElement record) => string.Join('\n', record.EnumerateObject()
        .Where(member => member.Value.ValueKind is not JsonValueKind.String
            || !member.Value.GetString()!.Contains('.', StringComparison.Ordinal)
            || member.Name.EndsWith("address", StringComparison.Ordinal))
        .Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Name}={member.Value}")));
}
