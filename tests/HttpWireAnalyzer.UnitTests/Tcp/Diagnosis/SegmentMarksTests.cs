using System.Buffers.Binary;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.TestBuilders.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp.Diagnosis;

/// <summary>Each condition of docs/decisions/0013, by the counts and remarks of a short conversation.</summary>
public sealed class SegmentMarksTests
{
    [Fact]
    public void A_connection_without_trouble_has_no_marks()
    {
        var summary = Playbook.Established().Client("GET").Server("200 OK").Client(Playbook.Ack).Finish().Summary;

        Assert.Null(summary.ClientEnd.Diagnosis.Marks);
        Assert.Null(summary.ServerEnd.Diagnosis.Marks);
    }

    [Fact]
    public void Duplicate_acknowledgments_are_counted_and_answered_fast()
    {
        var story = Playbook.Established()
            .Server("aaaa").Client(Playbook.Ack, ack: 0).Client(Playbook.Ack, ack: 0).Client(Playbook.Ack, ack: 0)
            .Server("aaaa", seq: 0).Finish();

        Assert.Equal(3, Client(story, SegmentMarks.DuplicateAck));
        Assert.Equal(1, Server(story, SegmentMarks.FastRetransmission));
        Assert.Equal(1, Server(story, SegmentMarks.Retransmission));
        var remark = Single(story, TcpRemarkKind.FastRetransmission);
        Assert.Equal((3, 5, 8), (remark.Value, remark.Earlier.Number, remark.Packet.Number));
    }

