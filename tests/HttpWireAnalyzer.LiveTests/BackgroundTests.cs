using System.Text.Json;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>The colours of the screen follow what the terminal answers, whenever it does; and no answer is taken for keys.</summary>
public sealed class BackgroundTests
{
    private const string Dark = @"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\";
    private const string Light = @"\x1b]11;rgb:ffff/ffff/ffff\a";

    /// <summary>Of what is faint, on dark and on light.</summary>
    private const string FaintOnDark = "38;2;168;168;168";
    private const string FaintOnLight = "38;2;98;98;98";

    private static readonly string Capture = Repository.CaptureOf("http/stale-reuse-post");

    [Theory]
    [InlineData("5@" + Dark, FaintOnDark)]
    [InlineData("0@" + Light, FaintOnLight)]
    [InlineData("1500@" + Light, FaintOnLight)]
    [InlineData(@"0@\x1b|300@]11;rgb:ff|700@ff/ffff/ffff\x1b|100@\\", FaintOnLight)]
    [InlineData(@"3000@\x1b]1|300@1;rgb:ffff/ffff/ffff\a", FaintOnLight)]
    public void The_answer_may_come_late_or_in_pieces(string answer, string faint)
    {
        var seen = Run(answer, "q", "COLORTERM=truecolor");
        Assert.Contains("connection 0 again", seen.After, StringComparison.Ordinal);
        Assert.Contains(faint, seen.After, StringComparison.Ordinal);
        Assert.DoesNotContain("rgb", seen.After, StringComparison.Ordinal);
        Assert.Equal(0, seen.Code);
        AssertFirstFrame(seen);
    }

    [Fact]
    public void A_terminal_with_256_colours_is_asked_too() =>
        Assert.Contains("38;5;241", Run("0@" + Light, "q").After, StringComparison.Ordinal);

    [Fact]
    public void A_grey_background_leaves_the_users_colours()
    {
        var seen = Run(@"0@\x1b]11;rgb:8080/8080/8080\a", "q", "COLORTERM=truecolor");
        Assert.DoesNotContain("38;", seen.After, StringComparison.Ordinal);
        AssertFirstFrame(seen);
    }

    [Fact]
    public void A_terminal_that_never_answers_costs_nothing()
    {
        var seen = Run("-", "jkq", "COLORTERM=truecolor");
        Assert.DoesNotContain("38;", seen.After, StringComparison.Ordinal);
        Assert.InRange(seen.Took, 0, 1000);
        AssertFirstFrame(seen);
    }

    [Theory]
    [InlineData("NO_COLOR=1")]
    [InlineData("TERM=xterm")]
    [InlineData("HWA_THEME=ansi")]
    [InlineData("HWA_THEME=light")]
    public void None_is_asked_whose_answer_would_change_nothing(string environment) =>
        Assert.False(Run("-", "q", environment).Asked);

    /// <summary>Who has the terminal next would read it.</summary>
    [Fact]
    public void An_answer_that_is_under_way_at_the_end_is_still_taken()
    {
        var seen = Run("0@q|100@" + Dark, "", "COLORTERM=truecolor", "sh", "-c", $"{Commands.Hwa} {Capture}; sleep 1; echo over");
        Assert.Contains("over", seen.After, StringComparison.Ordinal);
        Assert.DoesNotContain("rgb", seen.After, StringComparison.Ordinal);
    }

    [Fact]
    public void Tmux_answers_for_its_window()
    {
        using var terminal = new TmuxSession(100, 30);
        terminal.Set("window-style", "bg=#fdf6e3");
        terminal.Type($"TERM=screen-256color {Commands.Hwa} {Capture}").Press("Enter").Await("POST /pay (#9) was lost");
        Wait.Until(() => terminal.Coloured.Contains("38;5;241", StringComparison.Ordinal));
    }

    /// <summary>The first frame is there before the question, in colours that are legible on anything.</summary>
    private static void AssertFirstFrame(Seen seen)
    {
        Assert.True(seen.Asked);
        Assert.Contains("capture.pcapng", seen.Before, StringComparison.Ordinal);
        Assert.DoesNotContain("38;", seen.Before, StringComparison.Ordinal);
    }

    private static Seen Run(string answer, string keys, string environment = "LC_ALL=C.UTF-8", params string[] command) =>
        JsonSerializer.Deserialize<Seen>(
            Commands.Run([
                "env", "-u", "COLORTERM", "-u", "COLORFGBG", "-u", "NO_COLOR", "TERM=xterm-256color", environment,
                "python3", Path.Combine(Repository.Root, "tests", "HttpWireAnalyzer.LiveTests", "background.py"), answer, keys, .. command.Length == 0 ? [Commands.Hwa, Capture] : command]),
            JsonSerializerOptions.Web)!;

    /// <param name="Before">What was written before the question.</param>
    /// <param name="After">What was written after it.</param>
    /// <param name="Took">Milliseconds from the last key to the end.</param>
    private sealed record Seen(string Before, string After, bool Asked, int Code, double Took);
}
