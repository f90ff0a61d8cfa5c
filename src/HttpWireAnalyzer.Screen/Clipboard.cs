using System.Buffers.Text;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>Copies text to the user's clipboard, through the terminal and whatever lies between: OSC 52 of xterm.</summary>
public static class Clipboard
{
    /// <summary>Octets of text: what base64 makes of more, terminals cut off or drop (100,000 in hterm and its followers).</summary>
    public const int MostOctets = 74_994;

    /// <summary>False where the text is too long.</summary>
    public static bool TryEncode(string text, out byte[] octets)
    {
        octets = [];
        if (Encoding.UTF8.GetByteCount(text) > MostOctets)
        {
            return false;
        }

        var copied = Encoding.UTF8.GetBytes(text);
        var encoded = new byte[Base64.GetMaxEncodedToUtf8Length(copied.Length)];
        _ = Base64.EncodeToUtf8(copied, encoded, out _, out var written);
        octets = [.. "\e]52;c;"u8, .. encoded.AsSpan(0, written), .. "\a"u8];
        return true;
    }
}
