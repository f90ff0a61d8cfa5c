using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>How many columns letters and texts take, as terminals have it (UAX #11: wide and full-width letters take two).</summary>
public static class GlyphWidth
{
    private static readonly Rune Unshowable = new(0xFFFD);

    /// <summary>Columns that a text takes where it is put.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length;
        }

        var width = 0;
        var reader = new GlyphReader(text);
        while (reader.MoveNext())
        {
            width += reader.Width;
        }

        return width;
    }

    /// <summary>What a text lacks of so many columns; empty where it lacks none.</summary>
    public static string Blanks(ReadOnlySpan<char> text, int width) => new(' ', int.Max(0, width - Of(text)));

    /// <summary>The beginning of a text that is too wide, with a sign that it goes on.</summary>
    public static string Cut(string text, int width)
    {
        if (width <= 0)
        {
            return "";
        }

        return Of(text) <= width ? text : string.Concat(text.AsSpan(0, Fitting(text, width - 1)), "…");
    }

    /// <summary>How much of the text, from its beginning, takes no more columns than that.</summary>
    public static int Fitting(ReadOnlySpan<char> text, int width)
    {
        var (taken, end) = (0, 0);
        var reader = new GlyphReader(text);
        while (reader.MoveNext() && taken + reader.Width <= width)
        {
            taken += reader.Width;
            end = reader.Position;
        }

        return end;
    }

    /// <summary>What a letter is shown as; null where it is nothing to see, or stands upon another that is not there.</summary>
    internal static Rune? Shown(Rune letter)
    {
        switch (letter.Value)
        {
            case < 0x20:
                // Control Pictures: what a terminal would obey, it shows.
                return new Rune(0x2400 + letter.Value);
            case < 0x7F or (>= 0xA0 and < 0x300 and not 0xAD):
                return letter;
            case 0x7F:
                return new Rune(0x2421);
            case >= 0x1F1E6 and <= 0x1F1FF:
                // Regional indicators: one takes one column or two, and a pair is a flag or two letters.
                return new Rune('A' + letter.Value - 0x1F1E6);
            case >= 0x1160 and <= 0x11FF or >= 0xD7B0 and <= 0xD7FF:
                // Parts of a syllable that did not come after their beginning.
                return Unshowable;
            default:
                return IsSilent(letter) || IsMark(letter) ? null : IsDangerous(letter) ? Unshowable : letter;
        }
    }

    /// <summary>1 or 2; of a letter that is shown.</summary>
    internal static int Of(Rune letter) => letter.Value >= WideRanges.First && WideRanges.Contains(letter.Value) ? 2 : 1;

    /// <summary>It stands upon the letter before it.</summary>
    internal static bool IsMark(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && !IsSilent(letter);

    /// <summary>It only says how others are to be shown: soft hyphens, joiners, variation selectors and tags.</summary>
    internal static bool IsSilent(Rune letter) => letter.Value is 0xAD or 0x34F
        or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200D)
        or (>= 0x2060 and <= 0x2064)
        or (>= 0xFE00 and <= 0xFE0F)
        or 0xFEFF
        or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>
    /// Every terminal that goes by UAX #11 has the same width for it. Behind others the painter says anew where the
    /// cursor is.
    /// </summary>
    internal static bool IsCertain(Glyph glyph) => !glyph.HasMarks && glyph.Letter is < 0x300
        or (>= 0x370 and < 0x483)
        or (>= 0x2010 and < 0x231A)
        or (>= 0x2400 and < 0x25FD)
        or (>= 0x3041 and < 0x4DC0)
        or (>= 0x4E00 and < 0xA000)
        or (>= 0xAC00 and < 0xD7A4);

    /// <summary>
    /// A second set of control characters, what turns the direction of a line and may make a path read as another
    /// (UAX #9 §2), what breaks it, and what is no letter at all.
    /// </summary>
    private static bool IsDangerous(Rune letter) => Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned;
}
