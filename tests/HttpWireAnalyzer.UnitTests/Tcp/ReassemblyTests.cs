using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>Holes, repeats, conflicts, limits: one decision of docs/decisions/0006 each.</summary>
public sealed class ReassemblyTests
{
    [Fact]
    public void Only_what_is_missing_behind_the_last_octet_seen_is_a_trailing_gap()
    {
        var story = Established().Client("one").Missed(p => p.Client("two")).Client("three").Server(Ack, ack: 11)
            .Missed(p => p.Client("four")).Server(Ack, ack: 15).Finish();

        var counters = story.Summary.ClientEnd.Counters;
        Assert.Equal((7L, 4L), (counters.Gap, counters.TrailingGap));
    }

    [Fact]
    public void Octets_out_of_order_name_both_packets()
    {
        var story = Established().Server("world", seq: 5).Server("hello", seq: 0).Finish();

        Assert.Equal("helloworld", story.TextOf(Side.Server));
        Assert.Equal([(5L, 5L), (4L, 5L)], story.Chunks.Select(chunk => (chunk.Packet, chunk.Contiguous)));
        Assert.Equal("HoleBefore@4 HoleFilled@5 OutOfOrder@5", story.RemarkText);
        Assert.Equal(1, story.Summary.ServerEnd.Counters.OutOfOrder);
    }

    [Fact]
    public void A_retransmission_names_its_original()
    {
        var story = Established().Server("hello").Server("world").Server("hello", seq: 0).Finish();

        Assert.Equal("Retransmission@6", story.RemarkText);
        Assert.Equal(4, story.Remarks[0].Earlier.Number);
        Assert.Equal("ShAdt", story.Summary.ZeekHistory);
    }

    [Fact]
    public void A_damaged_segment_is_not_read_but_what_is_sent_again_for_it()
    {
        var story = Established().Server("hello").Damaged(p => p.Server("XXXXX")).Server("again")
            .Client(Ack, ack: 5).Server("world", seq: 5).Client(Ack).Finish();

        Assert.Equal("helloworldagain", story.TextOf(Side.Server));
        var counters = story.Summary.ServerEnd.Counters;
        Assert.Equal((1, 5L, 0L, 20L), (counters.Retransmissions, counters.Duplicate, counters.Gap, counters.Octets));
        var again = Assert.Single(story.Remarks, remark => remark.Kind == TcpRemarkKind.Retransmission);
        Assert.Equal((5L, 8L), (again.Earlier.Number, again.Packet.Number));
        Assert.Equal(0, counters.OverlapConflicts);
    }

    [Fact]
    public void What_comes_again_in_other_pieces_takes_the_place_of_a_damaged_segment()
    {
        var story = Established().Server("hello").Damaged(p => p.Server("XXXXX"))
            .Server("wor", seq: 5).Server("ld!", seq: 8).Client(Ack).Finish();

        Assert.Equal("helloworld!", story.TextOf(Side.Server));
        Assert.Equal(5, story.Summary.ServerEnd.Counters.Duplicate);
    }

    [Fact]
    public void A_damaged_segment_that_is_acknowledged_and_one_at_the_end_are_read()
    {
        var story = Established().Server("hello").Damaged(p => p.Server("world")).Client(Ack)
            .Damaged(p => p.Server("!")).Finish();

        Assert.Equal("helloworld!", story.TextOf(Side.Server));
        Assert.Equal([(4L, 4L), (5L, 5L), (7L, 7L)], story.Chunks.Select(chunk => (chunk.Packet, chunk.Contiguous)));
        Assert.Empty(story.Gaps);
        Assert.Equal(0, story.Summary.ServerEnd.Counters.Duplicate);
    }

    /// <summary>Behind a hole, with everything acknowledged that they bring: each octet is read once, and none is waited for for ever.</summary>
    [Fact]
    public void Damaged_segments_that_overlap_are_read_once()
    {
        var story = Established().Client(Ack, ack: 100).Damaged(p => p
            .Server(new string('d', 50), seq: 150).Server(new string('b', 100), seq: 50)
            .Server(new string('c', 100), seq: 100).Server(new string('a', 100), seq: 0)).Finish();

        Assert.Equal(200, story.TextOf(Side.Server).Length);
        var counters = story.Summary.ServerEnd.Counters;
        Assert.Equal((350L, 150L, 0L), (counters.Octets, counters.Duplicate, counters.Gap));
    }

