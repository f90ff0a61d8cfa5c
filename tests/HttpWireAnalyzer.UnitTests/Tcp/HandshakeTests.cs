using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>How connections begin: RFC 9293 §3.5, and what a capture misses of it.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public void Three_steps()
    {
        var story = Established().Client("GET").Server("200").Finish();

        Assert.Equal("SynSent/Sent@1 Established/Assumed@2 Established/Acked@3", story.StatesOf(Side.Client));
        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@3 Established/Acked@5",
            story.StatesOf(Side.Server));
        Assert.Equal("", story.RemarkText);
        Assert.Equal((1L, 2L, 3L),
            (story.Summary.ClientEnd.Syn.Number, story.Summary.ServerEnd.Syn.Number, story.Summary.HandshakeAck.Number));
        Assert.Equal((1_000u, 5_000u),
            (story.Summary.ClientEnd.InitialSequence, story.Summary.ServerEnd.InitialSequence));
        Assert.Equal("ShADd", story.Summary.ZeekHistory);
        Assert.Equal(ZeekState.S1, story.Summary.ZeekState);
        Assert.Equal("GET|200", story.TextOf(Side.Client) + "|" + story.TextOf(Side.Server));
    }

    [Fact]
    public void Unanswered()
    {
        var story = Start().Client(Syn).Wait(1000).Client(Syn).Wait(2000).Client(Syn).Finish();

        Assert.Equal(CloseManner.Unanswered, story.Summary.Close.How);
        Assert.Equal(ZeekState.S0, story.Summary.ZeekState);
        Assert.Equal(3, story.Summary.ClientEnd.Counters.Syns);
        Assert.Equal("RetransmissionTimeout@2 Retransmission@2 RetransmissionTimeout@3 Retransmission@3", story.RemarkText);
        Assert.Equal(TcpState.SynReceived, story.Summary.ServerEnd.State);
        Assert.Equal(StateBasis.Assumed, story.Summary.ServerEnd.Basis);
    }

    [Fact]
    public void Refused()
    {
        var story = Start().Client(Syn).Server(RstAck, seq: -5_001).Finish();

        Assert.Equal(CloseManner.Refused, story.Summary.Close.How);
        Assert.Equal(ZeekState.REJ, story.Summary.ZeekState);
        Assert.Equal("SynSent/Sent@1 Closed/Assumed@2", story.StatesOf(Side.Client));
        Assert.Equal(Side.Server, story.Summary.Close.First);
    }

    [Fact]
    public void Not_refused_where_the_client_acknowledged_a_SYN_ACK_that_the_capture_lacks()
    {
        var story = Start().Client(Syn).Missed(lines => lines.Server(SynAck)).Client(Ack).Server(RstAck).Finish();

        Assert.Equal(CloseManner.Reset, story.Summary.Close.How);
    }

    [Fact]
    public void Of_a_SYN_ACK_that_the_capture_lacks_the_third_step_tells()
    {
        var story = Start().Client(Syn).Missed(lines => lines.Server(SynAck)).Client(Ack)
            .Wait(1_000).Server(SynAck, seq: -1).Client(Ack).Client("GET").Finish();

        Assert.Equal(2, story.Summary.HandshakeAck.Number);
    }

    [Fact]
    public void A_RST_in_SYN_SENT_counts_only_if_it_acknowledges_the_SYN()
    {
        var story = Start().Client(Syn).Server(RstAck, ack: 70_000).Server(Rst).Finish();

        Assert.Equal("SynSent/Sent@1", story.StatesOf(Side.Client));
        Assert.Equal("UnacceptableRst@2 UnacceptableRst@3", story.RemarkText);
    }

    [Fact]
    public void Retransmitted_SYN_ACK_while_the_third_step_is_lost()
    {
        var story = Start().Client(Syn).Server(SynAck).Client(Ack).Wait(100).Server(SynAck).Client(Ack).Server("hello").Finish();

        Assert.Equal("Retransmission@4", story.RemarkText);
        // The SYN-ACK that comes again does not prove that the server is past SYN-RECEIVED.
        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@3 Established/Acked@6",
            story.StatesOf(Side.Server));
        Assert.Equal(2, story.Summary.ServerEnd.Counters.SynAcks);
    }

    [Fact]
    public void A_SYN_that_comes_again_at_once_was_doubled_and_not_sent_again()
    {
        var story = Start().Client(Syn).Client(Syn).Server(SynAck).Server(SynAck).Client(Ack).Finish();

        Assert.Equal("Retransmission@2 Retransmission@4", story.RemarkText);
        Assert.Equal((1, 1), (story.Summary.ClientEnd.Counters.Syns, story.Summary.ClientEnd.Counters.DoubledSyns));
        Assert.Equal((1, 1), (story.Summary.ServerEnd.Counters.SynAcks, story.Summary.ServerEnd.Counters.DoubledSynAcks));
    }

    // RFC 9293 §3.8.1: sent again by the timer, it was not acknowledged for the one that sent it.
    [Fact]
    public void A_SYN_ACK_behind_a_timeout_takes_back_that_its_sender_was_established()
    {
        var story = Start().Client(Syn).Server(SynAck).Client(Ack).Wait(1_000).Server(SynAck).Client(Ack).Server("hello").Finish();

        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@3 SynReceived/Sent@4 Established/Assumed@5 "
            + "Established/Acked@6", story.StatesOf(Side.Server));
        Assert.Equal("SynSent/Sent@1 Established/Assumed@2 Established/Acked@3", story.StatesOf(Side.Client));
    }

    [Fact]
    public void A_SYN_ACK_that_was_captured_late_takes_nothing_back_from_who_has_spoken()
    {
        var story = Start().Client(Syn).Server(SynAck).Client(Ack).Server("hello").Wait(1_000).Server(SynAck, seq: -1).Finish();

        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@3 Established/Acked@4", story.StatesOf(Side.Server));
    }

    [Fact]
    public void Retransmitted_SYN_ACK_before_the_third_step()
    {
        var story = Start().Client(Syn).Server(SynAck).Server(SynAck).Client(Ack).Finish();

        Assert.Equal("Retransmission@3", story.RemarkText);
        Assert.Equal(4, story.Summary.HandshakeAck.Number);
    }

    [Theory]
    [InlineData(7_000u)]
    [InlineData(5_000u)]
    public void Of_two_SYN_ACKs_that_differ_the_client_takes_one(uint taken)
    {
        var play = Start().Client(Syn).Server(SynAck).WithInitialSequences(1_000, 7_000);
        play.Server(SynAck, ack: 0).WithInitialSequences(1_000, taken);

        var story = play.Client(Ack, seq: 0).Server("hello").Client(Ack).Finish();

        Assert.Equal("SynAckChanged@3", story.RemarkText);
        Assert.Equal("hello", story.TextOf(Side.Server));
        Assert.Equal(taken, story.Summary.ServerEnd.InitialSequence);
        Assert.Empty(story.Gaps);
        Assert.Null(story.Summary.ServerEnd.Diagnosis.Marks);
        Assert.Null(story.Summary.ClientEnd.Diagnosis.Marks);
        Assert.Equal(5, story.Summary.ServerEnd.Diagnosis.MostInFlight);
    }

    [Fact]
    public void The_SYN_ACK_that_the_client_took_is_a_retransmission_when_it_comes_again()
    {
        var play = Start().Client(Syn).Server(SynAck).WithInitialSequences(1_000, 7_000);

        var story = play.Server(SynAck, ack: 0).Client(Ack, seq: 0).Server(SynAck, seq: -1, ack: 0).Finish();

        Assert.Equal(1, story.Summary.ServerEnd.Diagnosis.Of(SegmentMarks.Retransmission));
        Assert.Equal(1, story.Summary.ServerEnd.Diagnosis.RoundTrips.Samples);
    }

    [Fact]
    public void A_SYN_ACK_that_differs_after_the_third_step_changes_nothing()
    {
        var play = Established().WithInitialSequences(1_000, 7_000).Server(SynAck, ack: 0)
            .WithInitialSequences(1_000, 5_000);

        var story = play.Server("hello", ack: 0).Finish();

        Assert.Equal("hello", story.TextOf(Side.Server));
        Assert.Equal(5_000u, story.Summary.ServerEnd.InitialSequence);
        Assert.Contains("SynAckChanged@4", story.RemarkText, StringComparison.Ordinal);
        Assert.Null(story.Summary.ServerEnd.Diagnosis.Marks);
        Assert.Equal(5, story.Summary.ServerEnd.Diagnosis.MostInFlight);
    }

    [Fact]
    public void Fast_open_octets_in_the_SYN()
    {
        var story = Start().Client(Syn, "GET").Server(SynAck).Server("200").Client(Ack).Finish();

        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.True(story.Summary.ClientEnd.Options.HasFlag(EndOptions.SynData));
        Assert.Equal(4, story.Summary.HandshakeAck.Number);
        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@4", story.StatesOf(Side.Server));
    }

    [Fact]
    public void Fast_open_octets_that_the_server_does_not_take_come_again()
    {
        var story = Start().Client(Syn, "GET").Server(SynAck, ack: 0).Client("GET", seq: 0).Finish();

        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.Equal("Retransmission@3", story.RemarkText);
        Assert.Equal(3, story.Summary.ClientEnd.Counters.Duplicate);
    }

    [Fact]
    public void Simultaneous_open()
    {
        var story = Start().Client(Syn).Server(Syn).Client(SynAck).Server(SynAck).Client("hello").Server("hi").Finish();

        Assert.Equal("SynSent/Sent@1 SynReceived/Assumed@2 SynReceived/Sent@3 Established/Assumed@4 Established/Acked@5",
            story.StatesOf(Side.Client));
        Assert.Equal("SynReceived/Assumed@1 SynReceived/Sent@2 Established/Assumed@3 Established/Acked@6",
            story.StatesOf(Side.Server));
        Assert.Equal("SimultaneousOpen@2", story.RemarkText);
        Assert.False(story.Summary.Swapped);
    }

    [Fact]
    public void Split_handshake()
    {
        var story = Start().Client(Syn).Server(Ack).Server(Syn).Client(SynAck).Server(Ack).Client("hello").Finish();

        Assert.Single(story.Openings);
        Assert.Equal(TcpState.Established, story.Summary.ClientEnd.State);
        Assert.Equal(TcpState.Established, story.Summary.ServerEnd.State);
        Assert.Equal("hello", story.TextOf(Side.Client));
    }

    [Fact]
    public void SYN_ACK_first_tells_who_is_the_client()
    {
        var story = Start().Missed(p => p.Client(Syn)).Server(SynAck).Client(Ack).Client("GET").Finish();

        Assert.Equal(ClientEndpoint, story.Openings[0].Client);
        Assert.Equal("Established/Assumed@1 Established/Acked@2", story.StatesOf(Side.Client));
        Assert.Equal(2, story.Summary.HandshakeAck.Number);
        Assert.False(story.Summary.Midstream);
        Assert.Equal("hAD", story.Summary.ZeekHistory);
    }

    [Fact]
    public void SYN_ACK_missed()
    {
        var story = Start().Client(Syn).Missed(p => p.Server(SynAck)).Client(Ack).Client("GET").Server("200").Finish();

        Assert.Equal("SynSent/Sent@1 Established/Acked@2", story.StatesOf(Side.Client));
        Assert.Equal("SynReceived/Assumed@1 Established/Assumed@2 Established/Acked@4", story.StatesOf(Side.Server));
        Assert.Equal("200", story.TextOf(Side.Server));
        Assert.Equal(2, story.Summary.HandshakeAck.Number);
        Assert.Equal("", story.RemarkText);
    }

    [Fact]
    public void SYN_ACK_and_first_octets_missed()
    {
        var play = Start().Client(Syn).Missed(p => p.Server(SynAck)).Client(Ack, ack: 0).Missed(p => p.Server("HTTP/"));

        var story = play.Server("1.1").Client(Ack).Finish();

        Assert.Equal("1.1", story.TextOf(Side.Server));
        Assert.Equal((0L, 5L), (story.Gaps.Single().Offset, story.Gaps.Single().Length));
    }

    [Fact]
    public void Only_the_servers_side_captured()
    {
        var play = Start().Missed(p => p.Client(Syn)).Server(SynAck).Missed(p => p.Client("GET /"));

        var story = play.Server("200").Finish();

        Assert.Equal("SynReceived/Sent@1 Established/Acked@2", story.StatesOf(Side.Server));
        Assert.Equal("200", story.TextOf(Side.Server));
    }

    [Fact]
    public void A_third_step_that_was_missed_is_not_a_later_ACK()
    {
        var story = Start().Client(Syn).Server(SynAck).Missed(p => p.Client(Ack)).Server("220 ready").Client(Ack).Finish();

        Assert.True(story.Summary.HandshakeAck.IsNone);
    }

    [Fact]
    public void Midstream()
    {
        var story = Start().Client("GET").Server("200").Client(Ack).Finish();

        Assert.True(story.Openings[0].Midstream);
        Assert.True(story.Summary.Midstream);
        Assert.Equal(ClientEndpoint, story.Openings[0].Client);
        // Only octets of the capture that are acknowledged prove anything.
        Assert.Equal("Established/Assumed@1 Established/Acked@3", story.StatesOf(Side.Client));
        Assert.Equal("Established/Assumed@1 Established/Acked@2", story.StatesOf(Side.Server));
        Assert.Equal(ZeekState.OTH, story.Summary.ZeekState);
        Assert.Equal("GET|200", story.TextOf(Side.Client) + "|" + story.TextOf(Side.Server));
    }

    [Fact]
    public void Midstream_from_the_server_is_oriented_by_ports()
    {
        var story = Start().Server("200").Finish();

        Assert.Equal(ClientEndpoint, story.Openings[0].Client);
        Assert.Equal("200", story.TextOf(Side.Server));
    }

    [Fact]
    public void Midstream_begins_with_a_keep_alive_probe()
    {
        var story = Start().Client(Ack, seq: -1).Server(Ack, ack: 0).Client("GET").Server("200").Finish();

        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.Empty(story.Gaps);
        Assert.Equal(0, story.Chunks[0].Offset);
    }

    [Fact]
    public void Midstream_begins_with_a_probe_whose_answer_was_not_captured()
    {
        var story = Start().Client(Ack, seq: -1).Client("GET", seq: 0).Server("200").Finish();

        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.Empty(story.Gaps);
        Assert.Equal(0, story.Chunks[0].Offset);
    }

    [Fact]
    public void Midstream_an_octet_that_the_other_end_waits_for_is_no_probe()
    {
        var story = Start().Client(Ack, seq: -1).Server(Ack, ack: -1).Client("GET", seq: 0).Server("200").Finish();

        Assert.Single(story.Gaps);
    }

    [Fact]
    public void Midstream_probe_of_an_end_whose_place_the_other_end_told()
    {
        var story = Start().Server(Ack, seq: 0, ack: 10).Client(Ack, seq: 9).Client("GET", seq: 10).Finish();

        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.Empty(story.Gaps);
        Assert.Contains("KeepAliveProbe@2", story.RemarkText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_SYN_captured_behind_the_segments_that_followed_it_opens_nothing_new()
    {
        var story = Start().Client(Ack, seq: 0, ack: 0).Client(Syn, seq: -1).Server(SynAck).Client("GET").Finish();

        Assert.Single(story.Openings);
        Assert.Equal("GET", story.TextOf(Side.Client));
        Assert.False(story.Summary.Midstream);
        Assert.Equal(1_000u, story.Summary.ClientEnd.InitialSequence);
    }

    [Fact]
    public void A_late_SYN_puts_the_ends_the_right_way_round()
    {
        // Ports say that 80 listens; here it calls.
        var play = Start().Client(Ack, seq: 0, ack: 0).Server(Syn, seq: -1).Server("hello", seq: 0);

        var story = play.Finish();

        Assert.Equal("OrientationCorrected@2", story.RemarkText);
        Assert.True(story.Summary.Swapped);
        Assert.Equal(ServerEndpoint, story.Summary.Client);
        Assert.Equal(5, story.Summary.ClientEnd.Counters.Delivered);
        Assert.Equal("aSD", story.Summary.ZeekHistory);
    }

    [Fact]
    public void A_late_SYN_ACK_puts_the_ends_the_right_way_round()
    {
        var story = Start().Server(Ack, seq: 0, ack: 0).Client(SynAck, seq: -1).Finish();

        Assert.Equal("OrientationCorrected@2", story.RemarkText);
        Assert.Equal(ServerEndpoint, story.Summary.Client);
    }

    [Fact]
    public void An_ICMP_error_is_a_remark_on_its_connection_and_opens_none()
    {
        var story = Start().Icmp(3, 1).Client(Syn).Icmp(3, 1).Finish();

        Assert.Equal("IcmpError@3", story.RemarkText);
        Assert.Equal(769, story.Remarks[0].Value);
        Assert.Equal(1, story.Summary.ClientEnd.Counters.Packets);
    }
}
