using System.Buffers.Text;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>Copies text to the user's clipboard, through the terminal and whatever lies between: OSC 52 of xterm.</summary>
public static class Clipboard
{
    /// <summary>Octets of text: what base64 makes of more, terminals cut off or drop (100,000 in hterm and its followers).</summary>
    public const int MostOctets = 74_994;

    /// <summary>As much of a text as there is room for, cut between letters.</summary>
    public static string Fitting(string text)
    {
        Encoding.UTF8.GetEncoder().Convert(text, new byte[MostOctets], flush: true, out var fitting, out _, out _);
        return text[..fitting];
    }

    /// <param name="text">One that fits.</param>
    public static byte[] Encode(string text)
    {
        var copied = Encoding.UTF8.GetBytes(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(copied.Length, MostOctets);
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(copied.Length)];
        _ = Base64.EncodeToUtf8(copied, encoded, out _, out var written);
        return [.. "\e]52;c;"u8, .. encoded.AsSpan(0, written), .. "\a"u8];
    }
}
