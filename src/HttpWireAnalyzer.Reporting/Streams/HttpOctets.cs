using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>
/// The octets as lines of text, safe to look at: control characters are escaped, and the values of fields that carry
/// secrets are masked.
/// </summary>
public sealed class HttpOctets(TextWriter output, TextStyle style, bool showSecrets) : IOctetSink
{
    /// <summary>A line is held until it ends, to see if it is to be masked; longer than this it goes out as it is.</summary>
    private const int MaxHeldLine = 8192;

    private readonly StringBuilder[] _lines = [new(), new()];
    private readonly bool[] _isSecret = new bool[2];
    private readonly bool[] _isLineOpen = new bool[2];
    private Side? _shown;

    public void OnOctets(Side sender, long offset, PacketRef packet, ReadOnlySpan<byte> octets)
    {
        if (_shown != sender)
        {
            Flush(isEnd: false);
            output.WriteLine(style.Bold(string.Create(
                CultureInfo.InvariantCulture,
                $"{HexOctets.Arrow(sender)} {Words.Sides[(int)sender].Text} #{packet.Number} offset {offset}")));
            _shown = sender;
        }

        var line = _lines[(int)sender];
        foreach (var octet in octets)
        {
            if (octet == '\n')
            {
                WriteLine(sender);
            }
            else
            {
                line.Append((char)octet);
                if (line.Length == MaxHeldLine)
                {
                    WriteLine(sender, isWhole: false);
                }
            }
        }
    }

    public void OnGap(in StreamGap gap)
    {
        Flush(isEnd: true);
        output.WriteLine(style.Warning(HexOctets.GapText(gap)));
        _shown = null;
    }

    public void End()
    {
        Flush(isEnd: true);
        output.Flush();
    }

    /// <summary>A line that may yet turn out to be a secret stays held until it ends.</summary>
    private void Flush(bool isEnd)
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            var held = _lines[(int)side];
            if (held.Length > 0 && (isEnd || showSecrets || !SecretFields.MayBegin(held.ToString())))
            {
                WriteLine(side, isWhole: isEnd);
            }
        }
    }

    private void WriteLine(Side sender, bool isWhole = true)
    {
        var held = _lines[(int)sender];
        var text = held.ToString();
        var length = isWhole ? text.Length : WireText.WholeLength(text);
        held.Remove(0, length);
        text = text[..length];
        if (length == 0 && !isWhole)
        {
            return;
        }

        if (isWhole && text.EndsWith('\r'))
        {
            text = text[..^1];
        }

        output.WriteLine("  " + PrintableText.OfWire(showSecrets ? text : Masked(sender, text, isWhole)));
    }

    /// <summary>
    /// A secret goes on in a folded line (RFC 9112 §5.2), and in the rest of a line that was too long to hold: both
    /// are as secret as its beginning.
    /// </summary>
    private string Masked(Side sender, string text, bool isWhole)
    {
        var continues = _isLineOpen[(int)sender] || text.StartsWith(' ') || text.StartsWith('\t');
        _isLineOpen[(int)sender] = !isWhole;
        if (continues && _isSecret[(int)sender])
        {
            return SecretFields.Mask;
        }

        var masked = SecretFields.Masked(text);
        _isSecret[(int)sender] = !ReferenceEquals(masked, text);
        return masked;
    }
}
