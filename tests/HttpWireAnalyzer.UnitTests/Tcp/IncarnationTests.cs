using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>One 4-tuple, several connections: RFC 9293 §3.4.1, RFC 6191, RFC 5961 §4.</summary>
public sealed class IncarnationTests
{
    private const uint ClientAgain = 900_000;
    private const uint ServerAgain = 800_000;

    [Fact]
    public void The_port_is_used_again_in_TIME_WAIT()
    {
        var story = InTimeWait().Wait(5_000).WithInitialSequences(ClientAgain, ServerAgain)
            .Client(Syn).Server(SynAck).Client(Ack).Client("GET").Finish();

        Assert.Equal([1, 2], story.Openings.Select(opening => opening.Incarnation));
        Assert.Equal("TimeWaitReuse@7", story.RemarkText);
        Assert.Equal(5_001_000_000, story.Remarks[0].Value);
        Assert.Equal(1, story.Remarks[0].Connection.Number);
        Assert.Equal("GET", story.TextOf(Side.Client, 1));
        Assert.Equal([0, 1], story.Summaries.Select(summary => summary.Connection.Number));
    }

    // RFC 9293 §3.5.1: TIME-WAIT answers a SYN that it does not take with the ACK of the old connection.
    [Fact]
    public void A_SYN_that_TIME_WAIT_refuses_is_answered_out_of_the_old_connection()
    {
        var story = Established().Client("GET").Server("200").Server(FinAck).Client(FinAck).Server(Ack).Wait(1_000)
            .WithInitialSequences(2_000, ServerAgain).Client(Syn)
            .WithInitialSequences(1_000, 5_000).Server(Ack, seq: 4, ack: 4).Client(Rst, seq: 4).Wait(1_000)
            .WithInitialSequences(2_000, ServerAgain).Client(Syn).Server(SynAck).Client(Ack).Client("GET").Finish();

        Assert.Equal("TimeWaitReuse@9 ChallengeAck@10 RetransmissionTimeout@12 Retransmission@12", story.RemarkText);
        Assert.Equal([CloseManner.Fin, CloseManner.Open], story.Summaries.Select(summary => summary.Close.How));
        Assert.Equal((10L, 11L), (story.Summaries[0].ServerEnd.Last.Number, story.Summaries[0].Close.TimeWaitReset.Number));
        Assert.Equal("GET", story.TextOf(Side.Client, 1));
        Assert.Empty(story.Gaps);
    }

    [Fact]
    public void The_port_is_used_again_after_TIME_WAIT()
    {
        var story = InTimeWait().Wait(61_000).WithInitialSequences(ClientAgain, ServerAgain).Client(Syn).Finish();

        Assert.Equal("", story.RemarkText);
        Assert.Equal(2, story.Summaries.Count);
    }

    [Fact]
    public void The_port_is_used_again_from_the_other_end()
    {
        var story = InTimeWait().WithInitialSequences(ClientAgain, ServerAgain)
            .Server(Syn).Client(SynAck).Server(Ack).Server("GET").Finish();

        Assert.Equal(ServerEndpoint, story.Openings[1].Client);
        Assert.Equal("GET", story.TextOf(Side.Client, 1));
    }

    [Fact]
    public void A_refused_port_is_tried_again()
    {
        var story = Start().Client(Syn).Server(RstAck, seq: -5_001).Wait(10)
            .WithInitialSequences(ClientAgain, ServerAgain).Client(Syn).Server(SynAck).Client(Ack).Finish();

        Assert.Equal([CloseManner.Refused, CloseManner.Open], story.Summaries.Select(summary => summary.Close.How));
        Assert.Equal("", story.RemarkText);
    }

    [Fact]
    public void Never_split_by_silence()
    {
        var story = Established().Client("GET").Wait(24 * 3600 * 1000).Server("200").Finish();

        Assert.Single(story.Summaries);
        Assert.Equal("200", story.TextOf(Side.Server));
    }

    [Fact]
    public void A_SYN_on_an_open_connection_is_challenged_and_the_client_recovers()
    {
        var play = SynOnOpenConnection();
        Recover(play);

        // The client, which lost its state, tries again.
        var story = play.WithInitialSequences(ClientAgain, ServerAgain).Client(Syn).Server(SynAck).Client(Ack)
            .Client("GET").Finish();

        Assert.Equal("SynOnOpenConnection@5 ChallengeAck@6 Retransmission@8", story.RemarkText);
        Assert.Equal([CloseManner.Reset, CloseManner.Open], story.Summaries.Select(summary => summary.Close.How));
        Assert.Equal("GET", story.TextOf(Side.Client, 1));
        Assert.Equal((6L, 7L), (story.Summaries[0].ServerEnd.Last.Number, story.Summaries[0].ClientEnd.Rst.Number));
        Assert.Equal(Side.Server, story.Remarks[1].Sender);
    }

