using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Views;

/// <summary>Packets of a connection, a line each.</summary>
internal sealed class PacketList
{
    /// <summary>From so many columns on the states of both ends stand beside each packet.</summary>
    private const int Wide = 100;

    /// <summary>From so many on there is room for the place in the stream, too.</summary>
    private const int Roomy = 110;

    private readonly TimeForm _form;
    private readonly IReadOnlyList<PacketDetail> _packets;
    private readonly ILookup<long, Run> _evidence;
    private readonly StoryHeadings _headings;
    private readonly Columns _columns;

    /// <param name="detail">With packets.</param>
    public PacketList(Model model, DetailState detail)
    {
        _form = model.Time;
        _packets = detail.Detail!.Packets;
        _evidence = detail.Story.Where(row => row.IsEvidence).ToLookup(row => row.Frame, row => row.Sign);
        _headings = new StoryHeadings(model.Wording.Language);
        _columns = new Columns(
            int.Max(NumberOf(_packets[^1]).Length, Sheet.WidthOf(_headings.Frame)),
            int.Max(TimeOf(_packets.Count - 1).Length, Sheet.WidthOf(TimeTitle)),
            CellText.Plain(detail.Detail.Furthest).Length,
            model.Width);
    }

    private string TimeTitle => _form == TimeForm.Absolute ? _headings.Time : _headings.Seconds;

    /// <summary>The line of a packet.</summary>
    public IReadOnlyList<Run> this[int at]
    {
        get
        {
            var packet = _packets[at];
            List<Run> runs =
            [
                _evidence[packet.Packet.Number].FirstOrDefault(new Run(" ")),
                new Run(NumberOf(packet).PadLeft(_columns.FrameEnd - 1), Tone.Dim),
                new Run(TimeOf(at).PadLeft(_columns.TimeEnd - _columns.FrameEnd), Tone.Dim),
            ];
            AddPacket(runs, packet);
            return runs;
        }
    }

    public static void Draw(Model model, Sheet sheet, DetailState detail, int top, int rows)
    {
        if (detail.Detail!.Packets.Count == 0)
        {
            sheet.Put(1, top, model.Wording.NoPackets, Tone.Dim);
            return;
        }

        var list = new PacketList(model, detail);
        list.DrawTitles(sheet, top);
        for (var i = 0; i < rows && detail.PacketTop + i < detail.Detail.Packets.Count; i++)
        {
            sheet.Put(0, top + 1 + i, list[detail.PacketTop + i], sheet.Width);
            if (detail.PacketTop + i == detail.PacketCursor)
            {
                sheet.Reverse(top + 1 + i);
            }
        }

        if (detail.Detail.PacketsLeftOut > 0 && detail.PacketTop + rows >= detail.Detail.Packets.Count && rows > 1)
        {
            sheet.Put(1, top + rows, Update.Text(model.Wording.PacketsLeftOut, Quantity.Count(detail.Detail.PacketsLeftOut)), Tone.Warning);
        }
    }

    /// <summary>What fields of a packet are called is the same in every language.</summary>
    private void DrawTitles(Sheet sheet, int y)
    {
        PutRight(sheet, _columns.FrameEnd, y, _headings.Frame, Tone.Title);
        PutRight(sheet, _columns.TimeEnd, y, TimeTitle, Tone.Title);
        sheet.Put(_columns.Flags, y, "flags", Tone.Title);
        PutRight(sheet, _columns.LengthEnd, y, "length", Tone.Title);
        PutRight(sheet, _columns.AckEnd, y, "ack", Tone.Title);
        if (_columns.IsRoomy)
        {
            PutRight(sheet, _columns.OffsetEnd, y, "offset", Tone.Title);
        }

        if (_columns.IsWide)
        {
            sheet.Put(_columns.Client, y, _headings.Client, Tone.Title);
            sheet.Put(_columns.Server, y, _headings.Server, Tone.Title);
        }

        sheet.Put(_columns.Marks, y, _headings.What, Tone.Title);
    }

    private static void PutRight(Sheet sheet, int end, int y, string text, Tone tone) => sheet.Put(end - Sheet.WidthOf(text), y, text, tone);

    private string TimeOf(int at) => _form switch
    {
        TimeForm.Absolute => Quantity.TimeOfDay(_packets[at].Packet.Time, Quantity.Microseconds),
        TimeForm.Delta => Quantity.Seconds(at == 0 ? 0 : _packets[at].Packet.Time.Since(_packets[at - 1].Packet.Time)),
        _ => Quantity.Seconds(_packets[at].Packet.Time.Since(_packets[0].Packet.Time)),
    };

    private static string NumberOf(PacketDetail packet) => "#" + CellText.Plain(packet.Packet.Number);

    private void AddPacket(List<Run> runs, PacketDetail packet)
    {
        if (packet.Sender is not { } sender)
        {
            runs.Add(new Run($"{new string(' ', _columns.Flags - _columns.TimeEnd)}ICMP", Tone.Warning));
            return;
        }

        var flags = PacketTree.FlagText(packet.Flags);
        var length = CellText.Plain(packet.PayloadLength);
        runs.Add(new Run(sender == Side.Client ? "  ▶ " : "  ◀ ", sender == Side.Client ? Tone.Client : Tone.Server));
        runs.Add(new Run(flags, FlagTone(packet.Flags)));
        runs.Add(new Run(length.PadLeft(int.Max(length.Length + 1, _columns.LengthEnd - _columns.Flags - flags.Length))));
        if (_columns.IsRoomy)
        {
            runs.Add(new Run(Place(packet.Tracked.Offset).PadLeft(_columns.OffsetEnd - _columns.LengthEnd)));
        }

        runs.Add(new Run(Place(packet.Tracked.Acknowledged).PadLeft(_columns.AckEnd - _columns.OffsetEnd) + "  "));
        if (_columns.IsWide)
        {
            runs.Add(new Run(CellText.StateOf(packet.Tracked.ClientState, packet.Tracked.IsClientAssumed).PadRight(_columns.Server - _columns.Client), Tone.Dim));
            runs.Add(new Run(CellText.StateOf(packet.Tracked.ServerState, packet.Tracked.IsServerAssumed).PadRight(_columns.Marks - _columns.Server), Tone.Dim));
        }

        runs.Add(new Run(MarkText(packet.Marks), Tone.Warning));
    }

    private static string Place(long place) => place < 0 ? "" : CellText.Plain(place);

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

    /// <summary>Where columns begin, and those of numbers end.</summary>
    private readonly record struct Columns(int Frame, int Time, int Place, int Screen)
    {
        /// <summary>SYN,ACK,ECE</summary>
        private const int FlagWidth = 12;

        private const int LengthWidth = 6;

        /// <summary>ESTABLISHED~</summary>
        private const int StateWidth = 13;

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
