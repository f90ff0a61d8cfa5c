using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Breaks text into lines of so many columns, as wide as its letters are. A piece that is wider than a line stays whole: it is the terminal's to break.</summary>
public static class Wrapping
{
    private static readonly string[] Units =
        ["µs", "ms", "s", "min", "h", "d", "B", "kB", "MB", "GB", "TB", "PB", "EB", "%", "octet", "octets", "UTC"];

    /// <summary>Breaks between words; a number and its unit stay on one line.</summary>
    public static IEnumerable<string> Words(string text, int width) => Filled(Pieces(text), " ", width);

    /// <summary>Breaks at <paramref name="separator"/> only, and only where there has to be a break.</summary>
    public static IEnumerable<string> At(string separator, string text, int width) =>
        Filled(text.Split(separator, StringSplitOptions.RemoveEmptyEntries), separator, width);

    private static IEnumerable<string> Filled(IEnumerable<string> pieces, string between, int width)
    {
        var line = "";
        foreach (var piece in pieces)
        {
            if (line.Length == 0)
            {
                line = piece;
            }
            else if (GlyphWidth.Of(line) + between.Length + GlyphWidth.Of(piece) <= width)
            {
                line += between + piece;
            }
            else
            {
                yield return line;
                line = piece;
            }
        }

        yield return line;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var piece = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.Length > 0 && BelongTogether(piece, word))
            {
                piece += " " + word;
                continue;
            }

            if (piece.Length > 0)
            {
                yield return piece;
            }

            piece = word;
        }

        yield return piece;
    }

    /// <summary>A number and its unit; thousands; and 1 min 05 s.</summary>
    private static bool BelongTogether(string before, string word)
    {
        var last = before[(before.LastIndexOf(' ') + 1)..];
        if (char.IsAsciiDigit(word[0]))
        {
            return last is "min" or "h" or "d" || (char.IsAsciiDigit(last[^1]) && char.IsAsciiDigit(last[0]));
        }

        return char.IsAsciiDigit(last[^1])
            && Units.Contains(WithoutEnding(word).TrimEnd('.', ',', ':', ';', ')'), StringComparer.Ordinal);
    }

    /// <summary>In Korean what follows a unit is written on to it: particles (5 s입니다) and parentheses (5 s(#6)).</summary>
    private static string WithoutEnding(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] is '(' or >= '가' and <= '힣')
            {
                return word[..i];
            }
        }

        return word;
    }
}
