using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Reporting.Fields;
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
    private readonly bool[] _masking = new bool[2];
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
        Flush();
        output.WriteLine(style.Warning(HexOctets.GapText(gap)));
        _shown = null;
    }

    public void End()
    {
        Flush();
        output.Flush();
    }

    private void Flush()
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if (_lines[(int)side].Length > 0)
            {
                WriteLine(side);
            }
        }
    }

    private void WriteLine(Side sender, bool isWhole = true)
    {
        var held = _lines[(int)sender];
        var text = held.ToString();
        held.Clear();
        if (isWhole && text.EndsWith('\r'))
        {
            text = text[..^1];
        }

        // The rest of a secret that is longer than a held line is as secret as its beginning.
        var shown = _masking[(int)sender] ? SecretFields.Mask : showSecrets ? text : SecretFields.Masked(text);
        _masking[(int)sender] = !isWhole && !ReferenceEquals(shown, text) && !showSecrets;
        output.WriteLine("  " + PrintableText.Of(shown));
    }
}
