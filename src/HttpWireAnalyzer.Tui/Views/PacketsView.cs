using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Packets of the connection above; below the layers of one of them, and its octets.</summary>
internal static class PacketsView
{
    private const int PerLine = 16;

    /// <summary>From so many columns on the states of both ends stand beside each packet.</summary>
    private const int Wide = 100;

    /// <summary>Offset, sixteen octets in hexadecimal, and as letters.</summary>
    private const int HexWidth = 74;

    public static void Draw(Model model, Sheet sheet, DetailState detail, int top)
    {
        var evidence = detail.Story.Where(row => row.IsEvidence).ToLookup(row => row.Frame, row => row.Sign);
        var rows = Geometry.IsOneLower(model) ? 0 : Geometry.PacketRows(model);
        DrawList(model, sheet, detail, evidence, top, rows);
        var lower = Geometry.LowerRows(model);
        if (lower > 1 && detail.Packet is { } packet)
        {
            DrawLower(model, sheet, detail, packet, top + rows, lower);
        }
    }

    private static void DrawList(Model model, Sheet sheet, DetailState detail, ILookup<long, Run> evidence, int top, int rows)
    {
        var packets = detail.Detail!.Packets;
        if (packets.Count == 0)
        {
            sheet.Put(1, top, model.Wording.NoPackets, Tone.Dim);
            return;
        }

        var (number, time) = (NumberOf(packets[^1]).Length + 1, TimeOf(model, packets, packets.Count - 1).Length + 2);
        for (var i = 0; i < rows && detail.PacketTop + i < packets.Count; i++)
        {
            var at = detail.PacketTop + i;
            var packet = packets[at];
            DrawPacket(sheet, packet, NumberOf(packet).PadLeft(number) + TimeOf(model, packets, at).PadLeft(time), evidence[packet.Packet.Number].FirstOrDefault(new Run(" ")), top + i);
            if (at == detail.PacketCursor)
            {
                sheet.Reverse(top + i);
            }
        }

        if (detail.Detail.PacketsLeftOut > 0 && detail.PacketTop + rows >= packets.Count && rows > 1)
        {
            sheet.Put(1, top + rows - 1, Update.Text(model.Wording.PacketsLeftOut, Quantity.Count(detail.Detail.PacketsLeftOut)), Tone.Warning);
        }
    }

    private static string TimeOf(Model model, IReadOnlyList<PacketDetail> packets, int at) => model.Time switch
    {
        TimeForm.Absolute => Quantity.TimeOfDay(packets[at].Packet.Time),
        TimeForm.Delta => Quantity.Seconds(at == 0 ? 0 : packets[at].Packet.Time.Since(packets[at - 1].Packet.Time)),
        _ => Quantity.Seconds(packets[at].Packet.Time.Since(packets[0].Packet.Time)),
    };

    private static string NumberOf(PacketDetail packet) => "#" + CellText.Plain(packet.Packet.Number);

    private static void DrawPacket(Sheet sheet, PacketDetail packet, string when, Run sign, int y)
    {
        sheet.Put(0, y, sign.Text, sign.Tone);
        var x = sheet.Put(1, y, when + "  ", Tone.Dim);
        if (packet.Sender is not { } sender)
        {
            sheet.Put(x, y, "ICMP", Tone.Warning);
            return;
        }

        x = sheet.Put(x, y, sender == Side.Client ? "▶ " : "◀ ", sender == Side.Client ? Tone.Client : Tone.Server);
        x = sheet.Put(x, y, PacketTree.FlagText(packet.Flags).PadRight(11) + " ", FlagTone(packet.Flags));
        x = sheet.Put(x, y, Numbers(packet, sheet.Width >= Wide), Tone.Plain);
        if (sheet.Width >= Wide)
        {
            x = sheet.Put(x + 1, y, CellText.StateOf(packet.Tracked.ClientState, false).PadRight(12) + CellText.StateOf(packet.Tracked.ServerState, false).PadRight(12), Tone.Dim);
        }

        sheet.Put(x + 1, y, Sheet.Cut(MarkText(packet.Marks), int.Max(0, sheet.Width - x - 1)), Tone.Warning);
    }

