using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting;

/// <summary>A filter on one line, as it was typed, and under it a caret at what is wrong with it.</summary>
public static class CaretPicture
{
    /// <summary>A filter longer than this is shown around the error only.</summary>
    private const int Shown = 100;

    public static IReadOnlyList<string> Of(string filter, int errorStart, int errorEnd)
    {
        var start = filter.Length <= Shown ? 0 : int.Max(0, errorStart - Shown / 2);
        var end = int.Min(filter.Length, start + Shown);
        var before = GlyphWidth.Of(PrintableText.OfMessage(filter[start..errorStart]));
        var marked = GlyphWidth.Of(PrintableText.OfMessage(filter[errorStart..int.Clamp(errorEnd, errorStart, int.Max(errorStart, end))]));
        return
        [
            "  " + PrintableText.OfMessage(filter[start..end]),
            "  " + new string(' ', before) + "^" + new string('~', int.Max(0, marked - 1)),
        ];
    }
}
