using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli;

/// <summary>--theme, then HWA_THEME: colours of the screen.</summary>
internal static class Themes
{
    private const string Dark = "dark";
    private const string Light = "light";
    private const string Ansi = "ansi";

    /// <summary>What --theme takes.</summary>
    public static readonly string[] Names = ["auto", Dark, Light, Ansi];

    /// <summary>The word that --theme was given; null where it was not.</summary>
    /// <exception cref="UsageException">It is another one.</exception>
    public static string? Checked(string? given) => given is null ? null : Arguments.OneOf("--theme", given, Names);

    /// <param name="colour">What --color was given.</param>
    /// <param name="theme">What --theme was given; null where it was not.</param>
    public static ScreenColours Of(Colouring colour, string? theme, Terminal terminal)
    {
        if (!Colourings.IsColoured(colour, terminal))
        {
            return new ScreenColours(ColourDepth.None, Background.Unknown, IsAsked: false);
        }

        // --color always outweighs NO_COLOR.
        var depth = TerminalColours.DepthOf(null, terminal.Variable("COLORTERM"), terminal.Variable("TERM"));
        return depth < ColourDepth.Palette256
            ? new ScreenColours(ColourDepth.Sixteen, Background.Unknown, IsAsked: false)
            : (theme ?? terminal.Variable("HWA_THEME")) switch
            {
                Dark => new ScreenColours(depth, Background.Dark, IsAsked: false),
                Light => new ScreenColours(depth, Background.Light, IsAsked: false),
                Ansi => new ScreenColours(depth, Background.Unknown, IsAsked: false),
                _ => new ScreenColours(depth, TerminalColours.BackgroundOf(terminal.Variable("COLORFGBG")), IsAsked: true),
            };
    }
}