    [Fact]
    public void Nothing_was_open_where_both_ends_have_closed_though_the_capture_lacks_a_FIN()
    {
        var story = Established().Missed(lines => lines.Server(FinAck)).Client(Ack).Client(FinAck).Server(Ack)
            .WithInitialSequences(ClientAgain, ServerAgain).Client(Syn).Server(SynAck).Client(Ack).Finish();

        Assert.DoesNotContain("SynOnOpenConnection", story.RemarkText, StringComparison.Ordinal);
        Assert.Equal(2, story.Summaries.Count);
    }

    [Fact]
    public void A_SYN_on_an_open_connection_that_is_answered_ends_the_old_one()
    {
        var story = SynOnOpenConnection().WithInitialSequences(ClientAgain, ServerAgain)
            .Server(SynAck, ack: 0).Client(Ack, seq: 0).Client("GET").Finish();

        Assert.Equal("SynOnOpenConnection@5", story.RemarkText);
        Assert.Equal([0, 1], story.Summaries.Select(summary => summary.Connection.Number));
        Assert.Equal("GET", story.TextOf(Side.Client, 1));
    }

    [Fact]
    public void The_old_connection_goes_on_behind_a_forged_SYN()
    {
        var story = SynOnOpenConnection().WithInitialSequences(1_000, 5_000).Server("200", seq: 0, ack: 3)
            .Client("POST", seq: 3, ack: 3).Finish();

        Assert.Equal("200", story.TextOf(Side.Server));
        Assert.Equal("GETPOST", story.TextOf(Side.Client));
        Assert.Equal(2, story.Summaries.Count);
        Assert.Equal(2, story.Summaries.Select(summary => summary.Connection.Number).Distinct().Count());
    }

    [Fact]
    public void The_old_SYN_ACK_sent_again_belongs_to_the_old_connection()
    {
        var story = Start().Client(Syn).Server(SynAck).WithInitialSequences(ClientAgain, 5_000).Client(Syn)
            .WithInitialSequences(1_000, 5_000).Wait(100).Server(SynAck, ack: 0).Finish();

        Assert.Equal([2, 0], story.Summaries.Select(summary => summary.ServerEnd.Counters.SynAcks));
    }

    [Fact]
    public void A_SYN_ACK_that_answers_nothing_from_the_end_that_sent_the_SYN_is_a_stray()
    {
        var story = Start().Client(Syn).Server(SynAck).Client(SynAck, seq: 424_242, ack: 77).Finish();

        Assert.Equal("SynAckChanged@3 AckedUnseen@3", story.RemarkText);
        Assert.Equal(1, story.Summary.ClientEnd.Counters.SynAcks);
    }

    [Fact]
    public void The_old_connections_slot_is_given_away_only_once()
    {
        // The challenged connection is reset, retires and leaves while the new one still waits for its answer.
        var play = SynOnOpenConnection(TrackerLimits.Default with { ClosedGrace = 0 });
        Recover(play);

        var story = play.WithInitialSequences(ClientAgain, ServerAgain).Client(Syn).Finish();

        Assert.Equal([0, 1], story.Summaries.Select(summary => summary.Connection.Number));
    }

    [Fact]
    public void A_slot_that_another_connection_has_now_is_left_alone()
    {
        var limits = TrackerLimits.Default with { ClosedGrace = 0 };
        var play = SynOnOpenConnection(limits);
        Recover(play);
        var stranger = new SegmentLine(ClientEndpoint with { Port = 5555 }, ServerEndpoint, 77, Syn);
        stranger.PlayInto(play.Tracker, play.Packet);

        // Were the old slot still remembered, this answer would close the stranger.
        var story = play.WithInitialSequences(ClientAgain, ServerAgain).Server(SynAck, ack: 0).Story;

        Assert.Equal([0], story.Summaries.Select(summary => summary.Connection.Number));
        play.Finish();
        Assert.Equal([0, 1, 2], story.Summaries.Select(summary => summary.Connection.Number));
    }

