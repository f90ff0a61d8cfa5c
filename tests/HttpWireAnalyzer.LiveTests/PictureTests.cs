using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>
/// The pictures of screens in the documents are what tmux shows of a real session: <c>&lt;!-- screen WxH CAPTURE: KEYS --&gt;</c>
/// stands before each. UPDATE_GOLDEN=1 takes them anew (.ci/dev pictures).
/// </summary>
public sealed partial class PictureTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/screens.md")]
    public void A_picture_is_what_is_seen(string document)
    {
        var path = Path.Combine(Repository.Root, document);
        var written = File.ReadAllText(path);
        var seen = Picture().Replace(written, picture => $"{picture.Groups[1].Value}\n```text\n{Take(picture)}\n```\n");
        if (Repository.Updates)
        {
            File.WriteAllText(path, seen);
        }

        Assert.Matches(Picture(), written);
        Assert.Equal(File.ReadAllText(path), seen);
    }

    [GeneratedRegex(@"(<!-- screen (\d+)x(\d+) (\S+):(.*) -->)\n```text\n(?:.*\n)*?```\n")]
    private static partial Regex Picture();

    private static string Take(Match picture)
    {
        using var terminal = new TmuxSession(
            int.Parse(picture.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(picture.Groups[3].Value, CultureInfo.InvariantCulture));
        var capture = Path.Combine(Repository.Root, "captures", picture.Groups[4].Value);
        terminal.Type($"cd {capture}; {Commands.Hwa} capture.pcapng").Press("Enter");
        Wait.Until(() => terminal.IsAlternate && Settled(terminal).Contains(" packets", StringComparison.Ordinal));
        foreach (var key in picture.Groups[5].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            terminal.Press(key);
            Settled(terminal);
        }

        var text = new StringBuilder();
        foreach (var line in Settled(terminal).TrimEnd().Split('\n'))
        {
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The screen, when nothing is being read and two looks at it are the same.</summary>
    private static string Settled(TmuxSession terminal)
    {
        var before = "";
        Wait.Until(() =>
        {
            Thread.Sleep(100);
            var now = terminal.Screen;
            var isSame = now == before && !now.Contains("reading", StringComparison.Ordinal);
            before = now;
            return isSame;
        });
        return before;
    }
}
