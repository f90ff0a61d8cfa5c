using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Query;

/// <summary>
/// Makes text from packets safe to show: nothing that a terminal acts on, or that turns the order of letters around,
/// passes. What is replaced can be read back: \n, \t, \\, \x1b, \u202e; \xe9 is an octet that is no UTF-8 (<see cref="WireText"/>).
/// </summary>
public static class PrintableText
{
    /// <summary>Every control and bidirectional character, and the backslash itself, escaped.</summary>
    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        return first < 0 && !text.Contains('\\', StringComparison.Ordinal) ? text : Escape(text);
    }

    /// <summary>
    /// A message, or the name of a file: the same, but a backslash stays as it was typed. What has been made safe already
    /// comes out as it is.
    /// </summary>
    public static string OfMessage(string text) => Of(text).Replace(@"\\", @"\", StringComparison.Ordinal);

    /// <summary>Text off the wire, safe to show.</summary>
    public static string OfWire(string octets) => Of(WireText.Of(octets));

    /// <summary>So many letters at most, with a sign that there are more; no letter is cut through.</summary>
    public static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    /// <summary>For JSON, whose own escapes leave bidirectional controls in: they become U+FFFD. Octets that are no UTF-8 are read as Latin-1.</summary>
    internal static string ForJson(string text)
    {
        var safe = WithoutBidi(text);
        return WireText.MayHaveOctets(safe)
            ? string.Concat(safe.Select((letter, at) => WireText.IsOctet(safe, at, out var octet) ? (char)octet : letter))
            : safe;
    }

    /// <summary>Bidirectional controls become U+FFFD.</summary>
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

            Append(result, text, i);
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, string text, int at)
    {
        var letter = text[at];
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
            case < ' ' or '\x7f':
                result.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}");
                break;
            default:
                if (WireText.IsOctet(text, at, out var octet))
                {
                    result.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
                }
                else if (char.IsSurrogate(letter) || char.IsControl(letter) || IsBidi(letter))
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
