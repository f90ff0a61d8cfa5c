using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>RST: who may send one where (RFC 9293 §3.10.7, RFC 5961 §3), and what it leaves unread.</summary>
public sealed class ResetTests
{
    [Fact]
    public void A_RST_at_the_next_octet_closes_both_ends()
    {
        var story = Established().Client("GET").Server("200").Client(RstAck).Finish();

        Assert.Equal((TcpState.Closed, StateBasis.Sent), (story.Summary.ClientEnd.State, story.Summary.ClientEnd.Basis));
        Assert.Equal((TcpState.Closed, StateBasis.Assumed), (story.Summary.ServerEnd.State, story.Summary.ServerEnd.Basis));
        Assert.Equal((CloseManner.Reset, Side.Client, 6L),
            (story.Summary.Close.How, story.Summary.Close.First, story.Summary.Close.Packet.Number));
        Assert.All(story.Ends, end => Assert.Equal(StreamEndCause.Reset, end.Cause));
        Assert.Equal(ZeekState.RSTO, story.Summary.ZeekState);
        Assert.Equal("ShADdR", story.Summary.ZeekHistory);
    }

    [Fact]
    public void A_SYN_ACK_behind_a_RST_that_answered_the_SYN_disproves_the_RST()
    {
        // The RST and the FIN are a middlebox's, with sequence numbers of its own.
        var story = Start().Client(Syn).Server(RstAck, seq: 70_000, ack: 0).Server(FinAck, seq: 70_000, ack: 0)
            .WithInitialSequences(1_000, 5_000).Server(SynAck, ack: 0).Client(Ack, seq: 0).Client("GET").Server("200")
            .Finish();

        Assert.Equal("OutOfState@3 RstDisproved@4", story.RemarkText);
        Assert.Equal(("GET", "200"), (story.TextOf(Side.Client), story.TextOf(Side.Server)));
        Assert.Equal((CloseManner.Open, TcpState.Established), (story.Summary.Close.How, story.Summary.ServerEnd.State));
    }

    [Fact]
    public void Octets_that_nobody_acknowledged_are_counted_for_each_end()
    {
        var story = Established().Client("GET").Server("200").Client(Ack, ack: 1).Server(RstAck, ack: 3).Finish();

        Assert.Equal((0, 2), (story.Summary.ClientEnd.Unacknowledged, story.Summary.ServerEnd.Unacknowledged));
        Assert.Equal((0, 64), (story.Summary.ClientEnd.RstTimeToLive, story.Summary.ServerEnd.RstTimeToLive));
    }

    [Fact]
    public void An_acknowledgment_behind_the_RST_counts()
    {
        var story = Established().Client("GET").Server("200").Server(RstAck).Client(Ack).Finish();

        Assert.Equal(0, story.Summary.ServerEnd.Unacknowledged);
    }

    [Fact]
    public void A_RST_is_obeyed_where_an_empty_segment_has_shown_its_sender_to_stand()
    {
        // The capture lacks the response, not the acknowledgment behind it.
        var story = Established().Client("GET").Missed(lines => lines.Server("200")).Client("GET", ack: 0).Server(Ack).Server(Rst).Finish();

        Assert.Equal((CloseManner.Reset, Side.Server), (story.Summary.Close.How, story.Summary.Close.First));
    }

