using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>How many columns of a terminal a letter takes (UAX #11: wide and full-width letters take two).</summary>
internal static class LetterWidth
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x2E80, 0x303E), (0x3041, 0x33FF),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
        (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18CFF), (0x1AFF0, 0x1B2FF),
        (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>0 for what stands above another letter, and for what a terminal would act on.</summary>
    public static int Of(Rune letter)
    {
        const int FirstBeyondLatin = 0x300;
        if (letter.Value < FirstBeyondLatin)
        {
            return letter.Value is < ' ' or (>= 0x7F and < 0xA0) or 0xAD ? 0 : 1;
        }

        return Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? 0
            : IsWide(letter.Value) ? 2
            : 1;
    }

    private static bool IsWide(int letter)
    {
        var (low, high) = (0, Wide.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (letter < Wide[middle].First)
            {
                high = middle - 1;
            }
            else if (letter > Wide[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
