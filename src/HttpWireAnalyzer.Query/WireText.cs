using System.Text;

namespace HttpWireAnalyzer.Query;

/// <summary>
/// Text off the wire. The stages give an octet as the letter of its number; here octets become the text that they are:
/// UTF-8, of which ASCII is a part.
/// </summary>
/// <remarks>
/// An octet that is no UTF-8 becomes a lone surrogate, U+DC00 and its number, as Python has it (PEP 383): no text has one,
/// so nothing is lost and no two texts become one. <see cref="PrintableText"/> shows it as \xE9 and JSON as the letter.
/// </remarks>
public static class WireText
{
    private const char Undecoded = '\uDC00';

    /// <param name="octets">One letter for each; of a text that has others, nothing is changed.</param>
    public static string Of(string octets) =>
        Ascii.IsValid(octets) || octets.AsSpan().ContainsAnyExceptInRange('\0', '\xFF') ? octets : Of(Encoding.Latin1.GetBytes(octets));

    public static string Of(ReadOnlySpan<byte> octets)
    {
        if (System.Text.Unicode.Utf8.IsValid(octets))
        {
            return Encoding.UTF8.GetString(octets);
        }

        var text = new StringBuilder(octets.Length);
        while (!octets.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(octets, out var letter, out var length);
            if (status == System.Buffers.OperationStatus.Done)
            {
                text.Append(letter.ToString());
            }
            else
            {
                foreach (var octet in octets[..length])
                {
                    text.Append(OfOctet(octet));
                }
            }

            octets = octets[length..];
        }

        return text.ToString();
    }

    /// <summary>An octet that stands by itself: of those above 0x7F, the letter that none has.</summary>
    public static char OfOctet(byte octet) => octet < 0x80 ? (char)octet : (char)(Undecoded + octet);

    /// <summary>The octet that stands at a place, where it was no UTF-8: the second half of a letter is none.</summary>
    public static bool IsOctet(string text, int at, out byte octet)
    {
        octet = unchecked((byte)text[at]);
        return text[at] is > (char)(Undecoded + 0x7F) and <= (char)(Undecoded + 0xFF) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));
    }

    /// <summary>False where there is none, as in nearly all texts.</summary>
    public static bool MayHaveOctets(string text) => text.AsSpan().ContainsAnyInRange((char)(Undecoded + 0x80), (char)(Undecoded + 0xFF));

    /// <summary>With octets that were put side by side as what they are together: two may be one letter.</summary>
    public static string Joined(string text)
    {
        if (!MayHaveOctets(text))
        {
            return text;
        }

        var octets = new List<byte>(text.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var at = 0; at < text.Length;)
        {
            if (IsOctet(text, at, out var octet))
            {
                octets.Add(octet);
                at++;
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var letter, out var length);
                octets.AddRange(encoded[..letter.EncodeToUtf8(encoded)]);
                at += length;
            }
        }

        return Of([.. octets]);
    }

    /// <summary>How many octets there are before a letter that more octets may make whole.</summary>
    /// <param name="octets">One letter for each.</param>
    public static int WholeLength(string octets)
    {
        for (var back = 1; back <= int.Min(3, octets.Length); back++)
        {
            var octet = octets[^back];
            if (octet is < '\x80' or > '\xBF')
            {
                // RFC 3629 §3: the first octet says how many there are.
                var length = octet switch { < '\xC2' => 1, < '\xE0' => 2, < '\xF0' => 3, < '\xF5' => 4, _ => 1 };
                return length > back ? octets.Length - back : octets.Length;
            }
        }

        return octets.Length;
    }
}
