using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>Sixteen octets a line: stream offset, hexadecimal, ASCII.</summary>
public sealed class HexOctets(TextWriter output, TextStyle style) : IOctetSink
{
    private const int PerLine = 16;

    public void OnOctets(Side sender, long offset, PacketRef packet, ReadOnlySpan<byte> octets)
    {
        output.WriteLine(style.Bold(string.Create(
            CultureInfo.InvariantCulture,
            $"{Arrow(sender)} {Words.Sides[(int)sender].Text} #{packet.Number} offset {offset}, {octets.Length} octets")));
        for (var at = 0; at < octets.Length; at += PerLine)
        {
            WriteLine(offset + at, octets[at..int.Min(at + PerLine, octets.Length)]);
        }
    }

    public void OnGap(in StreamGap gap) => output.WriteLine(style.Warning(GapText(gap)));

    public void End() => output.Flush();

    internal static char Arrow(Side sender) => sender == Side.Client ? '▶' : '◀';

    internal static string GapText(in StreamGap gap) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Arrow(gap.Sender)} {Words.Sides[(int)gap.Sender].Text} #{gap.NoticedAt.Number} offset {gap.Offset}: {gap.Length} octets not captured");

    private void WriteLine(long offset, ReadOnlySpan<byte> octets)
    {
        var line = new StringBuilder(80);
        line.Append(CultureInfo.InvariantCulture, $"{offset:x8} ");
        for (var i = 0; i < PerLine; i++)
        {
            line.Append(i == PerLine / 2 ? "  " : " ");
            if (i < octets.Length)
            {
                line.Append(octets[i].ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                line.Append("  ");
            }
        }

        line.Append("  ");
        foreach (var octet in octets)
        {
            line.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '.');
        }

        output.WriteLine(line);
    }
}
