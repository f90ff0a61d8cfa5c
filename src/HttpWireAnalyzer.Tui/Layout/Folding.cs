using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>Breaks text between words into lines of so many columns, and within a word that is wider: of what a screen shows nothing is beside it.</summary>
internal static class Folding
{
    /// <summary>Breaks between items that stand two blanks apart, and within one only where it is wider than a line.</summary>
    public static IEnumerable<string> Items(string text, int width) =>
        Wrapping.At("  ", text, width).SelectMany(item => GlyphWidth.Of(item) > width ? Words(item, width) : [item]);

    public static IEnumerable<string> Words(string text, int width)
    {
        foreach (var line in Wrapping.Words(text, width))
        {
            var rest = line;
            while (GlyphWidth.Of(rest) > width && GlyphWidth.Fitting(rest, width) is > 0 and var fitting && fitting < rest.Length)
            {
                yield return rest[..fitting];
                rest = rest[fitting..];
            }

            yield return rest;
        }
    }
}
