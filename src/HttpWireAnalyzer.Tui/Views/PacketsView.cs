using System.Globalization;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Stories;
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
    /// <summary>From so many columns on the states of both ends stand beside each packet.</summary>
    private const int Wide = 100;

    /// <summary>From so many on there is room for the place in the stream, too.</summary>
    private const int Roomy = 110;

    public static void Draw(Model model, Sheet sheet, DetailState detail, int top)
    {
        var evidence = detail.Story.Where(row => row.IsEvidence).ToLookup(row => row.Frame, row => row.Sign);
        var lines = Geometry.PacketLines(model);
        if (lines > 0)
        {
            DrawList(model, sheet, detail, evidence, top, lines - 1);
        }

        var lower = Geometry.LowerRows(model);
        if (lower > 1 && detail.Packet is { } packet)
        {
            DrawLower(model, sheet, detail, packet, top + lines, lower);
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

        var headings = new StoryHeadings(model.Wording.Language);
        var time = model.Time == TimeForm.Absolute ? headings.Time : headings.Seconds;
        var columns = new Columns(
            int.Max(NumberOf(packets[^1]).Length, Sheet.WidthOf(headings.Frame)),
            int.Max(TimeOf(model, packets, packets.Count - 1).Length, Sheet.WidthOf(time)),
            CellText.Plain(detail.Detail.Furthest).Length,
            sheet.Width);
        DrawTitles(sheet, headings, time, columns, top);
        for (var i = 0; i < rows && detail.PacketTop + i < packets.Count; i++)
        {
            var at = detail.PacketTop + i;
            var packet = packets[at];
            var y = top + 1 + i;
            var sign = evidence[packet.Packet.Number].FirstOrDefault(new Run(" "));
            sheet.Put(0, y, sign.Text, sign.Tone);
            PutRight(sheet, columns.FrameEnd, y, NumberOf(packet), Tone.Dim);
            PutRight(sheet, columns.TimeEnd, y, TimeOf(model, packets, at), Tone.Dim);
            DrawPacket(sheet, packet, columns, y);
            if (at == detail.PacketCursor)
            {
                sheet.Reverse(y);
            }
        }

        if (detail.Detail.PacketsLeftOut > 0 && detail.PacketTop + rows >= packets.Count && rows > 1)
        {
            sheet.Put(1, top + rows, Update.Text(model.Wording.PacketsLeftOut, Quantity.Count(detail.Detail.PacketsLeftOut)), Tone.Warning);
        }
    }

    /// <summary>What fields of a packet are called is the same in every language.</summary>
    private static void DrawTitles(Sheet sheet, StoryHeadings headings, string time, in Columns columns, int y)
    {
        PutRight(sheet, columns.FrameEnd, y, headings.Frame, Tone.Title);
        PutRight(sheet, columns.TimeEnd, y, time, Tone.Title);
        sheet.Put(columns.Flags, y, "flags", Tone.Title);
        PutRight(sheet, columns.LengthEnd, y, "length", Tone.Title);
        PutRight(sheet, columns.AckEnd, y, "ack", Tone.Title);
        if (columns.IsRoomy)
        {
            PutRight(sheet, columns.OffsetEnd, y, "offset", Tone.Title);
        }

        if (columns.IsWide)
        {
            sheet.Put(columns.Client, y, headings.Client, Tone.Title);
            sheet.Put(columns.Server, y, headings.Server, Tone.Title);
        }

        sheet.Put(columns.Marks, y, headings.What, Tone.Title);
    }

    private static void PutRight(Sheet sheet, int end, int y, string text, Tone tone) => sheet.Put(end - Sheet.WidthOf(text), y, text, tone);

    private static string TimeOf(Model model, IReadOnlyList<PacketDetail> packets, int at) => model.Time switch
    {
        TimeForm.Absolute => Quantity.TimeOfDay(packets[at].Packet.Time),
        TimeForm.Delta => Quantity.Seconds(at == 0 ? 0 : packets[at].Packet.Time.Since(packets[at - 1].Packet.Time)),
        _ => Quantity.Seconds(packets[at].Packet.Time.Since(packets[0].Packet.Time)),
    };

    private static string NumberOf(PacketDetail packet) => "#" + CellText.Plain(packet.Packet.Number);

    private static void DrawPacket(Sheet sheet, PacketDetail packet, in Columns columns, int y)
    {
        if (packet.Sender is not { } sender)
        {
            sheet.Put(columns.Flags, y, "ICMP", Tone.Warning);
            return;
        }

        sheet.Put(columns.Arrow, y, sender == Side.Client ? "▶" : "◀", sender == Side.Client ? Tone.Client : Tone.Server);
        sheet.Put(columns.Flags, y, PacketTree.FlagText(packet.Flags), FlagTone(packet.Flags));
        PutRight(sheet, columns.LengthEnd, y, CellText.Plain(packet.PayloadLength), Tone.Plain);
        PutRight(sheet, columns.AckEnd, y, packet.Tracked.Acknowledged < 0 ? "" : CellText.Plain(packet.Tracked.Acknowledged), Tone.Plain);
        if (columns.IsRoomy)
        {
            PutRight(sheet, columns.OffsetEnd, y, packet.Tracked.Offset < 0 ? "" : CellText.Plain(packet.Tracked.Offset), Tone.Plain);
        }

        if (columns.IsWide)
        {
            sheet.Put(columns.Client, y, CellText.StateOf(packet.Tracked.ClientState, false), Tone.Dim);
            sheet.Put(columns.Server, y, CellText.StateOf(packet.Tracked.ServerState, false), Tone.Dim);
        }

        sheet.Put(columns.Marks, y, Sheet.Cut(MarkText(packet.Marks), int.Max(0, sheet.Width - columns.Marks)), Tone.Warning);
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
            DrawTree(sheet, detail, top + 1, height - 1, isBeside ? sheet.Width - Geometry.HexWidth - 1 : sheet.Width, detail.Pane == PacketPane.Tree);
        }

        if (isBeside || detail.Pane == PacketPane.Octets)
        {
            DrawHex(sheet, packet, field, detail.HexTop, isBeside ? sheet.Width - Geometry.HexWidth : 1, top + 1, height - 1);
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
        var perLine = Geometry.OctetsPerLine(sheet.Width);
        var letters = left + 6 + (3 * perLine) + (perLine / 8) + 1;
        for (var line = 0; line < height; line++)
        {
            var at = (first + line) * perLine;
            if (at >= packet.Octets.Length)
            {
                return;
            }

            sheet.Put(left, top + line, at.ToString("x4", CultureInfo.InvariantCulture), Tone.Dim);
            for (var i = 0; i < perLine && at + i < packet.Octets.Length; i++)
            {
                var octet = packet.Octets[at + i];
                var tone = at + i >= field.Offset && at + i < field.Offset + field.Length ? Tone.Marked : Tone.Plain;
                var x = left + 6 + (3 * i) + (i / 8);
                sheet.Put(x, top + line, octet.ToString("x2", CultureInfo.InvariantCulture), tone);
                sheet.Put(letters + i, top + line, octet is >= 0x20 and < 0x7F ? ((char)octet).ToString() : ".", tone);
            }
        }
    }

    /// <summary>Where columns begin, and those of numbers end.</summary>
    private readonly record struct Columns(int Frame, int Time, int Place, int Screen)
    {
        /// <summary>SYN,ACK,ECE</summary>
        private const int FlagWidth = 12;

        private const int LengthWidth = 6;

        /// <summary>ESTABLISHED</summary>
        private const int StateWidth = 12;

        public bool IsWide => Screen >= Wide;

        public bool IsRoomy => Screen >= Roomy;

        /// <summary>Of a place in a stream, with blanks before it.</summary>
        private int PlaceWidth => 2 + int.Max("offset".Length, Place);

        public int FrameEnd => 2 + Frame;

        public int TimeEnd => FrameEnd + 2 + Time;

        public int Arrow => TimeEnd + 2;

        public int Flags => Arrow + 2;

        public int LengthEnd => Flags + FlagWidth + LengthWidth;

        public int OffsetEnd => LengthEnd + (IsRoomy ? PlaceWidth : 0);

        public int AckEnd => OffsetEnd + PlaceWidth;

        public int Client => AckEnd + 2;

        public int Server => Client + StateWidth;

        public int Marks => IsWide ? Server + StateWidth : Client;
    }
}