    [Theory]
    [InlineData(ChecksumVerdict.LeftToCard, 4)]
    [InlineData(ChecksumVerdict.Bad, 4_000)]
    public void A_wrong_checksum_that_a_network_card_makes_delays_nothing(ChecksumVerdict verdict, int octets)
    {
        var story = Established().Damaged(p => p.Server(new string('x', octets)), verdict).Client(Ack).Finish();

        Assert.Equal((4L, 4L), (story.Chunks[0].Packet, story.Chunks[0].Contiguous));
    }

    [Fact]
    public void The_first_copy_wins_and_a_conflict_is_told()
    {
        var story = Established().Server("hello").Server("jello", seq: 0).Client(Ack).Finish();

        Assert.Equal("hello", story.TextOf(Side.Server));
        Assert.Equal("Retransmission@5 OverlapConflict@5", story.RemarkText);
        Assert.Equal(1, story.Summary.ServerEnd.Counters.OverlapConflicts);
    }

    [Fact]
    public void The_first_copy_wins_among_those_that_wait()
    {
        var story = Established().Server("lo wo", seq: 3).Server("XXXworld", seq: 3).Server("hel", seq: 0).Finish();

        Assert.Equal("hello world", story.TextOf(Side.Server));
        var conflict = Assert.Single(story.Remarks, remark => remark.Kind == TcpRemarkKind.OverlapConflict);
        Assert.Equal((5L, 3L), (conflict.Packet.Number, conflict.Value));
    }

    [Fact]
    public void Octets_that_reach_over_the_known_are_half_repeat_half_new()
    {
        var story = Established().Server("hello").Server("lo world", seq: 3).Finish();

        Assert.Equal("hello world", story.TextOf(Side.Server));
        Assert.Equal(2, story.Summary.ServerEnd.Counters.Duplicate);
        Promises.Check(story);
    }

    [Fact]
    public void A_hole_that_was_acknowledged_is_a_gap_after_so_many_segments()
    {
        var play = Hole(new TrackerLimits { HolePatienceSegments = 3, HolePatience = long.MaxValue });

        play.Client(Ack).Server("more").Client(Ack);
        Assert.Empty(play.Story.Gaps);

        play.Client(Ack);
        Assert.Equal((0L, 5L, GapCause.Acknowledged, 5L), Only(play.Story.Gaps));
        Assert.Equal("worldmore", play.Story.TextOf(Side.Server));

        // The receiver had what the capture lacks, and could read each when it came.
        Assert.Equal([(4L, 4L), (6L, 6L)], play.Story.Chunks.Select(chunk => (chunk.Packet, chunk.Contiguous)));
    }

    [Fact]
    public void A_hole_that_was_acknowledged_is_a_gap_after_so_long()
    {
        var play = Hole(new TrackerLimits { HolePatienceSegments = int.MaxValue });

        play.Client(Ack).Wait(200).Client(Ack);
        Assert.Empty(play.Story.Gaps);

        play.Wait(50).Client(Ack);
        Assert.Equal((0L, 5L, GapCause.Acknowledged, 5L), Only(play.Story.Gaps));
    }

    [Fact]
    public void A_hole_that_nobody_acknowledged_stays_open()
    {
        var play = Hole(new TrackerLimits { HolePatienceSegments = 0, HolePatience = 0 });

        play.Client(Ack, ack: 0).Wait(10_000).Client(Ack, ack: 0).Client(Ack, ack: 0);

        Assert.Empty(play.Story.Gaps);
        Assert.Empty(play.Story.Chunks);
        Assert.Equal("HoleBefore@4", play.Story.RemarkText);
    }

    [Fact]
    public void Holes_that_were_acknowledged_together_are_given_up_together()
    {
        var play = Established(new TrackerLimits { HolePatienceSegments = 4 });
        for (var i = 1; i < 20; i += 2)
        {
            play.Server("x", seq: i);
        }

        play.Client(Ack).Client(Ack).Client(Ack).Client(Ack).Client(Ack);

        Assert.Equal(10, play.Story.Gaps.Count);
        Assert.All(play.Story.Gaps, gap => Assert.Equal(14, gap.NoticedAt.Number));
    }

