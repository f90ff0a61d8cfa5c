using System.Runtime.CompilerServices;

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
        _terminal.Press("q").Press("q").Await("$");
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
        _terminal.Type(":q").Press("Enter").Await("$");
        Assert.Equal(before, _terminal.Modes());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void So_it_is_when_it_is_killed(string signal)
    {
        var before = _terminal.Modes();
        Open("http/six-at-a-time").Await("1 of 6");
        Commands.Run("kill", "-" + signal, Pid());
        Wait.Until(() => !_terminal.IsAlternate);
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
        _terminal.Type($"{Commands.Hwa} {Path.GetFullPath(Path.Combine(Folder(), "..", "..", "captures", capture, "capture.pcapng"))}").Press("Enter");

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