    [Fact]
    public void What_comes_again_behind_silence_waited_for_the_timer()
    {
        var story = Playbook.Established().Server("aaaa").Wait(203).Server("aaaa", seq: 0).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.RetransmissionTimeout));
        Assert.Equal(0, Server(story, SegmentMarks.FastRetransmission));
        Assert.Equal(204_000_000, Single(story, TcpRemarkKind.RetransmissionTimeout).Value);
    }

    /// <summary>Silence is counted since any copy was sent, also one that the receiver says it did not need.</summary>
    [Fact]
    public void The_silence_before_a_copy_begins_with_the_copy_before_it()
    {
        var story = Playbook.Established().Server("aaaa").Client(Playbook.Ack).Wait(203).Server("aaaa", seq: 0)
            .Client(Playbook.Ack, options: Sack((0, 4))).Wait(410).Server("aaaa", seq: 0).Finish();

        Assert.Equal([205_000_000L, 412_000_000], story.Remarks.Where(remark => remark.Kind == TcpRemarkKind.RetransmissionTimeout).Select(remark => remark.Value));
    }

    [Fact]
    public void What_comes_again_soon_is_a_retransmission_of_unknown_cause()
    {
        var story = Playbook.Established().Server("aaaa").Wait(30).Server("aaaa", seq: 0).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.Retransmission));
        Assert.Equal(0, Server(story, SegmentMarks.RetransmissionTimeout));
    }

    [Fact]
    public void What_was_acknowledged_and_comes_again_was_not_needed()
    {
        var story = Playbook.Established().Server("aaaa").Client(Playbook.Ack).Server("aaaa", seq: 0).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.SpuriousRetransmission));
    }

    /// <summary>One is overtaken by a later one and by the acknowledgment of both, in either order: the tap's doing.</summary>
    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(false, 0, 1)]
    [InlineData(true, 300, 0)]
    [InlineData(false, 300, 0)]
    public void What_the_tap_shows_behind_its_own_acknowledgment_was_not_sent_again(bool laterFirst, int wait, int outOfOrder)
    {
        var book = Playbook.Established();
        _ = laterFirst
            ? book.Server("bbbb", seq: 4).Client(Playbook.Ack, ack: 8)
            : book.Client(Playbook.Ack, ack: 8).Server("bbbb", seq: 4);
        var story = book.Wait(wait).Server("aaaa", seq: 0).Finish();

        Assert.Equal(
            (outOfOrder, 1 - outOfOrder), (Server(story, SegmentMarks.OutOfOrder), Server(story, SegmentMarks.SpuriousRetransmission)));
    }

    [Fact]
    public void What_was_sent_behind_that_was_sent_again_though_the_tap_lacks_the_first()
    {
        var story = Playbook.Established().Server(Playbook.Ack, "bbbb", seq: 4, options: Clock(10, 0)).Client(Playbook.Ack, ack: 8)
            .Server(Playbook.Ack, "aaaa", seq: 0, options: Clock(11, 0)).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.SpuriousRetransmission));
    }

    [Fact]
    public void A_hole_filled_at_once_was_reordering_and_later_a_loss()
    {
        var soon = Playbook.Established().Server("bbbb", seq: 4).Server("aaaa", seq: 0).Finish();
        var late = Playbook.Established().Server("bbbb", seq: 4).Wait(50).Server("aaaa", seq: 0).Finish();

        Assert.Equal(1, Server(soon, SegmentMarks.LostSegment));
        Assert.Equal((1, 0), (Server(soon, SegmentMarks.OutOfOrder), Server(soon, SegmentMarks.Retransmission)));
        Assert.Equal((0, 1), (Server(late, SegmentMarks.OutOfOrder), Server(late, SegmentMarks.Retransmission)));
        Assert.Equal(51_000_000, Single(late, TcpRemarkKind.HoleFilled).Value);
    }

    [Fact]
    public void The_timer_of_a_lost_SYN_is_no_time_in_which_segments_overtake_each_other()
    {
        var story = Playbook.Start().Client(Playbook.Syn).Wait(1_000).Client(Playbook.Syn).Server(Playbook.SynAck).Client(Playbook.Ack)
            .Server("bbbb", seq: 4).Wait(300).Server("aaaa", seq: 0).Finish();

        Assert.Equal((0, 1), (Server(story, SegmentMarks.OutOfOrder), Server(story, SegmentMarks.Retransmission)));
    }

    [Theory]
    [InlineData(9u, 1, 0)]
    [InlineData(11u, 0, 1)]
    public void Timestamps_tell_reordering_from_loss_whatever_the_delay(uint clock, int outOfOrder, int again)
    {
        var story = Playbook.Established()
            .Server(Playbook.Ack, "bbbb", seq: 4, options: Clock(10, 0))
            .Wait(clock == 9u ? 50 : 0)
            .Server(Playbook.Ack, "aaaa", seq: 0, options: Clock(clock, 0)).Finish();

        Assert.Equal(outOfOrder, Server(story, SegmentMarks.OutOfOrder));
        Assert.Equal(again, Server(story, SegmentMarks.Retransmission));
    }

    // A number far away comes from no count, or from another's: then Wireshark's time decides.
    [Theory]
    [InlineData(99, 50, 1, 0)]
    [InlineData(101, 0, 0, 1)]
    [InlineData(9_000, 0, 1, 0)]
    [InlineData(9_000, 50, 0, 1)]
    public void Identifications_tell_reordering_from_loss_where_timestamps_do_not(ushort id, int wait, int outOfOrder, int again)
    {
        var story = Playbook.Established()
            .Server(Playbook.Ack, "bbbb", seq: 4, options: Clock(10, 0), id: 100)
            .Wait(wait)
            .Server(Playbook.Ack, "aaaa", seq: 0, options: Clock(10, 0), id: id).Finish();

        Assert.Equal(outOfOrder, Server(story, SegmentMarks.OutOfOrder));
        Assert.Equal(again, Server(story, SegmentMarks.Retransmission));
    }

    [Theory]
    [InlineData(5, 1, 0)]
    [InlineData(60, 0, 1)]
    public void Nobody_answers_duplicate_acknowledgments_sooner_than_they_reach_him(int wait, int outOfOrder, int fast)
    {
        var story = Playbook.Start().Client(Playbook.Syn).Wait(99).Server(Playbook.SynAck).Client(Playbook.Ack)
            .Server("bbbb", seq: 4).Client(Playbook.Ack, ack: 0).Client(Playbook.Ack, ack: 0).Client(Playbook.Ack, ack: 0)
            .Wait(wait).Server("aaaa", seq: 0).Finish();

        Assert.Equal(outOfOrder, Server(story, SegmentMarks.OutOfOrder));
        Assert.Equal(fast, Server(story, SegmentMarks.FastRetransmission));
    }

    [Fact]
    public void An_echo_from_before_the_duplicate_acknowledgments_shows_that_they_are_not_answered()
    {
        var story = Playbook.Established()
            .Server(Playbook.Ack, "bbbb", seq: 4, options: Clock(10, 20))
            .Client(Playbook.Ack, ack: 0, options: Clock(21, 10)).Client(Playbook.Ack, ack: 0, options: Clock(21, 10))
            .Client(Playbook.Ack, ack: 0, options: Clock(21, 10))
            .Server(Playbook.Ack, "aaaa", seq: 0, options: Clock(10, 20)).Finish();

        Assert.Equal(0, Server(story, SegmentMarks.FastRetransmission));
    }

    [Fact]
    public void One_acknowledgment_that_tells_of_many_segments_is_enough()
    {
        var story = Playbook.Established()
            .Server("bbbb", seq: 4).Server("cccc", seq: 8).Server("dddd", seq: 12)
            .Client(Playbook.Ack, ack: 0, options: Sack((4, 16))).Server("aaaa", seq: 0).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.FastRetransmission));
    }

    // RFC 6675 §2: news in SACK count, whatever the window does; blocks that say what was said do not.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 0)]
    public void News_in_sack_are_answered_fast_although_the_window_changes(int reports, int fast)
    {
        var book = Playbook.Established().Server("bbbb", seq: 4).Server("cccc", seq: 8).Server("dddd", seq: 12);
        for (var i = 1; i <= 3; i++)
        {
            book.Client(Playbook.Ack, ack: 0, window: (ushort)(1000 + i), options: Sack((4, (uint)(4 + (4 * int.Min(i, reports))))));
        }

        var story = book.Server("aaaa", seq: 0).Finish();

        Assert.Equal(0, Client(story, SegmentMarks.DuplicateAck));
        Assert.Equal(3, Client(story, SegmentMarks.WindowUpdate));
        Assert.Equal(fast, Server(story, SegmentMarks.FastRetransmission));
        Assert.Equal(1, Server(story, SegmentMarks.Retransmission) + Server(story, SegmentMarks.OutOfOrder));
    }

    [Fact]
    public void A_dsack_proves_that_the_copy_was_not_needed()
    {
        var story = Playbook.Established().Server("aaaa").Wait(30).Server("aaaa", seq: 0)
            .Client(Playbook.Ack, ack: 4, options: Sack((0, 4))).Finish();

        Assert.Equal(1, story.Summary.ServerEnd.Diagnosis.ProvenSpurious);
        var remark = Single(story, TcpRemarkKind.SpuriousRetransmission);
        Assert.Equal((Side.Server, 5, 6), (remark.Sender, remark.Earlier.Number, remark.Packet.Number));
    }

    [Fact]
    public void An_echo_of_the_first_copy_proves_that_the_second_was_not_needed()
    {
        var story = Playbook.Established().Server(Playbook.Ack, "aaaa", options: Clock(10, 1))
            .Wait(30).Server(Playbook.Ack, "aaaa", seq: 0, options: Clock(40, 1))
            .Client(Playbook.Ack, options: Clock(2, 10)).Finish();

        Assert.Equal(1, story.Summary.ServerEnd.Diagnosis.ProvenSpurious);
    }

    /// <summary>RFC 9293 §3.8.4: a probe's octet was acknowledged before.</summary>
    [Fact]
    public void The_last_octet_that_nobody_acknowledged_is_sent_again_and_no_probe()
    {
        var story = Playbook.Established().Client("GET").Server(Playbook.Ack).Client("!").Wait(300).Client("!", seq: 3).Server(Playbook.Ack).Finish();

        Assert.Equal((0, 1), (Client(story, SegmentMarks.KeepAlive), Client(story, SegmentMarks.RetransmissionTimeout)));
        Assert.Equal(0, story.Summary.ClientEnd.Counters.KeepAliveProbes);
    }

    [Fact]
    public void An_octet_that_asked_for_room_and_was_taken_leaves_no_hole()
    {
        var story = Playbook.Established().Client(Playbook.Ack).Server("aaaa").Client(Playbook.Ack, window: 0)
            .Wait(300).Server("b").Client(Playbook.Ack).Server("cc").Client(Playbook.Ack).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.ZeroWindowProbe));
        Assert.Equal((0, 0), (Server(story, SegmentMarks.LostSegment), Client(story, SegmentMarks.AckLostSegment)));
    }

    [Fact]
    public void SYNs_of_both_ends_are_answered_and_not_sent_again()
    {
        var story = Playbook.Start().Client(Playbook.Syn).Server(Playbook.Syn).Client(Playbook.SynAck, seq: -1).Server(Playbook.SynAck, seq: -1).Finish();

        Assert.Equal((0, 0), (Client(story, SegmentMarks.Retransmission), Server(story, SegmentMarks.Retransmission)));
    }

    /// <summary>In midstream the answer to a probe without octets is where the stream stands, and no octet is missing before it.</summary>
    [Fact]
    public void A_probe_as_the_first_segment_of_all_leaves_no_hole()
    {
        var story = Playbook.Start().Client(Playbook.Ack, seq: 9).Server(Playbook.Ack, ack: 10).Client("GET", seq: 10).Server(Playbook.Ack, ack: 13).Finish();

        Assert.Equal(0, Client(story, SegmentMarks.LostSegment));
    }

    /// <summary>Before the first segment that was captured lies nothing that was seen before.</summary>
    [Fact]
    public void What_comes_before_the_first_segment_of_all_was_overtaken()
    {
        var story = Playbook.Start().Server("bbbb", seq: 4).Server("aaaa", seq: 0).Finish();

        Assert.Equal((1, 0), (Server(story, SegmentMarks.OutOfOrder), Server(story, SegmentMarks.Retransmission)));
    }

    [Fact]
    public void Keep_alive_probes_and_their_answers()
    {
        var story = Playbook.Established().Client("GET").Server(Playbook.Ack)
            .Wait(1000).Client(Playbook.Ack, seq: 2).Server(Playbook.Ack).Finish();

        Assert.Equal(1, Client(story, SegmentMarks.KeepAlive));
        Assert.Equal(1, Server(story, SegmentMarks.KeepAliveAck));
        Assert.Equal(0, Server(story, SegmentMarks.DuplicateAck));
    }

    [Fact]
    public void A_closed_window_its_probes_and_its_opening()
    {
        var story = Playbook.Established().Server("aaaa").Client(Playbook.Ack, window: 0)
            .Wait(100).Server("b", seq: 4).Client(Playbook.Ack, ack: 4, window: 0)
            .Wait(100).Client(Playbook.Ack, ack: 4, window: 100).Finish();

        Assert.Equal(2, Client(story, SegmentMarks.ZeroWindow));
        Assert.Equal(1, Server(story, SegmentMarks.ZeroWindowProbe));
        Assert.Equal(1, Client(story, SegmentMarks.ZeroWindowProbeAck));
        Assert.Equal(1, Client(story, SegmentMarks.WindowUpdate));
        Assert.Equal(203_000_000, story.Summary.ClientEnd.Diagnosis.WindowClosed);
        Assert.Equal(203_000_000, Single(story, TcpRemarkKind.WindowReopened).Value);
    }

    [Fact]
    public void What_comes_again_behind_a_closed_window_asks_for_room()
    {
        var story = Playbook.Established().Server("aaaa").Server("bbbb").Client(Playbook.Ack, ack: 4, window: 0)
            .Wait(300).Server("bbbb", seq: 4).Wait(600).Client(Playbook.Ack, ack: 4, window: 100)
            .Wait(100).Server("bbbb", seq: 4).Wait(1_200).Server("bbbb", seq: 4).Finish();

        Assert.Equal(3, Server(story, SegmentMarks.Retransmission));
        Assert.Equal(
            [(TcpRemarkKind.ZeroWindowRetransmission, 302_000_000L), (TcpRemarkKind.ZeroWindowRetransmission, 702_000_000),
                (TcpRemarkKind.RetransmissionTimeout, 1_201_000_000)],
            story.Remarks.Where(remark => remark.Kind is TcpRemarkKind.ZeroWindowRetransmission or TcpRemarkKind.RetransmissionTimeout)
                .Select(remark => (remark.Kind, remark.Value)));
        Assert.Equal(2, Server(story, SegmentMarks.ZeroWindowRetransmission));
        Assert.Equal(1, Server(story, SegmentMarks.RetransmissionTimeout));
    }

    [Fact]
    public void A_segment_that_fills_the_window()
    {
        var story = Playbook.Established().Client(Playbook.Ack, "G", window: 4).Server("aaaa", ack: 1).Finish();

        Assert.Equal(1, Server(story, SegmentMarks.WindowFull));
    }

    [Fact]
    public void An_acknowledgment_of_what_was_not_captured()
    {
        var story = Playbook.Established().Missed(book => book.Server("aaaa")).Client(Playbook.Ack).Server("bbbb").Finish();

        Assert.Equal(1, Client(story, SegmentMarks.AckLostSegment));
        Assert.Equal(1, Server(story, SegmentMarks.LostSegment));
    }

    [Fact]
    public void What_the_capture_missed_on_both_ways_was_not_in_flight_together()
    {
        var story = Playbook.Established().Server("aaaa").Client(Playbook.Ack)
            .Missed(book => book.Server(new string('x', 1000)).Client(Playbook.Ack))
            .Server("bbbb").Server("cccc").Client(Playbook.Ack).Server("dd").Server("dddd").Finish();

        Assert.Equal(6, story.Summary.ServerEnd.Diagnosis.MostInFlight);
    }

    [Fact]
    public void What_sack_tells_of_is_in_flight_no_more()
    {
        var story = Playbook.Established().Server("aaaa").Server("bbbb").Server("cccc")
            .Client(Playbook.Ack, ack: 0, options: Sack((4, 12))).Server("dddd").Server("eeee").Server("ffff").Finish();

        Assert.Equal(16, story.Summary.ServerEnd.Diagnosis.MostInFlight);
    }

    [Fact]
    public void A_syn_on_ports_used_before()
    {
        var story = Playbook.InTimeWait().WithInitialSequences(90_000, 95_000).Client(Playbook.Syn).Finish();

        Assert.Equal(1, story.Summaries[^1].ClientEnd.Diagnosis.Of(SegmentMarks.ReusedPorts));
    }

    private static byte[] Clock(uint value, uint echo)
    {
        var options = new byte[12];
        options[0] = options[1] = 1;
        options[2] = 8;
        options[3] = 10;
        BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(4), value);
        BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(8), echo);
        return options;
    }

    /// <summary>Of the server's stream, whose first octet has sequence number 5,001.</summary>
    private static byte[] Sack(params (uint Left, uint Right)[] blocks)
    {
        var options = new byte[4 + (8 * blocks.Length)];
        options[0] = options[1] = 1;
        options[2] = 5;
        options[3] = (byte)(options.Length - 2);
        for (var i = 0; i < blocks.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(4 + (8 * i)), 5_001 + blocks[i].Left);
            BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(8 + (8 * i)), 5_001 + blocks[i].Right);
        }

        return options;
    }

    private static int Client(StreamStory story, SegmentMarks mark) => story.Summary.ClientEnd.Diagnosis.Of(mark);

    private static int Server(StreamStory story, SegmentMarks mark) => story.Summary.ServerEnd.Diagnosis.Of(mark);

    private static TcpRemark Single(StreamStory story, TcpRemarkKind kind) =>
        Assert.Single(story.Remarks, remark => remark.Kind == kind);
}