    [Fact]
    public void Octets_for_a_hole_that_was_given_up_are_late()
    {
        var play = Hole(new TrackerLimits { HolePatienceSegments = 0 });
        play.Client(Ack).Client(Ack).Server("hello", seq: 0).Server("hello", seq: 0);

        var story = play.Finish();

        Assert.Equal("world", story.TextOf(Side.Server));
        Assert.Equal((5L, 5L), (story.Summary.ServerEnd.Counters.Late, story.Summary.ServerEnd.Counters.Duplicate));
        Assert.Contains("LateOctets@7", story.RemarkText, StringComparison.Ordinal);
        Promises.Check(story);
    }

    [Fact]
    public void Keep_alive_probes_are_never_handed_on()
    {
        var story = Established().Client("GET").Server("200").Client(Ack)
            .Wait(60_000).Client(Ack, "\0", seq: 2).Server(Ack).Wait(60_000).Client(Ack, seq: 2).Server(Ack)
            .Client("PUT").Server(Ack).Finish();

        Assert.Equal("GETPUT", story.TextOf(Side.Client));
        Assert.Equal("KeepAliveProbe@7 KeepAliveAnswer@8 KeepAliveProbe@9 KeepAliveAnswer@10", story.RemarkText);
        Assert.Equal(2, story.Summary.ClientEnd.Counters.KeepAliveProbes);
        Assert.Equal(0, story.Summary.ClientEnd.Counters.OverlapConflicts);
        Promises.Check(story);
    }

