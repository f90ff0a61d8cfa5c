using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>Breaks text between words into lines of so many columns, and within a word that is wider: of what a screen shows nothing is beside it.</summary>
internal static class Folding
{
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