    private static string Numbers(PacketDetail packet, bool isWide)
    {
        var text = new StringBuilder(40);
        text.Append(CultureInfo.InvariantCulture, $"len {packet.PayloadLength,-6}");
        text.Append(!isWide ? "" : packet.Tracked.Offset >= 0 ? string.Create(CultureInfo.InvariantCulture, $"at {packet.Tracked.Offset,-8}") : "           ");
        text.Append(packet.Tracked.Acknowledged >= 0 ? string.Create(CultureInfo.InvariantCulture, $"ack {packet.Tracked.Acknowledged,-8}") : "            ");
        return text.ToString();
    }

    private static Tone FlagTone(TcpFlags flags) => (flags & TcpFlags.Rst) != 0 ? Tone.Error
        : (flags & TcpFlags.Fin) != 0 ? Tone.Fin
        : (flags & TcpFlags.Syn) != 0 ? Tone.Good
        : Tone.Plain;

    private static string MarkText(SegmentMarks marks)
    {
        if (marks == SegmentMarks.None)
        {
            return "";
        }

        var names = new List<string>(2);
        foreach (var (mark, word) in Enum.GetValues<SegmentMarks>().Skip(1).Zip(Words.Marks))
        {
            if ((marks & mark) != 0)
            {
                names.Add(word.Text.Replace('_', ' '));
            }
        }

        return string.Join(", ", names);
    }

    private static void DrawLower(Model model, Sheet sheet, DetailState detail, PacketDetail packet, int top, int height)
    {
        PreviewView.Rule(sheet, top, $"#{packet.Packet.Number}  {packet.Record.OriginalLength} octets"
            + (packet.Record.OriginalLength > packet.Octets.Length ? $", {packet.Octets.Length} captured" : ""));
        var field = detail.TreeCursor < detail.Tree.Count ? detail.Tree[detail.TreeCursor] : default;
        var isBeside = Geometry.IsBeside(model) && !(model.IsMaximised && detail.Pane != PacketPane.List);
        if (isBeside || detail.Pane != PacketPane.Octets)
        {
            DrawTree(sheet, detail, top + 1, height - 1, isBeside ? sheet.Width - HexWidth - 1 : sheet.Width, detail.Pane == PacketPane.Tree);
        }

        if (isBeside || detail.Pane == PacketPane.Octets)
        {
            DrawHex(sheet, packet, field, detail.HexTop, isBeside ? sheet.Width - HexWidth : 1, top + 1, height - 1);
        }
    }

    private static void DrawTree(Sheet sheet, DetailState detail, int top, int height, int width, bool isFocused)
    {
        for (var i = 0; i < height && detail.TreeTop + i < detail.Tree.Count; i++)
        {
            var field = detail.Tree[detail.TreeTop + i];
            var isCursor = detail.TreeTop + i == detail.TreeCursor;
            var text = new string(' ', 1 + (2 * field.Depth)) + field.Text;
            sheet.Put(0, top + i, Sheet.Cut(isCursor ? text.PadRight(width) : text, width), isCursor ? isFocused ? Tone.Marked : Tone.Bold : field.Depth == 0 ? Tone.Title : Tone.Plain);
        }
    }

    private static void DrawHex(Sheet sheet, PacketDetail packet, PacketField field, int first, int left, int top, int height)
    {
        for (var line = 0; line < height; line++)
        {
            var at = (first + line) * PerLine;
            if (at >= packet.Octets.Length)
            {
                return;
            }

            sheet.Put(left, top + line, at.ToString("x4", CultureInfo.InvariantCulture), Tone.Dim);
            for (var i = 0; i < PerLine && at + i < packet.Octets.Length; i++)
            {
                var octet = packet.Octets[at + i];
                var tone = at + i >= field.Offset && at + i < field.Offset + field.Length ? Tone.Marked : Tone.Plain;
                var x = left + 6 + (3 * i) + (i >= PerLine / 2 ? 1 : 0);
                sheet.Put(x, top + line, octet.ToString("x2", CultureInfo.InvariantCulture), tone);
                sheet.Put(left + 57 + i, top + line, octet is >= 0x20 and < 0x7F ? ((char)octet).ToString() : ".", tone);
            }
        }
    }
}
