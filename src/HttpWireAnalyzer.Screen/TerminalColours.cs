using System.Globalization;

namespace HttpWireAnalyzer.Screen;

/// <summary>What the environment says of a terminal's colours.</summary>
public static class TerminalColours
{
    /// <param name="noColor">NO_COLOR, https://no-color.org: none, where it is not empty.</param>
    /// <param name="colorTerm">COLORTERM.</param>
    /// <param name="term">TERM.</param>
    public static ColourDepth DepthOf(string? noColor, string? colorTerm, string? term) =>
        !string.IsNullOrEmpty(noColor) ? ColourDepth.None
        : colorTerm is "truecolor" or "24bit" ? ColourDepth.TrueColour
        : term?.Contains("256color", StringComparison.Ordinal) == true ? ColourDepth.Palette256
        : ColourDepth.Sixteen;

    /// <summary>Whether letters are dark on light.</summary>
    /// <param name="colorFgBg">COLORFGBG of rxvt and others: numbers of colours, the background's last. Where it is not set: dark.</param>
    public static bool IsLight(string? colorFgBg)
    {
        // Of the sixteen, white and all bright ones but the bright black.
        var last = colorFgBg.AsSpan()[((colorFgBg?.LastIndexOf(';') ?? -1) + 1)..];
        return int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is 7 or (>= 9 and <= 15);
    }
}
