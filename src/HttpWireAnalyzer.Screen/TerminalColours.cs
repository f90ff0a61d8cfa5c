using System.Globalization;

namespace HttpWireAnalyzer.Screen;

/// <summary>What letters stand on.</summary>
public enum Background : byte
{
    /// <summary>Nobody told, or it is neither: no colour but the terminal's own is sure to be legible there.</summary>
    Unknown,
    Dark,
    Light,
}

/// <summary>What the environment and the terminal say of its colours.</summary>
public static class TerminalColours
{
    /// <summary>The most of a dark background's luminance: Nord's 0.034 and Gruvbox's 0.040 are below it.</summary>
    public const double MostOfDark = 0.045;

    /// <summary>The least of a light background's luminance: Solarized's 0.92 and Gruvbox's 0.78 are above it.</summary>
    public const double LeastOfLight = 0.78;

    /// <param name="noColor">NO_COLOR, https://no-color.org: none, where it is not empty.</param>
    /// <param name="colorTerm">COLORTERM.</param>
    /// <param name="term">TERM: names of terminfo end so where true colours are asked for directly.</param>
    public static ColourDepth DepthOf(string? noColor, string? colorTerm, string? term) =>
        !string.IsNullOrEmpty(noColor) ? ColourDepth.None
        : colorTerm is "truecolor" or "24bit" || term?.EndsWith("-direct", StringComparison.Ordinal) == true ? ColourDepth.TrueColour
        : term?.Contains("256color", StringComparison.Ordinal) == true ? ColourDepth.Palette256
        : ColourDepth.Sixteen;

    /// <param name="colorFgBg">COLORFGBG of rxvt and others: numbers of colours, the background's last.</param>
    public static Background BackgroundOf(string? colorFgBg)
    {
        // Of the sixteen, white and all bright ones but the bright black are light.
        var last = colorFgBg.AsSpan()[((colorFgBg?.LastIndexOf(';') ?? -1) + 1)..];
        return !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Background.Unknown : number switch
        {
            <= 6 or 8 => Background.Dark,
            <= 15 => Background.Light,
            _ => Background.Unknown,
        };
    }

    /// <summary>Of a colour that the terminal told.</summary>
    public static Background BackgroundOf(Colour colour) => LuminanceOf(colour) switch
    {
        <= MostOfDark => Background.Dark,
        >= LeastOfLight => Background.Light,
        _ => Background.Unknown,
    };

    /// <summary>Relative luminance (WCAG 2.2), from 0 for black to 1 for white.</summary>
    public static double LuminanceOf(Colour colour)
    {
        return (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

        static double Linear(byte part) => part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : double.Pow((share + 0.055) / 1.055, 2.4);
    }
}
