using System.Text.Json;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>hwa capture, and hwa live -w, as they are typed: what is on the disk when they have ended.</summary>
public sealed class CaptureTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("hwa-capture-").FullName;
    private readonly Network _network = new();
    private readonly WebServer _server;

    public CaptureTests() => _server = new WebServer(_network);

    private string[] Files => [.. Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _server.Dispose();
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_right_behind_the_traffic_leaves_every_packet_in_a_file_that_tshark_reads(string signal)
    {
        using var hwa = StartCapture("-w", PathOf("x.pcapng"), "tcp");
        Get(20);
        var answer = Stop(hwa, signal);

        Assert.Equal(0, answer.ExitCode);
        Assert.Matches(@"^hwa: eth0: (\d+) packets accepted, \1 delivered, dropped by kernel 0, by interface 0, lost at the end 0\nhwa: wrote \1 packets to .+/x\.pcapng\n$", answer.Error);
        Assert.Equal(20, Connections("x.pcapng").Count(each => each.GetProperty("conn.close.how").GetString() == "fin"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("x.pcapng")));

        var read = Commands.Try("tshark", "-r", PathOf("x.pcapng"), "-T", "fields", "-e", "frame.number");
        Assert.Equal(0, read.ExitCode);
        Assert.DoesNotContain("appears to", read.Error, StringComparison.Ordinal);
        var about = Commands.Run("capinfos", "-M", PathOf("x.pcapng"));
        Assert.Contains("Name = eth0", about, StringComparison.Ordinal);
        Assert.Contains("Filter string = tcp", about, StringComparison.Ordinal);
        Assert.Contains("Time precision = nanoseconds (9)", about, StringComparison.Ordinal);
        Assert.Contains("Number of stat entries = 1", about, StringComparison.Ordinal);
        Assert.Contains($"Number of packets = {read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length}", about, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_lives_on_when_one_file_follows_another()
    {
        using var hwa = new RunningCommand(_network.AtClient(
            Commands.Hwa, "live", "-i", "eth0", "--json", "--no-process", "-w", PathOf("x.pcapng"), "-b", "packets:7", "tcp"));
        CommandTests.AwaitCapture(hwa);
        Commands.Run(_network.AtClient(
            ["curl", "-s", "-o", "/dev/null", .. Enumerable.Range(0, 20).Select(page => $"http://{Network.ServerAddress}/{page}")]));
        var live = Stop(hwa, "INT");

        Assert.Equal(0, live.ExitCode);
        Assert.InRange(Files.Length, 6, 20);
        var together = Commands.Run([Commands.Hwa, "conns", "--json", "--exchanges", .. Files]);
        Assert.Equal(20, Records(together, "exchange").Count);
        Assert.Single(Records(together, "conn"));
        foreach (var type in (string[])["exchange", "conn"])
        {
            Assert.Equal(
                Records(together, type).Select(each => each.GetRawText()), Records(live.Output, type).Select(each => each.GetRawText()));
        }
    }

    [Fact]
    public void Of_a_ring_the_last_files_stay()
    {
        using var hwa = StartCapture("-w", PathOf("x.pcapng"), "-b", "packets:10", "-b", "files:2", "tcp");
        Get(10);
        Assert.Equal(0, Stop(hwa, "TERM").ExitCode);

        Assert.Equal(2, Files.Length);
        Assert.All(Files, file => Assert.Matches(@"/x_\d{5}_\d{14}\.pcapng$", file));
        Assert.EndsWith("fin", Connections(Path.GetFileName(Files[^1]))[^1].GetProperty("conn.close.how").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packets:15")]
    [InlineData("filesize:2")]
    public void It_stops_when_it_has_enough(string limit)
    {
        using var hwa = StartCapture("-w", PathOf("x.pcapng"), "-a", limit, "tcp");
        Get(5);
        var answer = hwa.WaitForEnd(Patience);

        Assert.Equal(0, answer.ExitCode);
        if (limit == "packets:15")
        {
            Assert.Contains("wrote 15 packets", answer.Error, StringComparison.Ordinal);
        }
        else
        {
            // The packet that reached it, and the counts.
            Assert.InRange(new FileInfo(PathOf("x.pcapng")).Length, 2_000, 2_400);
        }
    }

    [Fact]
    public void A_full_disk_ends_it_with_whole_packets_and_says_so()
    {
        var disk = Directory.CreateDirectory(PathOf("disk")).FullName;
        Commands.Run("mount", "-t", "tmpfs", "-o", "size=256k", "hwa-test", disk);
        try
        {
            using var hwa = StartCapture("-w", Path.Combine(disk, "x.pcapng"), "tcp");
            Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}/files/large"));
            var answer = hwa.WaitForEnd(Patience);

            Assert.Equal(5, answer.ExitCode);
            Assert.Matches(@"\nhwa: .+/x\.pcapng: cannot be written further: .+ It has \d+ packets, whole\.\n$", answer.Error);
            var read = Commands.Try(Commands.Hwa, "packets", "--json", Path.Combine(disk, "x.pcapng"));
            Assert.Equal((0, ""), (read.ExitCode, read.Error));
            Assert.Contains($"It has {Records(read.Output, "packet").Count} packets", answer.Error, StringComparison.Ordinal);
            Assert.Equal("", Commands.Try("tshark", "-r", Path.Combine(disk, "x.pcapng"), "-w", "/dev/null").Error.Replace(
                "Running as user \"root\" and group \"root\". This could be dangerous.\n", "", StringComparison.Ordinal));
        }
        finally
        {
            Commands.Run("umount", disk);
        }
    }

    [Fact]
    public void An_interface_that_goes_away_leaves_what_came_before()
    {
        using var hwa = new RunningCommand(_network.AtClient(Commands.Hwa, "capture", "-i", "eth1", "-w", PathOf("x.pcapng"), "tcp"));
        CommandTests.AwaitCapture(hwa);
        Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.SecondServerAddress}/"));
        Wait.Until(() => new FileInfo(PathOf("x.pcapng")).Length > 800);
        _network.ClientIp("link", "del", "eth1");
        var answer = hwa.WaitForEnd(Patience);

        Assert.Equal(3, answer.ExitCode);
        Assert.Contains("disappeared", answer.Error, StringComparison.Ordinal);
        Assert.Single(Connections("x.pcapng"));
        Assert.Contains("Number of stat entries = 1", Commands.Run("capinfos", "-M", PathOf("x.pcapng")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_is_not_overwritten()
    {
        File.WriteAllText(PathOf("x.pcapng"), "precious");
        var answer = Commands.Try(_network.AtClient(Commands.Hwa, "capture", "-i", "eth0", "-w", PathOf("x.pcapng")));
        Assert.Equal((5, "precious"), (answer.ExitCode, File.ReadAllText(PathOf("x.pcapng"))));
    }

    [Fact]
    public void A_pipe_is_read_while_it_is_written()
    {
        using var both = new RunningCommand(_network.AtClient(
            "sh", "-c", $"{Commands.Hwa} capture -i eth0 -a packets:10 -w - tcp | tshark -r - -T fields -e tcp.dstport"));
        Wait.Until(() => Commands.Run("pgrep", "-f", "-c", "capture -i eth0 -a packets:10").TrimEnd() is not "0");
        Wait.Until(() =>
        {
            Get(1);
            return both.HasEnded;
        });
        Assert.Equal(10, both.WaitForEnd(Patience).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void What_came_before_a_404_and_after_it_is_kept_and_nothing_else()
    {
        using var hwa = StartCapture(
            "-w", PathOf("x.pcapng"), "--on", "http.response.code == 404", "--after", "0.5s", "--at-most", "1", "tcp");
        Get(2);
        Assert.Empty(Files);
        Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}/files/none"));
        Get(1);
        var answer = hwa.WaitForEnd(Patience);

        Assert.Equal(0, answer.ExitCode);
        var file = Path.GetFileName(Assert.Single(Files));
        Assert.InRange(Connections(file).Count, 3, 4);
        Assert.Equal(
            "exchange 1 of connection 2: http.response.code == 404\t404\n",
            Commands.Run("tshark", "-r", PathOf(file), "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment", "-e", "http.response.code"));
    }

    /// <summary>A reset with a request unread is seen when it happens, in the middle of traffic that is as usual.</summary>
    [Fact]
    public void A_finding_that_was_asked_for_is_recorded_with_its_history()
    {
        using var server = new UnreadingServer(_network);
        using var hwa = StartCapture(
            "-w", PathOf("x.pcapng"), "--on-finding", "t005", "--after", "0.5s", "--at-most", "1", "tcp");
        Get(2);
        Assert.Empty(Files);
        server.Ask();
        Get(1);
        var answer = hwa.WaitForEnd(Patience);

        Assert.Equal(0, answer.ExitCode);
        var file = Path.GetFileName(Assert.Single(Files));
        Assert.StartsWith(
            "HWA-T005: ", Commands.Run("tshark", "-r", PathOf(file), "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment"), StringComparison.Ordinal);
        Assert.Contains("HWA-T005", Commands.Run(Commands.Hwa, "findings", PathOf(file)), StringComparison.Ordinal);
    }

    /// <summary>By itself the rule wants ten seconds: an answer of two seconds sets off a recording only where --set or the file says so.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_finding_that_was_asked_for_follows_the_thresholds_given(bool inFile)
    {
        const string Slow = """
            import socket, time
            s = socket.create_server(("", 8082))
            while True:
                c, _ = s.accept()
                c.recv(4096)
                c.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                for _ in range(8):
                    c.sendall(b"1\r\nx\r\n")
                    time.sleep(0.25)
                c.sendall(b"0\r\n\r\n")
                c.close()
            """;
        using var server = new RunningCommand(_network.AtServer("python3", "-c", Slow));
        var configuration = Path.GetTempFileName();
        File.WriteAllText(configuration, inFile ? "rules: {HWA-S003: {lasts: 1s}}\n" : "rules: {HWA-S003: {lasts: 9s}}\n");
        using var hwa = new RunningCommand(_network.AtClient(
        [
            "env", $"HWA_CONFIG={configuration}", Commands.Hwa, "capture", "-i", "eth0",
            "-w", PathOf("x.pcapng"), "--on-finding", "s003", "--after", "0.1s", "--at-most", "1",
            .. inFile ? Array.Empty<string>() : ["--set", "S003.lasts=1s"], "tcp",
        ]));
        CommandTests.AwaitCapture(hwa);
        Commands.Try(_network.AtClient(
            "curl", "-s", "--retry", "5", "--retry-connrefused", $"http://{Network.ServerAddress}:8082/slow"));
        Get(1);
        var answer = hwa.WaitForEnd(Patience);
        File.Delete(configuration);

        Assert.Equal(0, answer.ExitCode);
        Assert.StartsWith(
            "HWA-S003: ",
            Commands.Run("tshark", "-r", Assert.Single(Files), "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tshark_reads_a_slice_as_it_reads_the_packets_in_the_whole()
    {
        using var hwa = StartCapture("-w", PathOf("x.pcapng"), "tcp");
        Get(3);
        Stop(hwa, "INT");
        Commands.Run(Commands.Hwa, "slice", PathOf("x.pcapng"), "-Y", "conn.id == 1", "-w", PathOf("slice.pcapng"));

        string[] fields = ["-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "tcp.seq_raw", "-e", "http.request.uri"];
        Assert.Equal(
            Commands.Run(["tshark", "-r", PathOf("x.pcapng"), "-Y", "tcp.stream == 1", .. fields]),
            Commands.Run(["tshark", "-r", PathOf("slice.pcapng"), .. fields]));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private RunningCommand StartCapture(params string[] args)
    {
        var hwa = new RunningCommand(_network.AtClient([Commands.Hwa, "capture", "-i", "eth0", .. args]));
        CommandTests.AwaitCapture(hwa);
        return hwa;
    }

    private void Get(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}/x"));
        }
    }

    private static CommandAnswer Stop(RunningCommand hwa, string signal)
    {
        hwa.Signal(signal);
        return hwa.WaitForEnd(Patience);
    }

    private List<JsonElement> Connections(string name) =>
        Records(Commands.Run(Commands.Hwa, "conns", "--json", PathOf(name)), "conn");

    private static List<JsonElement> Records(string output, string type) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(record => record.GetProperty("type").GetString() == type)];
}
