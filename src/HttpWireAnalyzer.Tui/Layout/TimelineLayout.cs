using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Tui.Texts;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>The part of a connection's life that is shown.</summary>
/// <param name="Zoom">The whole of it, halved so many times.</param>
/// <param name="From">Nanoseconds after the first packet.</param>
internal readonly record struct TimelineWindow(int Zoom, long From);

/// <summary>What a column of a lane shows.</summary>
internal readonly record struct TimelineMark(char Sign, Tone Tone, int Rank);

/// <summary>A silence, in columns, and what it was: idleness, a closed window, or one end's turn.</summary>
internal readonly record struct TimelineWait(int From, int To, string Name, long Nanoseconds, Tone Tone);

/// <summary>The packets of a connection to scale: where each falls, and where the time between them went.</summary>
internal static class TimelineLayout
{
    /// <summary>No column stands for less: taps do not tell shorter times apart.</summary>
    private const long LeastSpan = 10_000;

    /// <summary>An acknowledgment alone makes room for anything.</summary>
    private const int AckRank = 1;

    private const SegmentMarks Window = SegmentMarks.ZeroWindow | SegmentMarks.WindowUpdate | SegmentMarks.ZeroWindowProbeAck;

    private const SegmentMarks Again = SegmentMarks.Retransmission | SegmentMarks.FastRetransmission
        | SegmentMarks.SpuriousRetransmission | SegmentMarks.OutOfOrder;

    /// <summary>Nanoseconds from the first packet to the last.</summary>
    public static long Whole(DetailState detail) => detail.Detail?.Life ?? 1;

    public static long Span(DetailState detail) => long.Max(1, Whole(detail) >> detail.Window.Zoom);

    /// <summary>Lines of the story that tell of packets.</summary>
    public static List<StoryRow> Course(DetailState detail) => [.. detail.Story.Where(row => row.Part == StoryPart.Course && row.Frame > 0)];

    /// <summary>Nanoseconds from the first packet to one of them.</summary>
    public static long TimeOf(DetailState detail, PacketDetail packet) => packet.Packet.Time.Since(detail.Detail!.Packets[0].Packet.Time);

    /// <summary>The window where the packet under the cursor is in it, moved no further than that takes.</summary>
    public static TimelineWindow Around(DetailState detail)
    {
        if (detail.Packet is not { } packet)
        {
            return default;
        }

        var (whole, span) = (Whole(detail), Span(detail));
        var cursor = TimeOf(detail, packet);
        var from = detail.Window.From;
        if (cursor < from || cursor > from + span)
        {
            from = cursor - (span / 2);
        }

        return detail.Window with { From = long.Clamp(from, 0, long.Max(0, whole - span)) };
    }

    /// <summary>Nearer or further, with the packet under the cursor where it is; null where that goes no further.</summary>
    public static TimelineWindow? Zoomed(DetailState detail, int by)
    {
        var zoom = detail.Window.Zoom + by;
        if (detail.Packet is not { } packet || zoom < 0 || (by > 0 && Whole(detail) >> zoom < LeastSpan))
        {
            return null;
        }

        var (before, after) = (Span(detail), long.Max(1, Whole(detail) >> zoom));
        var cursor = TimeOf(detail, packet);
        return new TimelineWindow(zoom, cursor - (long)((cursor - detail.Window.From) * ((double)after / before)));
    }

    /// <summary>The column of a time; outside of the width where the window does not show it.</summary>
    public static int Column(DetailState detail, long time, int width)
    {
        var column = (time - detail.Window.From) * (double)(width - 1) / Span(detail);
        return (int)double.Clamp(Math.Round(column), -1, width);
    }

    /// <summary>The place of the packet that is nearest to a time.</summary>
    public static int Nearest(DetailState detail, long time)
    {
        var packets = detail.Detail!.Packets;
        var nearest = 0;
        for (var place = 1; place < packets.Count; place++)
        {
            if (Math.Abs(TimeOf(detail, packets[place]) - time) < Math.Abs(TimeOf(detail, packets[nearest]) - time))
            {
                nearest = place;
            }
        }

        return nearest;
    }

    /// <summary>
    /// What one end sent. Different signs of one column stand side by side, in their order, where columns beside it are free:
    /// a FIN does not hide the response before it. Where there is no room what says most is left.
    /// </summary>
    public static TimelineMark[] Lane(DetailState detail, Side side, int width)
    {
        var lane = new TimelineMark[width];
        var crowds = new SortedList<int, List<TimelineMark>>();
        foreach (var packet in detail.Detail!.Packets)
        {
            var column = Column(detail, TimeOf(detail, packet), width);
            if ((packet.Sender ?? Side.Server) != side || column < 0 || column >= width)
            {
                continue;
            }

            foreach (var mark in MarksOf(packet, side))
            {
                var before = lane[column];
                lane[column] = mark.Rank > before.Rank ? mark : before;
                if (before.Rank > AckRank && mark.Rank > AckRank && mark.Sign != before.Sign)
                {
                    var crowd = crowds.TryGetValue(column, out var there) ? there : crowds[column] = [before];
                    AddNew(crowd, mark);
                }
            }
        }

        foreach (var (column, crowd) in crowds)
        {
            Spread(lane, column, crowd);
        }

        return lane;
    }

