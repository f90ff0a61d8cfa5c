using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Query;

/// <summary>
/// Makes text from packets safe to show: nothing that a terminal acts on, or that turns the order of letters around,
/// passes. What is replaced can be read back: \n, \t, \\, \x1b, \u202e.
/// </summary>
public static class PrintableText
{
    /// <summary>Every control and bidirectional character, and the backslash itself, escaped.</summary>
    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        return first < 0 && !text.Contains('\\', StringComparison.Ordinal) ? text : Escape(text);
    }

    /// <summary>Only what JSON's own escapes leave in: bidirectional controls become U+FFFD.</summary>
    internal static string WithoutBidi(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u061C', '\u2069') || !text.Any(IsBidi))
        {
            return text;
        }

        return string.Concat(text.Select(letter => IsBidi(letter) ? '\uFFFD' : letter));
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(text, i++, 2);
                continue;
            }

            Append(result, text[i]);
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, char letter)
    {
        switch (letter)
        {
            case '\\':
                result.Append(@"\\");
                break;
            case '\n':
                result.Append(@"\n");
                break;
            case '\r':
                result.Append(@"\r");
                break;
            case '\t':
                result.Append(@"\t");
                break;
            case < ' ' or (>= '\x7f' and <= '\x9f'):
                result.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
                break;
            default:
                if (char.IsSurrogate(letter) || IsBidi(letter))
                {
                    result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                }
                else
                {
                    result.Append(letter);
                }

                break;
        }
    }

    /// <summary>Controls of UAX #9, and the separators that some programs take for line ends.</summary>
    private static bool IsBidi(char letter) => letter is '\u061C' or '\u200E' or '\u200F'
        or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
