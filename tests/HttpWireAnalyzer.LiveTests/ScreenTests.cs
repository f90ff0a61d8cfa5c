using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>hwa FILE in a real terminal.</summary>
public sealed class ScreenTests : IDisposable
{
    private readonly TmuxSession _terminal = new(100, 30);

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void The_first_screen_says_who_closed_and_why_and_leads_to_the_packet()
    {
        Open("http/stale-reuse-post").Await("server FIN+RST").Await("POST /pay (#9) was lost");
        _terminal.Press("Enter").Await("The server closed first");
        _terminal.Press("e", "e", "Enter").Await("TCP 41772 → 80");
        _terminal.Press("x").Await("amount=100");
        _terminal.Press("q").Await("TCP 41772 → 80").Press("q").Await("The server closed first").Press("q", "q").AwaitShell();
        Assert.Equal((false, false, true), (_terminal.IsAlternate, _terminal.HasMouse, _terminal.HasCursor));
    }

    [Fact]
    public void A_filter_is_typed_completed_and_taken_away()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        _terminal.Press("/").Type("conn.i").Await("conn.id  conn.incarnation");
        _terminal.Press("Tab").Type(" == 4").Press("Enter").Await("[/] conn.id == 4").Await("1 of 1 (6)");
        _terminal.Press("Escape").Await("5 of 6");
    }

    [Fact]
    public void The_terminal_is_given_back_as_it_was()
    {
        var before = _terminal.Modes();
        Open("http/six-at-a-time").Await("1 of 6");
        Assert.Equal((true, true, false), (_terminal.IsAlternate, _terminal.HasMouse, _terminal.HasCursor));
        _terminal.Type(":q").Press("Enter").AwaitShell();
        Assert.Equal(before, _terminal.Modes());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public void So_it_is_when_it_is_killed(string signal)
    {
        var before = _terminal.Modes();
        Open("http/six-at-a-time").Await("1 of 6");
        Commands.Run("kill", "-" + signal, Pid());
        _terminal.AwaitShell();
        Assert.False(_terminal.IsAlternate);
        Assert.Equal(before, _terminal.Modes());
        Assert.True(_terminal.HasCursor);
    }

    [Fact]
    public void It_goes_on_where_it_was_stopped()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        var pid = Pid();
        Commands.Run("kill", "-STOP", pid);
        _terminal.Await("Stopped").Type("fg").Press("Enter").Await("1 of 6");
        _terminal.Press("j").Await("2 of 6");
    }

    [Fact]
    public void A_stop_from_outside_gives_the_terminal_back_meanwhile()
    {
        var before = _terminal.Modes();
        Open("http/six-at-a-time").Await("1 of 6");
        var pid = Pid();
        Commands.Run("kill", "-TSTP", pid);
        _terminal.Await("Stopped");
        Assert.Equal((false, false, true), (_terminal.IsAlternate, _terminal.HasMouse, _terminal.HasCursor));
        Assert.Equal(before, _terminal.Modes());
        _terminal.Resize(80, 20);
        _terminal.Type("fg").Press("Enter").Await("1 of 6");
        Assert.Equal((true, true, false), (_terminal.IsAlternate, _terminal.HasMouse, _terminal.HasCursor));
        _terminal.Press("j").Await("2 of 6");
    }

    /// <summary>Memory for fewer connections than the capture has: the runtime ends the program, and asks nobody.</summary>
    [Fact]
    public void The_terminal_is_given_back_by_a_crash()
    {
        const int Connections = 400_000;
        const string Limit = "0x3000000";
        var capture = Path.GetTempFileName();
        try
        {
            WriteSyns(capture, Connections);
            var before = _terminal.Modes();
            _terminal.Type($"DOTNET_GCHeapHardLimit={Limit} {Commands.Hwa} {capture}").Press("Enter").Await("Aborted");
            Assert.Equal((false, false, true), (_terminal.IsAlternate, _terminal.HasMouse, _terminal.HasCursor));
            Assert.Equal(before, _terminal.Modes());
        }
        finally
        {
            File.Delete(capture);
        }
    }

    /// <summary>A colour says nothing alone: without any, every letter is where it was.</summary>
    [Theory]
    [InlineData("NO_COLOR=1")]
    [InlineData("TERM=xterm")]
    [InlineData("COLORTERM=truecolor")]
    public void Colours_change_no_letter(string environment)
    {
        using var plain = new TmuxSession(100, 30);
        plain.Type($"{environment} {Commands.Hwa} {Repository.CaptureOf("http/stale-reuse-post")}").Press("Enter").Await("POST /pay (#9) was lost");
        Open("http/stale-reuse-post").Await("POST /pay (#9) was lost");
        Wait.Until(() => plain.Screen == _terminal.Screen);
    }

    [Fact]
    public void A_terminal_that_can_nothing_gets_text()
    {
        _terminal.Type($"TERM=dumb {Commands.Hwa} {Repository.CaptureOf("http/six-at-a-time")}").Press("Enter").Await("connections 6");
        Assert.False(_terminal.IsAlternate);
    }

    [Fact]
    public void An_assertion_is_on_the_clipboard_and_in_a_file_that_check_takes()
    {
        var folder = Directory.CreateTempSubdirectory("hwa-assert-");
        try
        {
            _terminal.Type($"cd {folder.FullName}").Press("Enter");
            Open("http/stale-reuse-post").Await("POST /pay (#9) was lost");
            _terminal.Press("5").Await("1 of 3").Press("a").Await("findings: {none: [HWA-K002]}");
            Wait.Until(() => _terminal.Clipboard.Contains("none: [HWA-K002]", StringComparison.Ordinal));
            _terminal.Press("w").Await(":w capture.hwa.yaml").Press("Enter").Await("hwa check capture.hwa.yaml CAPTURE");
            _terminal.Press("q").Press("q").AwaitShell();
            _terminal.Type($"{Commands.Hwa} check capture.hwa.yaml {Repository.CaptureOf("http/stale-reuse-post")}; echo ended with $?").Press("Enter").Await("ended with 1");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_shell_is_one_key_away()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        _terminal.Press("C-z").Await("Stopped");
        Assert.False(_terminal.IsAlternate);
        _terminal.Type("fg").Press("Enter").Await("1 of 6");
        _terminal.Press("j").Await("2 of 6");
    }

    [Fact]
    public void It_is_drawn_anew_at_another_size()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        _terminal.Resize(60, 12);
        Wait.Until(() => _terminal.Screen.TrimEnd('\n').Split('\n') is { Length: 12 } lines && lines[^1].EndsWith("1 of 6", StringComparison.Ordinal));
        _terminal.Resize(160, 50);
        _terminal.Await("7 Packets").Await("192.0.2.2:80 ───");
    }

    [Fact]
    public void What_is_copied_is_on_the_clipboard()
    {
        Open("http/stale-reuse-post").Await("POST /pay");
        _terminal.Press("y").Await("copied");
        Wait.Until(() => _terminal.Clipboard.Contains("192.0.2.1:41772", StringComparison.Ordinal));
    }

    [Fact]
    public void The_wheel_moves_and_a_click_opens()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        _terminal.Type("\e[<65;10;5M").Await("4 of 6");
        _terminal.Type("\e[<0;10;4M").Await("2 of 6");
        _terminal.Type("\e[<0;10;4M").Await("Story");
    }

    [Fact]
    public void An_idle_screen_takes_no_processor_time()
    {
        Open("http/six-at-a-time").Await("1 of 6");
        var pid = Pid();
        Wait.Until(() => IsStill(pid));
        var before = TicksOf(pid);
        Thread.Sleep(2000);

        // A tick is a hundredth of a second; the runtime's own threads may wake once or twice.
        Assert.InRange(TicksOf(pid) - before, 0, 2);
    }

    /// <summary>What was begun at the start, such as compiling, is over.</summary>
    private static bool IsStill(string pid)
    {
        var before = TicksOf(pid);
        Thread.Sleep(500);
        return TicksOf(pid) == before;
    }

    private static long TicksOf(string pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[11]) + long.Parse(fields[12]);
    }

    private string Pid() => Commands.Run("pgrep", "-P", _terminal.Format("#{pane_pid}"), "hwa").Trim();

    private TmuxSession Open(string capture) =>
        _terminal.Type($"{Commands.Hwa} {Repository.CaptureOf(capture)}").Press("Enter");

    /// <summary>A SYN each of so many connections.</summary>
    private static void WriteSyns(string path, int connections)
    {
        const int PerMillisecond = 100;
        var file = new PcapBytes();
        for (var i = 0; i < connections; i++)
        {
            var client = EndpointOf($"10.{i >> 16}.{(i >> 8) & 0xFF}.{i & 0xFF}:40000");
            file.Packet((uint)(i / PerMillisecond / 1000), (uint)(i / PerMillisecond % 1000 * 1000), Ethernet(TcpPacket(client, EndpointOf("192.0.2.2:80"), [], flags: TcpFlags.Syn)));
        }

        File.WriteAllBytes(path, file.ToArray());
    }
}