    [Theory]
    [InlineData(-2_000)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(60_000)]
    [InlineData(2_000_000_000)]
    public void A_RST_elsewhere_is_not_obeyed(long seq)
    {
        // Three octets sent, two of them acknowledged.
        var story = Established().Client("GET").Server(Ack, ack: 2).Client(Rst, seq: seq).Server("200").Finish();

        Assert.Equal("UnacceptableRst@6", story.RemarkText);
        Assert.Equal(CloseManner.Open, story.Summary.Close.How);
        Assert.Equal(1, story.Summary.ClientEnd.Counters.Rsts);
        Assert.True(story.Summary.ClientEnd.Rst.IsNone);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_RST_may_stand_anywhere_between_what_was_acknowledged_and_what_was_sent(long seq)
    {
        var story = Established().Client("GET").Server(Ack, ack: 2).Client(Rst, seq: seq).Finish();

        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
    }

    [Fact]
    public void A_RST_behind_octets_that_only_the_receiver_has()
    {
        var story = Established().Missed(p => p.Server("200 OK")).Client(Ack).Server(Rst).Finish();

        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
        Assert.Equal(6, story.Summary.ServerEnd.Counters.Gap);
    }

    [Fact]
    public void A_RST_where_the_FIN_stood()
    {
        var story = InFinWait2().Server("late").Client(Rst, seq: 0).Finish();

        Assert.Equal(CloseManner.FinThenReset, story.Summary.Close.How);
        Assert.Equal(TcpState.Closed, story.Summary.ServerEnd.State);
    }

    [Fact]
    public void A_RST_on_octets_that_stay_unread()
    {
        var story = Established().Client("GET").Server("200").Client("POST").Server(RstAck).Finish();

        Assert.True(story.Summary.Close.ResetOnUnread);
        Assert.Equal(4, story.Summary.Close.UnreadOctets);
    }

    [Fact]
    public void A_FIN_that_the_RST_acknowledges_is_not_unread()
    {
        var story = Established().Client("POST").Client(FinAck).Server(RstAck).Finish();

        Assert.Equal(4, story.Summary.Close.UnreadOctets);
        Assert.Equal(CloseManner.FinThenReset, story.Summary.Close.How);
    }

    [Fact]
    public void A_RST_when_all_was_answered_leaves_nothing_unread()
    {
        var story = Established().Client("GET").Server("200").Server(RstAck).Finish();

        Assert.False(story.Summary.Close.ResetOnUnread);
        Assert.Equal(0, story.Summary.Close.UnreadOctets);
        Assert.Equal(ZeekState.RSTR, story.Summary.ZeekState);
    }

    [Fact]
    public void A_RST_before_the_other_ends_FIN_is_no_half_close()
    {
        var story = Established().Client("GET").Server(Rst, seq: 0).Client(FinAck).Finish();

        Assert.Equal((CloseManner.Reset, Side.Server), (story.Summary.Close.How, story.Summary.Close.First));
    }

    [Fact]
    public void A_RST_behind_two_FINs_closed_nothing()
    {
        var story = InTimeWait().Server(Rst).Finish();

        Assert.Equal((CloseManner.Fin, Side.Client, 4L),
            (story.Summary.Close.How, story.Summary.Close.First, story.Summary.Close.Packet.Number));
        Assert.True(story.Summary.Close.ClientHoldsTimeWait);
        Assert.Equal(TcpState.Closed, story.Summary.ClientEnd.State);
    }

    [Fact]
    public void It_ends_TIME_WAIT_before_its_time()
    {
        var play = InTimeWait().Wait(3000).Server(Rst);
        var close = play.Finish().Summary.Close;

        Assert.Equal((true, play.Packet, play.Packet.Time), (close.ClientHoldsTimeWait, close.TimeWaitReset, close.TimeWaitUntil));
    }

    [Fact]
    public void Behind_the_time_of_TIME_WAIT_it_ends_nothing()
    {
        var close = InTimeWait().Wait(61_000).Server(Rst).Finish().Summary.Close;

        Assert.True(close.ClientHoldsTimeWait);
        Assert.True(close.TimeWaitReset.IsNone);
    }

    [Fact]
    public void Who_meets_the_last_FIN_with_a_RST_was_in_FIN_WAIT_2_no_more_and_holds_no_TIME_WAIT()
    {
        var story = InFinWait2().Wait(90_000).Server(FinAck).Client(Rst).Finish();

        Assert.False(story.Summary.Close.ClientHoldsTimeWait);
        Assert.Equal((TcpState.Closed, TcpState.Closed), (story.Summary.ClientEnd.State, story.Summary.ServerEnd.State));
    }

    [Fact]
    public void Text_on_a_RST_is_part_of_the_stream()
    {
        var story = Established().Client("GET").Server(RstAck, "go away").Finish();

        Assert.Equal("go away", story.TextOf(Side.Server));
        Assert.Equal("RstPayload@5", story.RemarkText);
        Assert.Equal((7L, StreamEndCause.Reset),
            story.Ends.Where(end => end.Sender == Side.Server).Select(end => (end.Offset, end.Cause)).Single());
    }

    [Fact]
    public void Text_on_a_RST_that_nobody_obeys_is_not()
    {
        var story = Established().Client("GET").Server(RstAck, "go away", seq: 70_000).Server("200", seq: 0).Finish();

        Assert.Equal("200", story.TextOf(Side.Server));
        Assert.Empty(story.Gaps);
        Assert.Equal(7, story.Summary.ServerEnd.Counters.AfterEnd);
    }

    [Fact]
    public void Octets_after_a_RST_are_handed_on_with_a_remark()
    {
        var story = Established().Client("GET").Server(Rst, seq: 0).Client("more").Finish();

        Assert.Equal("GETmore", story.TextOf(Side.Client));
        Assert.Equal("OctetsAfterEnd@6", story.RemarkText);
        Assert.Equal(2, story.Ends.Count);
    }

    [Fact]
    public void A_RST_that_overtakes_octets_makes_no_hole()
    {
        var story = Established().Client("GET").Server("def", seq: 3).Server(RstAck, seq: 6).Server("abc", seq: 0).Finish();

        Assert.Equal("abcdef", story.TextOf(Side.Server));
        Assert.Empty(story.Gaps);
        Assert.Equal(0, story.Summary.ServerEnd.Counters.Gap);
    }

    [Fact]
    public void What_a_RST_may_have_overtaken_is_waited_for()
    {
        var play = Established().Client("GET").Server("def", seq: 3).Server(RstAck, seq: 6);
        Assert.Equal(Side.Client, Assert.Single(play.Story.Ends).Sender);

        play.Wait(2_000).Icmp(3, 1);

        Assert.Equal((Side.Server, StreamEndCause.Reset, 6L),
            (play.Story.Ends[1].Sender, play.Story.Ends[1].Cause, play.Story.Ends[1].Packet.Number));
        Assert.Equal(3, Assert.Single(play.Story.Gaps).Length);
        Assert.Equal(2, play.Finish().Ends.Count);
    }

    [Fact]
    public void A_servers_octets_may_cross_the_clients_RST()
    {
        var play = Established().Client("GET").Client(RstAck).Server("200");
        Assert.Equal(Side.Client, Assert.Single(play.Story.Ends).Sender);

        var story = play.Wait(2_000).Icmp(3, 1).Finish();

        Assert.Equal("OctetsAfterEnd@6 IcmpError@7", story.RemarkText);
        Assert.Equal((Side.Server, 3L, 5L), (story.Ends[1].Sender, story.Ends[1].Offset, story.Ends[1].Packet.Number));
    }

    // RFC 9293 §3.10.7.4 and RFC 5961 §3.2: exactly at RCV.NXT.
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void A_RST_where_the_FIN_was_does_not_end_TIME_WAIT(long seq, bool ends)
    {
        var story = Established().Client("GET").Server("200").Server(FinAck).Client(FinAck).Server(Ack)
            .Client(Rst, seq: seq).Finish();

        Assert.Equal(ends ? TcpState.Closed : TcpState.TimeWait, story.Summary.ServerEnd.State);
        Assert.Equal(ends, !story.Summary.Close.TimeWaitReset.IsNone);
    }

    [Fact]
    public void A_RST_from_an_end_of_which_nothing_else_was_captured()
    {
        var play = Start().Client("GET").Missed(p => p.Server("200")).Client(Ack);

        var story = play.Server(Rst).Finish();

        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
    }

    [Fact]
    public void A_forged_RST_from_an_end_of_which_nothing_else_was_captured()
    {
        var story = Start().Client("GET", ack: 0).Server(Rst, seq: -50_000).Server("200", seq: 0).Client(Ack).Finish();

        Assert.Equal("UnacceptableRst@2", story.RemarkText);
        Assert.Equal("200", story.TextOf(Side.Server));
        Assert.Empty(story.Gaps);
    }

    [Fact]
    public void A_RST_alone()
    {
        var story = Start().Server(Rst).Finish();

        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
        Assert.Equal(TcpState.Closed, story.Summary.ClientEnd.State);
    }

    [Fact]
    public void A_SYN_that_its_sender_takes_back()
    {
        var story = Start().Client(Syn).Client(Rst).Finish();

        Assert.Equal(ZeekState.RSTOS0, story.Summary.ZeekState);
        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
    }
}