    [Fact]
    public void Keep_alive_probes_of_both_ends_may_cross()
    {
        var story = Established().Client("GET").Server("200").Client(Ack)
            .Client(Ack, seq: 2).Server(Ack, seq: 2).Server(Ack).Client(Ack).Finish();

        Assert.Equal("KeepAliveProbe@7 KeepAliveProbe@8 KeepAliveAnswer@9 KeepAliveAnswer@10", story.RemarkText);
        Assert.Equal((0, 0), (story.Summary.ClientEnd.Diagnosis.Of(SegmentMarks.DuplicateAck),
            story.Summary.ServerEnd.Diagnosis.Of(SegmentMarks.DuplicateAck)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    public void Keep_alive_probes_behind_the_probers_own_FIN(string garbage)
    {
        var story = Established().Client("GET").Server("200").Client(FinAck).Server(Ack)
            .Wait(60_000).Client(Ack, garbage, seq: 3).Server(Ack).Finish();

        Assert.Equal("KeepAliveProbe@8 KeepAliveAnswer@9", story.RemarkText);
        Assert.Equal((1, 0L, 3L), (story.Summary.ClientEnd.Counters.KeepAliveProbes,
            story.Summary.ClientEnd.Counters.AfterEnd, story.Summary.ClientEnd.Counters.UniqueOctets));
    }

    [Fact]
    public void Only_the_segment_behind_a_probe_answers_it()
    {
        var story = Established().Client("GET").Server(Ack).Client(Ack, seq: 2).Client("PUT").Server(Ack).Finish();

        Assert.Equal("KeepAliveProbe@6", story.RemarkText);
    }

    [Fact]
    public void More_than_a_stream_may_hold_goes_on_without_the_hole()
    {
        var play = Established(new TrackerLimits { StreamQueueOctets = 10 * 1024 });
        for (var i = 0; i < 11; i++)
        {
            play.Server(new string((char)('a' + i), 1024), seq: 100 + (i * 1024));
        }

        Assert.Equal((0L, 100L, GapCause.MemoryLimit, 14L), Only(play.Story.Gaps));
        Assert.Equal(11 * 1024, play.Story.TextOf(Side.Server).Length);
    }

    [Fact]
    public void Small_segments_count_for_what_they_cost()
    {
        var play = Established(new TrackerLimits { StreamQueueOctets = 10 * 1024 });
        for (var i = 0; i < 10; i++)
        {
            play.Server("x", seq: 100 + (i * 2));
        }

        Assert.Empty(play.Story.Gaps);
        play.Server("x", seq: 200);
        Assert.Equal(GapCause.MemoryLimit, play.Story.Gaps[0].Cause);
        Assert.Equal(11, play.Story.TextOf(Side.Server).Length);
    }

    [Fact]
    public void All_streams_together_hold_no_more_than_the_global_limit()
    {
        var play = Established(new TrackerLimits { QueueOctets = 4 * 1024 });
        play.Server(new string('s', 3_000), seq: 10);

        play.Client(new string('c', 3_000), seq: 10);

        Assert.Equal((Side.Client, GapCause.MemoryLimit), (play.Story.Gaps.Single().Sender, play.Story.Gaps[0].Cause));
        play.Server("0123456789", seq: 0).Client("y", seq: 4_000);
        Assert.Equal(3_010, play.Story.TextOf(Side.Server).Length);
        Assert.Single(play.Story.Gaps);
    }

    [Fact]
    public void A_segment_that_overlaps_what_the_limit_sets_free()
    {
        var play = Established(new TrackerLimits { StreamQueueOctets = 2 * 1024 });
        play.Server("bcd", seq: 1).Server("gh", seq: 6);

        var story = play.Server("cdefghij", seq: 2).Finish();

        Assert.Equal("bcdefghij", story.TextOf(Side.Server));
        Promises.Check(story);
    }

    [Fact]
    public void The_snap_length_cuts_each_segment()
    {
        var story = Established().Server(Ack, "HTTP", wireLength: 1460).Server(Ack, "more", wireLength: 1460).Finish();

        Assert.Equal([0L, 1460L], story.Chunks.Select(chunk => chunk.Offset));
        Assert.All(story.Gaps, gap => Assert.Equal((1456L, GapCause.SnapLength), (gap.Length, gap.Cause)));
        Assert.Equal(2_912, story.Summary.ServerEnd.Counters.Cut);
        Promises.Check(story);
    }

    [Fact]
    public void Offsets_go_on_beyond_four_gibioctets()
    {
        const int Large = 1 << 28;
        var play = Established();
        for (var i = 0; i < 40; i++)
        {
            play.Server(Ack, "x", wireLength: Large).Client(Ack);
        }

        var story = play.Server("end").Server("tail", seq: (40L * Large) + 7).Server("then", seq: (40L * Large) + 3)
            .Server("x", seq: 39L * Large).Client(FinAck).Finish();

        Assert.Equal((40L * Large) + 3, story.Chunks[^2].Offset);
        Assert.EndsWith("endthentail", story.TextOf(Side.Server), StringComparison.Ordinal);
        Assert.Equal((40L * Large) + 11, story.Summary.ServerEnd.Counters.Delivered + story.Summary.ServerEnd.Counters.Gap);
        Promises.Check(story);
    }

    [Fact]
    public void A_stream_that_was_given_up_before_its_own_first_segment_keeps_its_place()
    {
        // Only acknowledgments of the server's stream for a while; then the server's side is captured too.
        var play = Start().Client("GET", ack: 0).Wait(300).Missed(p => p.Server(new string('x', 1000))).Client(Ack)
            .Wait(1_000).Client(Ack);

        var story = play.Server("then").Client(Ack).Finish();

        Assert.Equal("then", story.TextOf(Side.Server));
        Assert.Equal((0L, 1_000L), (story.Gaps.Single().Offset, story.Gaps.Single().Length));
    }

    /// <summary>What is acknowledged as the capture begins passed before it: nothing of the capture's own is missing.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    public void A_stream_begins_with_its_own_first_segment_whatever_was_acknowledged_as_the_capture_began(int wait)
    {
        var play = Start().Client(Ack, ack: 0).Missed(p => p.Server(new string('x', 1000))).Client(Ack)
            .Missed(p => p.Server(new string('x', 1000))).Client("GET");

        var story = play.Wait(wait).Server("then").Client("GET").Finish();

        Assert.Equal("then", story.TextOf(Side.Server));
        Assert.Empty(story.Gaps);
        Assert.Equal([0L, 4L], story.Chunks.Where(chunk => chunk.Sender == Side.Client).Select(chunk => chunk.Acknowledged));
    }

    private static Playbook Hole(TrackerLimits limits) =>
        Established(limits).Missed(p => p.Server("hello")).Server("world");

    private static (long Offset, long Length, GapCause Cause, long Packet) Only(List<StreamGap> gaps)
    {
        var gap = Assert.Single(gaps);
        return (gap.Offset, gap.Length, gap.Cause, gap.NoticedAt.Number);
    }
}