    [Fact]
    public void An_acknowledgment_behind_what_the_capture_missed_is_no_challenge()
    {
        // The SYN-ACK and the request are not in the capture.
        var story = Start().Client(Syn).Server(Ack, seq: 0, ack: 500).Finish();

        Assert.DoesNotContain("ChallengeAck", story.RemarkText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_challenge_out_of_a_connection_that_was_not_captured()
    {
        var play = Start().Client(Syn).Server(Ack, seq: 12_345, ack: 500_000).Client(Rst, seq: 500_000).Wait(1_000);

        var story = play.Client(Syn).Server(SynAck, seq: -1, ack: 0).Client(Ack, seq: 0, ack: 0).Client("GET", seq: 0, ack: 0)
            .Server("200", seq: 0, ack: 3).Finish();

        Assert.Equal(
            "SynOnOpenConnection@1 ChallengeAck@2 UnacceptableRst@3 RetransmissionTimeout@4 Retransmission@4", story.RemarkText);
        Assert.Equal([0L, 1L, 1L], story.Remarks.Take(3).Select(remark => remark.Earlier.Number));
        Assert.Equal([Side.Client, Side.Server, Side.Client], story.Remarks.Take(3).Select(remark => remark.Sender));
        Assert.Equal("GET|200", story.TextOf(Side.Client) + "|" + story.TextOf(Side.Server));
        Assert.Equal(TcpState.Established, story.Summary.ClientEnd.State);
        Assert.Equal(6, story.Summary.HandshakeAck.Number);
        Assert.Empty(story.Gaps);
    }

    [Fact]
    public void A_third_incarnation_settles_the_first()
    {
        var play = SynOnOpenConnection().WithInitialSequences(700_000, ServerAgain).Client(Syn);

        var story = play.Finish();

        Assert.Equal([0, 1, 2], story.Summaries.Select(summary => summary.Connection.Number).Order());
        Assert.Equal([1, 2, 3], story.Openings.Select(opening => opening.Incarnation));
    }

    [Fact]
    public void A_SYN_ACK_to_a_SYN_that_was_missed_begins_a_new_connection()
    {
        var story = Established().Client("GET").WithInitialSequences(ClientAgain, ServerAgain)
            .Missed(p => p.Client(Syn)).Server(SynAck).Client(Ack).Client("POST").Finish();

        Assert.Equal(2, story.Summaries.Count);
        Assert.Equal("POST", story.TextOf(Side.Client, 1));
    }

    [Fact]
    public void Late_segments_keep_the_number_of_a_connection_that_left()
    {
        var play = InTimeWait().Wait(239_000).Server(FinAck, seq: 0).Wait(239_000).Server(FinAck, seq: 0);

        Assert.Equal(2, play.Tracker.LateSegments);
        Assert.Single(play.Wait(241_000).Server(FinAck, seq: 0).Story.Openings.Skip(1));
    }

    [Fact]
    public void Where_few_connections_begin_a_late_segment_still_counts()
    {
        var play = InTimeWait();
        play.BegunBetweenTicks = 1;

        play.Wait(16_000).Server(FinAck, seq: 0).Wait(239_000).Server(FinAck, seq: 0).Wait(241_000).Icmp(3, 1);

        Assert.Equal(0, play.Tracker.LateSegments);
        Assert.Equal(3, Assert.Single(play.Story.Summaries).ServerEnd.Counters.Fins);
    }

    [Fact]
    public void Connections_that_leave_together_leave_by_number()
    {
        var play = InTimeWait();
        Refused(play, 5001);
        Refused(play, 5002);
        play.Wait(1_000).Server(FinAck, seq: 0);

        play.Wait(10_000).Icmp(3, 1);

        Assert.Equal([0, 1, 2], play.Story.Summaries.Select(summary => summary.Connection.Number));
    }

    private static void Refused(Playbook play, ushort port)
    {
        var client = ClientEndpoint with { Port = port };
        new SegmentLine(client, ServerEndpoint, 10, Syn).PlayInto(play.Tracker, play.Packet);
        new SegmentLine(ServerEndpoint, client, 0, RstAck) { Acknowledgment = 11 }.PlayInto(play.Tracker, play.Packet);
    }

    private static Playbook SynOnOpenConnection(TrackerLimits? limits = null) =>
        Established(limits).Client("GET").WithInitialSequences(ClientAgain, 5_000).Client(Syn);

    // RFC 5961 §4.2: the challenge ACK states what the old connection expects, and is answered by a RST just there.
    private static void Recover(Playbook play) => play
        .WithInitialSequences(1_000, 5_000).Server(Ack, seq: 0, ack: 3)
        .Client(Rst, seq: 3);
}
