using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>How connections end by FIN: RFC 9293 §3.6.</summary>
public sealed class CloseTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void The_client_closes_first_and_holds_TIME_WAIT()
    {
        var play = InTimeWait();

        var story = play.Finish();

        Assert.Equal("FinWait1/Sent@4 FinWait2/Assumed@5 TimeWait/Assumed@5 TimeWait/Acked@6", Closing(story, Side.Client));
        Assert.Equal("CloseWait/Assumed@4 CloseWait/Acked@5 LastAck/Sent@5 Closed/Assumed@6", Closing(story, Side.Server));
        var close = story.Summary.Close;
        Assert.Equal((CloseManner.Fin, Side.Client, 4L), (close.How, close.First, close.Packet.Number));
        Assert.Equal((true, false), (close.ClientHoldsTimeWait, close.ServerHoldsTimeWait));
        Assert.Equal(play.Packet.Time.Plus(TrackerLimits.Default.TimeWait), close.TimeWaitUntil);
        Assert.Equal(ZeekState.SF, story.Summary.ZeekState);
        Assert.Equal("ShAFf", story.Summary.ZeekHistory);
        Assert.Equal(TcpState.TimeWait, story.Summary.ClientEnd.State);
        Assert.Equal("", story.RemarkText);
    }

    [Fact]
    public void The_server_closes_first_and_holds_TIME_WAIT()
    {
        var story = Established().Client("GET").Server("200").Server(FinAck).Client(FinAck).Server(Ack).Finish();

        var close = story.Summary.Close;
        Assert.Equal((CloseManner.Fin, Side.Server, 6L), (close.How, close.First, close.Packet.Number));
        Assert.Equal((false, true), (close.ClientHoldsTimeWait, close.ServerHoldsTimeWait));
        Assert.Equal(TcpState.Closed, story.Summary.ClientEnd.State);
        Assert.Equal([(Side.Server, 3L, StreamEndCause.Fin), (Side.Client, 3L, StreamEndCause.Fin)],
            story.Ends.Select(end => (end.Sender, end.Offset, end.Cause)));
    }

    [Fact]
    public void Half_close_with_octets_and_their_span()
    {
        var story = InFinWait2().Wait(10).Server("0123456789").Client(Ack).Wait(10).Server("abc").Client(Ack)
            .Wait(10).Server(FinAck).Client(Ack).Finish();

        Assert.Equal(13, story.Summary.Close.HalfCloseOctets);
        Assert.Equal(36 * Millisecond, story.Summary.Close.HalfCloseNanoseconds);
        Assert.Equal("FinWait1/Sent@4 FinWait2/Assumed@5 TimeWait/Assumed@10 TimeWait/Acked@11", Closing(story, Side.Client));
    }

    /// <summary>RFC 9293 §3.10.7.4: the segment is dropped, and an ACK sent.</summary>
    [Theory]
    [InlineData(8_000_000)]
    [InlineData(500_000_000)]
    [InlineData(2_000_000_000)]
    public void A_FIN_far_beyond_the_window_closes_nothing(long seq)
    {
        var story = Established().Client("GET").Server(Ack).Server(FinAck, seq: seq)
            .Client(Ack, ack: 0).Server("200", seq: 0).Client(Ack, ack: 3).Finish();

        Assert.Equal("OutOfState@6", story.RemarkText);
        Assert.Equal((TcpState.Established, TcpState.Established), (story.Summary.ClientEnd.State, story.Summary.ServerEnd.State));
        Assert.Equal((CloseManner.Open, 3), (story.Summary.Close.How, story.Summary.ServerEnd.Counters.Delivered));
        Assert.Equal(0, story.Summary.ServerEnd.Counters.Gap);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100_000)]
    [InlineData(4_000_000)]
    [InlineData(500_000_000)]
    public void A_FIN_behind_octets_that_the_capture_lacks_closes(long seq)
    {
        var story = Established().Client("GET").Server(Ack).Server(FinAck, seq: seq).Client(FinAck).Finish();

        var close = story.Summary.Close;
        Assert.Equal((CloseManner.Fin, Side.Server, 6), (close.How, close.First, close.Packet.Number));
        Assert.Equal((1, seq), (story.Summary.ServerEnd.Counters.Fins, story.Summary.ServerEnd.Counters.Gap));
    }

    [Fact]
    public void Half_closed_when_last_seen()
    {
        var story = InFinWait2().Server("more").Finish();

        Assert.Equal(CloseManner.HalfClosed, story.Summary.Close.How);
        Assert.Equal(ZeekState.S2, story.Summary.ZeekState);
        Assert.Equal((TcpState.FinWait2, TcpState.CloseWait), (story.Summary.ClientEnd.State, story.Summary.ServerEnd.State));
        Assert.Equal(StreamEndCause.CaptureEnd, story.Ends.Single(end => end.Sender == Side.Server).Cause);
    }

    [Fact]
    public void Both_close_at_once()
    {
        var story = Established().Client(FinAck).Server(FinAck, ack: 0).Client(Ack).Server(Ack).Finish();

        Assert.Equal("FinWait1/Sent@4 Closing/Assumed@5 Closing/Acked@6 TimeWait/Assumed@7", Closing(story, Side.Client));
        Assert.Equal("CloseWait/Assumed@4 FinWait1/Sent@5 Closing/Assumed@5 TimeWait/Assumed@6 TimeWait/Acked@7",
            Closing(story, Side.Server));
        Assert.Equal(CloseManner.SimultaneousFin, story.Summary.Close.How);
        Assert.Equal((true, true), (story.Summary.Close.ClientHoldsTimeWait, story.Summary.Close.ServerHoldsTimeWait));
        Assert.Equal(0, story.Summary.Close.HalfCloseNanoseconds);
        Assert.Equal("", story.RemarkText);
    }

    /// <summary>One acknowledges the other, which the tap has put behind it: that one was first.</summary>
    [Fact]
    public void FINs_that_the_tap_put_in_the_wrong_order_did_not_cross()
    {
        var story = Established().Client(FinAck, ack: 1).Server(FinAck, ack: 0).Server(Ack).Finish();

        Assert.Equal("FinWait1/Sent@4 LastAck/Sent@5 Closed/Assumed@6", Closing(story, Side.Client));
        Assert.Equal(
            "CloseWait/Assumed@4 FinWait1/Sent@5 FinWait2/Assumed@5 TimeWait/Assumed@5 TimeWait/Acked@6", Closing(story, Side.Server));
        var close = story.Summary.Close;
        Assert.Equal((CloseManner.Fin, Side.Server, 5L), (close.How, close.First, close.Packet.Number));
        Assert.Equal((false, true), (close.ClientHoldsTimeWait, close.ServerHoldsTimeWait));
        Assert.Equal("", story.RemarkText);
    }

    [Fact]
    public void A_FIN_whose_acknowledgment_the_tap_put_before_it_is_acknowledged()
    {
        var story = Established().Client(FinAck).Client(Ack, ack: 1).Server(FinAck).Finish();

        Assert.Equal("CloseWait/Assumed@4 CloseWait/Acked@6 LastAck/Sent@6 Closed/Assumed@6", Closing(story, Side.Server));
        Assert.Equal((TcpState.TimeWait, 6L), (story.Summary.ClientEnd.State, story.Summary.ServerEnd.FinAcknowledged.Number));
    }

    [Fact]
    public void A_FIN_that_comes_again_begins_TIME_WAIT_again()
    {
        var play = InTimeWait().Wait(200).Server(FinAck, seq: 0);

        var story = play.Finish();

        Assert.Equal("RetransmissionTimeout@7 FinRetransmission@7", story.RemarkText);
        Assert.Equal(5, story.Remarks[1].Earlier.Number);
        Assert.Equal(play.Packet.Time.Plus(TrackerLimits.Default.TimeWait), story.Summary.Close.TimeWaitUntil);
        Assert.Equal(2, story.Summary.ServerEnd.Counters.Fins);
        Assert.Equal(2, story.Ends.Count);
    }

    [Fact]
    public void A_copy_of_a_FIN_that_comes_too_soon_was_not_sent_again()
    {
        var before = InTimeWait().Finish();

        var story = InTimeWait().Wait(2).Server(FinAck, seq: 0).Finish();

        Assert.Equal(before.Summary.Close.TimeWaitUntil, story.Summary.Close.TimeWaitUntil);
        Assert.Equal((1, 1), (story.Summary.ServerEnd.Counters.Fins, story.Summary.ServerEnd.Counters.DoubledFins));
    }

    [Fact]
    public void A_segment_with_octets_and_FIN_that_comes_again()
    {
        var story = Established().Client(FinAck, "bye").Client(FinAck, "bye", seq: 0).Server(Ack).Finish();

        Assert.Equal("bye", story.TextOf(Side.Client));
        Assert.Equal("Retransmission@5 FinRetransmission@5", story.RemarkText);
        Assert.Equal("ShADF", story.Summary.ZeekHistory[..5]);
    }

    [Fact]
    public void A_FIN_that_the_capture_missed_is_no_gap()
    {
        var story = Established().Server("200").Missed(p => p.Server(FinAck)).Client(Ack).Client(FinAck).Server(Ack).Finish();

        Assert.Empty(story.Gaps);
        Assert.Equal(3, story.Summary.ServerEnd.Counters.Delivered);
        Assert.Equal(CloseManner.HalfClosed, story.Summary.Close.How);
    }

    [Fact]
    public void A_FIN_that_the_capture_missed_is_seen_when_it_comes_again()
    {
        var story = Established().Server("200").Missed(p => p.Server(FinAck)).Client(Ack).Server(FinAck, seq: 3)
            .Client(FinAck).Server(Ack).Finish();

        Assert.Equal(CloseManner.Fin, story.Summary.Close.How);
        Assert.Empty(story.Gaps);
        Assert.Equal(TcpState.TimeWait, story.Summary.ServerEnd.State);
    }

    [Fact]
    public void Octets_and_FIN_missed_and_then_the_FIN_comes_again()
    {
        var play = Established().Missed(p => p.Server("200 OK").Server(FinAck)).Client(Ack).Wait(1000).Client(Ack);

        var story = play.Server(FinAck, seq: 6).Client(FinAck).Server(Ack).Finish();

        Assert.Equal(CloseManner.Fin, story.Summary.Close.How);
        Assert.Equal(6, story.Summary.ServerEnd.Counters.Gap);
        Assert.Equal(6, story.Ends.Single(end => end.Sender == Side.Server).Offset);
        Assert.Equal(TcpState.TimeWait, story.Summary.ServerEnd.State);
    }

    [Fact]
    public void Octets_missing_before_a_FIN_that_is_acknowledged_are_a_gap_before_its_end()
    {
        var play = Established().Missed(p => p.Server("200 OK")).Server(FinAck).Client(Ack).Wait(1000);

        var story = play.Client(FinAck).Server(Ack).Finish();

        Assert.Equal((0L, 6L, GapCause.Acknowledged), Only(story.Gaps));
        Assert.Equal((6L, StreamEndCause.Fin),
            story.Ends.Where(end => end.Sender == Side.Server).Select(end => (end.Offset, end.Cause)).Single());
        // The client acknowledged it, so it had what the capture missed.
        Assert.Equal("CloseWait/Acked@5 LastAck/Sent@6 Closed/Assumed@7", Closing(story, Side.Client));
    }

    [Fact]
    public void Octets_missing_before_a_FIN_that_nobody_acknowledged_end_with_the_capture()
    {
        var story = Established().Missed(p => p.Server("200 OK")).Server(FinAck).Finish();

        Assert.Equal((0L, 6L, GapCause.Ended), Only(story.Gaps));
        Assert.Equal(6, story.Summary.ServerEnd.Counters.TrailingGap);
        Assert.Equal((6L, StreamEndCause.Fin),
            story.Ends.Where(end => end.Sender == Side.Server).Select(end => (end.Offset, end.Cause)).Single());
    }

    [Fact]
    public void A_FIN_behind_a_hole_is_in_order_once_the_hole_is_filled()
    {
        var story = Established().Server(FinAck, seq: 3).Server("200", seq: 0).Client(Ack, ack: 4).Finish();

        Assert.Equal("200", story.TextOf(Side.Server));
        Assert.Equal("CloseWait/Assumed@5 CloseWait/Acked@6", Closing(story, Side.Client));
        Assert.Empty(story.Gaps);
        Assert.Equal(5, story.Ends.Single(end => end.Sender == Side.Server).Packet.Number);
    }

    [Fact]
    public void Octets_beyond_the_FIN_are_read_by_nobody()
    {
        var story = Established().Client(FinAck, "bye").Client("beyond", seq: 3).Client("yes, beyond", seq: 0).Finish();

        Assert.Equal("bye", story.TextOf(Side.Client));
        Assert.Equal("OctetsAfterEnd@5 OctetsAfterEnd@6 Retransmission@6 OverlapConflict@6", story.RemarkText);
        var counters = story.Summary.ClientEnd.Counters;
        Assert.Equal((3L, 8L, 9L), (counters.Delivered, counters.AfterEnd, counters.Duplicate));
    }

    [Fact]
    public void A_FIN_before_octets_that_are_known_is_not_the_end()
    {
        var story = Established().Client("0123456789").Client(FinAck, seq: 4).Client("more", seq: 10).Finish();

        Assert.Equal("0123456789more", story.TextOf(Side.Client));
        Assert.Equal(CloseManner.Open, story.Summary.Close.How);
        Assert.Equal("OctetsAfterEnd@5", story.RemarkText);
    }

    [Fact]
    public void TIME_WAIT_that_ends_before_the_connection_leaves_ends_by_the_timer()
    {
        var play = InTimeWait(TrackerLimits.Default with { TimeWait = 3 * Timestamp.NanosecondsPerSecond });
        var expiry = play.Packet.Time.Plus(3 * Timestamp.NanosecondsPerSecond);
        var story = play.Wait(100_000).Icmp(3, 1).Finish();

        var last = story.Changes[^1];
        Assert.Equal((Side.Client, TcpState.Closed, StateBasis.Timer, expiry),
            (last.Side, last.To, last.Basis, last.Packet.Time));
        Assert.True(story.Summary.Close.ClientHoldsTimeWait);
    }

    [Fact]
    public void A_closed_connection_leaves_at_the_first_tick_after_its_grace()
    {
        var play = InTimeWait();
        Assert.Empty(play.Wait(3_000).Icmp(3, 1).Story.Summaries);

        var story = play.Wait(2_000).Icmp(3, 1).Story;

        Assert.Equal(TcpState.TimeWait, Assert.Single(story.Summaries).ClientEnd.State);
    }

    [Fact]
    public void Octets_that_were_jumped_over_were_not_sent_through_a_half_open_connection()
    {
        var story = InFinWait2().Server("200").Server("x", seq: 6_000_000).Finish();

        Assert.Equal(4, story.Summary.Close.HalfCloseOctets);
    }

    [Theory]
    [InlineData(290, 1_000_000, 0)]
    [InlineData(400, 10_000, 1)]
    [InlineData(900, 1_000, 0)]
    [InlineData(1_500, 1_000, 1)]
    [InlineData(2_500, 500, 1)]
    [InlineData(2_500, 300, 0)]
    public void A_closed_connection_leaves_sooner_where_more_begin_but_not_before_its_first_retransmission(
        int milliseconds, int begun, int left)
    {
        var play = InTimeWait();
        play.BegunBetweenTicks = begun;

        Assert.Equal(left, play.Wait(milliseconds).Icmp(3, 1).Story.Summaries.Count);
    }

    [Fact]
    public void A_late_segment_is_counted_and_opens_nothing()
    {
        var play = InTimeWait().Wait(10_000).Server(FinAck, seq: 0).Client(Ack);

        var story = play.Finish();

        Assert.Single(story.Openings);
        Assert.Single(story.Summaries);
        Assert.Equal(2, play.Tracker.LateSegments);
    }

    [Theory]
    [InlineData(10_000, "TimeWaitReuse@7")]
    [InlineData(200_000, "")]
    public void A_SYN_after_the_connection_has_left_is_the_next_incarnation(int milliseconds, string remarks)
    {
        var story = InTimeWait().Wait(milliseconds).WithInitialSequences(70_000, 80_000).Client(Syn).Finish();

        Assert.Equal([1, 2], story.Openings.Select(opening => opening.Incarnation));
        Assert.Equal(remarks, story.RemarkText);
    }

    [Fact]
    public void A_FIN_that_comes_late_starts_TIME_WAIT_again()
    {
        var play = InTimeWait().Wait(50_000).Server(FinAck, seq: 0).Wait(30_000).WithInitialSequences(70_000, 80_000);

        Assert.Equal("TimeWaitReuse@8", play.Client(Syn).Finish().RemarkText);
    }

    [Fact]
    public void After_the_retention_incarnations_count_from_one_again()
    {
        var story = InTimeWait().Wait(300_000).WithInitialSequences(70_000, 80_000).Client(Syn).Finish();

        Assert.Equal([1, 1], story.Openings.Select(opening => opening.Incarnation));
    }

    [Fact]
    public void A_connection_picked_up_midstream_closes_as_any_other()
    {
        var story = Start().Client("GET").Server("200").Client(FinAck).Server(FinAck).Client(Ack).Finish();

        Assert.Equal(CloseManner.Fin, story.Summary.Close.How);
        Assert.Equal((TcpState.TimeWait, TcpState.Closed), (story.Summary.ClientEnd.State, story.Summary.ServerEnd.State));
    }

    [Fact]
    public void Only_the_clients_side_captured()
    {
        var play = Start().Client(Syn).Missed(p => p.Server(SynAck)).Client(Ack).Client("GET");

        var story = play.Missed(p => p.Server("200").Server(FinAck)).Client(Ack).Client(FinAck).Finish();

        Assert.Equal("SynSent/Sent@1 Established/Acked@2 FinWait1/Sent@5", story.StatesOf(Side.Client));
        Assert.Equal(CloseManner.HalfClosed, story.Summary.Close.How);
    }

    private static string Closing(StreamStory story, Side side)
    {
        var states = story.StatesOf(side).Split(' ');
        return string.Join(' ', states.SkipWhile(state =>
            state.StartsWith("Syn", StringComparison.Ordinal) || state.StartsWith("Established", StringComparison.Ordinal)));
    }

    private static (long Offset, long Length, GapCause Cause) Only(List<StreamGap> gaps)
    {
        var gap = Assert.Single(gaps);
        return (gap.Offset, gap.Length, gap.Cause);
    }

    /// <summary>RFC 9293 §3.8.1: what is sent again was not acknowledged there, whatever the tap saw go that way.</summary>
    [Fact]
    public void A_FIN_that_comes_again_by_its_timer_shows_that_its_acknowledgment_was_lost()
    {
        var closed = Established().Client(FinAck).Server(Ack).Server(FinAck).Client(Ack).Wait(300).Server(FinAck, seq: 0).Finish();
        Assert.Equal(TcpState.LastAck, closed.Summary.ServerEnd.State);

        var halfClosed = Established().Client(FinAck).Server(Ack).Wait(300).Client(FinAck, seq: 0).Finish();
        Assert.Equal(TcpState.FinWait1, halfClosed.Summary.ClientEnd.State);

        var answered = Established().Client(FinAck).Server(Ack).Wait(300).Client(FinAck, seq: 0).Server(Ack).Finish();
        Assert.Equal(TcpState.FinWait2, answered.Summary.ClientEnd.State);
    }

}
