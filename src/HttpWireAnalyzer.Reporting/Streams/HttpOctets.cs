using System.Diagnostics;
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
    private readonly SecretLines[] _secrets = [new(), new()];
    private Side? _shown;

    public void OnOctets(Side sender, long offset, PacketRef packet, ReadOnlySpan<byte> octets)
    {
        if (_shown != sender)
        {
            Flush();
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
                Write(sender, line.Length, isEnd: true);
            }
            else
            {
                line.Append((char)octet);
                if (line.Length == MaxHeldLine)
                {
                    WritePart(sender);
                }
            }
        }
    }

    public void OnGap(in StreamGap gap)
    {
        Flush();
        if (_lines[(int)gap.Sender] is { Length: > 0 } held)
        {
            Write(gap.Sender, held.Length, isEnd: false);
        }

        _secrets[(int)gap.Sender].Skip();
        output.WriteLine(style.Warning(HexOctets.GapText(gap)));
        _shown = null;
    }

    public void End()
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if (_lines[(int)side] is { Length: > 0 } held)
            {
                Write(side, held.Length, isEnd: true);
            }
        }

        output.Flush();
    }

    /// <summary>A line that may yet turn out to be a secret stays held until it ends.</summary>
    private void Flush()
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if (showSecrets || !SecretFields.MayBegin(Encoding.Latin1.GetBytes(_lines[(int)side].ToString())))
            {
                WritePart(side);
            }
        }
    }

    /// <summary>Of a line that goes on, all but a letter that does so too.</summary>
    private void WritePart(Side sender)
    {
        var length = WireText.WholeLength(_lines[(int)sender].ToString());
        if (length > 0)
        {
            Write(sender, length, isEnd: false);
        }
    }

    private void Write(Side sender, int length, bool isEnd)
    {
        var held = _lines[(int)sender];
        var text = held.ToString(0, length);
        held.Remove(0, length);
        var secrecy = _secrets[(int)sender].Take(Encoding.Latin1.GetBytes(text), isEnd);
        if (isEnd && text.EndsWith('\r'))
        {
            text = text[..^1];
        }

        output.WriteLine("  " + PrintableText.OfWire(showSecrets ? text : secrecy switch
        {
            LineSecrecy.None => text,
            LineSecrecy.Value => SecretFields.Masked(text),
            LineSecrecy.Whole => SecretFields.Mask,
            _ => throw new UnreachableException(),
        }));
    }
}