    private static void AddNew(List<TimelineMark> crowd, TimelineMark mark)
    {
        if (crowd.TrueForAll(there => there.Sign != mark.Sign))
        {
            crowd.Add(mark);
        }
    }

    /// <summary>Signs of one column side by side, in free columns on its right, then on its left.</summary>
    private static void Spread(TimelineMark[] lane, int column, List<TimelineMark> crowd)
    {
        var right = 0;
        while (right < crowd.Count - 1 && IsFree(lane, column + right + 1))
        {
            right++;
        }

        var left = 0;
        while (left < crowd.Count - 1 - right && IsFree(lane, column - left - 1))
        {
            left++;
        }

        while (crowd.Count > 1 + left + right)
        {
            crowd.Remove(crowd.MinBy(mark => mark.Rank));
        }

        for (var at = 0; at < crowd.Count; at++)
        {
            lane[column - left + at] = crowd[at];
        }
    }

    private static bool IsFree(TimelineMark[] lane, int column) => column >= 0 && column < lane.Length && lane[column].Rank <= AckRank;

    /// <summary>Silences that are wide enough to be seen, each with the end that ended it.</summary>
    public static IReadOnlyList<TimelineWait> Waits(DetailState detail, int width, Wording wording)
    {
        var waits = new List<TimelineWait>();
        PacketDetail? before = null;
        Side? closed = null;
        foreach (var packet in detail.Detail!.Packets.Where(Speaks))
        {
            if (before is not null)
            {
                var (from, to) = (TimeOf(detail, before), TimeOf(detail, packet));
                var (left, right) = (int.Max(0, Column(detail, from, width)), int.Min(width - 1, Column(detail, to, width)));
                if (right - left >= 2 && from < detail.Window.From + Span(detail) && to > detail.Window.From)
                {
                    var (name, tone) = closed is not null ? (wording.WindowLegend, Tone.Warning) : TurnOf(before, packet, wording);
                    waits.Add(new TimelineWait(left, right, name, to - from, tone));
                }
            }

            before = packet;
            closed = (packet.Marks & SegmentMarks.ZeroWindow) != 0 ? packet.Sender : closed == packet.Sender ? null : closed;
        }

        return waits;
    }

    /// <summary>A silence before a close, and the client's before a request, is idleness; any other is that of who ends it.</summary>
    private static (string Name, Tone Tone) TurnOf(PacketDetail before, PacketDetail after, Wording wording) => after switch
    {
        { Sender: null } => ("", Tone.Dim),
        _ when before.Sender != Side.Client && (after.Sender == Side.Client || Closes(after)) => (wording.IdleLegend, Tone.Dim),
        { Sender: Side.Client } => (wording.Titles["client"], Tone.Client),
        _ => (wording.Titles["server"], Tone.Server),
    };

    private static bool Closes(PacketDetail packet) => (packet.Flags & (TcpFlags.Fin | TcpFlags.Rst)) != 0;

    /// <summary>More than an acknowledgment: octets, a flag, or a window that closes or opens.</summary>
    private static bool Speaks(PacketDetail packet) =>
        packet.Sender is null || packet.PayloadLength > 0 || (packet.Marks & Window) != 0 || (packet.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0;

    /// <summary>Octets stand between a SYN and a FIN of the same segment, as their sequence numbers do (RFC 9293 §3.4).</summary>
    private static IEnumerable<TimelineMark> MarksOf(PacketDetail packet, Side side)
    {
        if ((packet.Flags & TcpFlags.Syn) != 0)
        {
            yield return new TimelineMark('S', Tone.Good, 5);
        }

        if (packet.PayloadLength > 0 || (packet.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == 0)
        {
            yield return packet switch
            {
                { Sender: null } => new TimelineMark('!', Tone.Warning, 4),
                _ when (packet.Marks & Again) != 0 => new TimelineMark('!', Tone.Warning, 4),
                { PayloadLength: > 0 } => side == Side.Client ? new TimelineMark('▶', Tone.Client, 3) : new TimelineMark('◀', Tone.Server, 3),
                _ => new TimelineMark('·', Tone.Dim, AckRank),
            };
        }

        if ((packet.Flags & TcpFlags.Rst) != 0)
        {
            yield return new TimelineMark('✖', Tone.Error, 7);
        }
        else if ((packet.Flags & TcpFlags.Fin) != 0)
        {
            yield return new TimelineMark('F', Tone.Fin, 6);
        }
    }
}
