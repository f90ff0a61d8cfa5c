using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>
/// Text that is looked for. Without a capital in it capitals make no difference, as vim's smartcase and less -i have it;
/// in octets that is so of ASCII.
/// </summary>
internal sealed class SoughtText(string text)
{
    private readonly StringComparison _comparison =
        text.Any(char.IsUpper) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    public string Text => text;

    /// <summary>Letters of it that may stand on other lines than its first one: words are folded at blanks.</summary>
    public int ReachesOver => text.Contains(' ', StringComparison.Ordinal) ? text.Length : 0;

    /// <summary>Where it stands in a line, from a place on; -1 where it does not.</summary>
    public int In(string line, int from) => line.IndexOf(text, from, _comparison);

    /// <summary>The same as octets: in UTF-8, and in Latin-1, whose octets streams show as \xe9.</summary>
    /// <param name="asHex">Octets in hexadecimal are meant as well: <c>0d 0a</c>.</param>
    public SoughtOctets AsOctets(bool asHex)
    {
        List<byte[]> forms = [Encoding.UTF8.GetBytes(text)];
        if (text.Any(letter => letter >= 0x80) && text.All(letter => letter <= 0xFF))
        {
            forms.Add(Encoding.Latin1.GetBytes(text));
        }

        return new SoughtOctets(forms, _comparison == StringComparison.OrdinalIgnoreCase, asHex ? FromHex() : null);
    }

    /// <summary>Null where it is not pairs of digits with blanks between.</summary>
    private byte[]? FromHex()
    {
        var pairs = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var octets = new byte[pairs.Length];
        for (var at = 0; at < pairs.Length; at++)
        {
            if (pairs[at].Length != 2 || !byte.TryParse(pairs[at], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[at]))
            {
                return null;
            }
        }

        return octets.Length == 0 ? null : octets;
    }
}
