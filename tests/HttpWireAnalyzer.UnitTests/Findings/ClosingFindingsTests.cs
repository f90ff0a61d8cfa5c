using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-T004, T005, T006, T009, T012 and T013: how connections end.</summary>
public sealed class ClosingFindingsTests
{
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void A_reset_behind_an_answer_that_nobody_acknowledged_risks_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Response(2).Rst(Side.Server, 3);
        var finding = scene.Finding("HWA-T004");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(43, finding.ValueOf("own"));
        Assert.Equal(0, finding.ValueOf("theirs"));
    }

    [Fact]
    public void Octets_on_their_way_to_the_resetting_end_are_lost()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1, "POST /up", "Content-Length: 1000\r\n").Ack(Side.Server, 2);
        talk.Send(Side.Server, 50, TcpFlags.Fin | TcpFlags.Ack, "").Ack(Side.Client, 51)
            .Send(Side.Client, 100, Data, new string('x', 500)).Rst(Side.Server, 100.1, TcpFlags.Rst);
        Assert.Equal(500, scene.Finding("HWA-T004").ValueOf("theirs"));
    }

    [Theory]
    [InlineData(TcpFlags.Rst, true)]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack, false)]
    public void A_RST_without_ACK_comes_from_where_the_connection_is_not_known_any_more(TcpFlags flags, bool isOfClosed)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        var before = talk.Next(Side.Client);
        talk.Request(1022).Send(Side.Server, 1022.1, flags, "", acknowledges: before);
        var finding = scene.Finding("HWA-T004");
        Assert.Equal(isOfClosed, finding.Says.English.Contains("not known any more", StringComparison.Ordinal));
        Assert.Equal(!isOfClosed, finding.Advice == finding.Rule.Advice);
        var story = scene.Story().ReplaceLineEndings(" ");
        Assert.Equal(isOfClosed, story.Contains("that FIN was lost or not captured", StringComparison.Ordinal));
        Assert.Equal(!isOfClosed, story.Contains("nothing before it says why", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_request_that_crossed_the_FIN_of_an_unused_connection_was_not_read()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 10);
        var before = talk.Next(Side.Client);
        talk.Request(60_000).Send(Side.Server, 60_010.4, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: before);
        talk.Rst(Side.Server, 60_010.6, TcpFlags.Rst);
        Assert.Contains("crossed the", scene.Finding("HWA-T004").Says.English, StringComparison.Ordinal);
        scene.IsQuietOn("HWA-H010");
    }

    [Fact]
    public void An_acknowledgment_that_passed_the_reset_saves_them()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Response(2).Rst(Side.Server, 3).Ack(Side.Client, 4);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Who_probes_had_everything_acknowledged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.1).Response(2)
            .Probe(Side.Server, 1002).Probe(Side.Server, 2002).Probe(Side.Server, 3002).Rst(Side.Server, 4002);
        Assert.All(["HWA-T004", "HWA-K020"], scene.IsQuietOn);
        Assert.Equal(3, scene.Finding("HWA-G001").ValueOf("probes"));
    }

    [Fact]
    public void Octets_that_no_timer_sent_again_were_most_likely_acknowledged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Rst(Side.Client, 1001);
        Assert.Equal(Confidence.Possible, scene.Finding("HWA-T004").Confidence);
    }

    [Fact]
    public void A_closed_end_answers_with_the_number_that_the_other_acknowledges()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(5).Fin(Side.Client, 5.1).Rst(Side.Client, 6, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void An_answer_that_the_client_gave_up_is_its_own_will()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 3).Response(300).Rst(Side.Client, 301, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Text_on_the_RST_itself_is_no_message()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Server, 100, TcpFlags.Rst | TcpFlags.Ack, "go away");
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Without_HTTP_the_last_octets_are_a_goodbye()
    {
        var scene = new Scene();
        scene.Talk(server: "10.0.0.1:443").Handshake(0).Send(Side.Client, 1, Data, "\u0015\u0003\u0003\u0000\u0002\u0001\u0000").Rst(Side.Client, 2);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void A_stale_request_is_not_told_twice()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040).Request(1060).Rst(Side.Server, 1060.2, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Nor_is_a_late_write_of_a_leaking_end()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040)
            .Send(Side.Server, 5000, Data, "late").Rst(Side.Client, 5000.1, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void A_close_with_a_request_unread_is_an_error()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "POST /pay", body: "x=1").Rst(Side.Server, 2);
        var finding = scene.Finding("HWA-T005");
        Assert.Equal((Severity.Error, Confidence.Likely), (finding.Severity, finding.Confidence));
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void A_RST_in_place_of_the_announced_FIN_is_likely_one()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "POST /pay", body: "x=1").Response(2, 413, "Connection: close\r\n").Ack(Side.Client, 3)
            .Rst(Side.Server, 4);
        var finding = scene.Finding("HWA-T005");
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
    }

    [Fact]
    public void A_client_that_gives_an_answer_up_is_a_note_with_other_advice()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\nbeginning")
            .Rst(Side.Client, 100);
        var finding = scene.Finding("HWA-T005");
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.NotEqual(finding.Rule.Advice, finding.Advice);
    }

    [Fact]
    public void So_is_one_that_closes_half_way_and_refuses_the_rest()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nbeginning")
            .Fin(Side.Client, 100).Send(Side.Server, 101, Data, "rest.").Rst(Side.Client, 102, TcpFlags.Rst);
        var finding = scene.Finding("HWA-T005");
        Assert.Equal((Severity.Note, 5L), (finding.Severity, finding.ValueOf("unread")));
        scene.IsQuietOn("HWA-T013");
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(190, 0)]
    public void A_client_that_closes_before_the_answer_gave_up(double after, int findings)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 2).Fin(Side.Client, 1 + after).Fin(Side.Server, 2 + after)
            .Ack(Side.Client, 3 + after);
        Assert.Equal(findings, scene.Report().Findings.Count(finding => finding.Rule.Id == "HWA-T013"));
    }

    [Fact]
    public void An_answer_that_meets_a_closed_client_came_too_late()
    {
        var scene = new Scene();
        foreach (var at in (double[])[0, 1000])
        {
            scene.Talk().Handshake(at).Request(at + 1).Fin(Side.Client, at + 301).Ack(Side.Server, at + 340).Response(at + 801)
                .Rst(Side.Client, at + 801.1, TcpFlags.Rst);
        }

        var finding = scene.Finding("HWA-T013");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(
            [("count", 2L), ("least", 300_000_000), ("most", 300_000_000), ("late", 2), ("after", 500_000_000)],
            finding.Measured.Where(measure => measure.Name is "count" or "least" or "most" or "late" or "after")
                .Select(measure => (measure.Name, measure.Value)));
        Assert.NotNull(finding.Subject.Pool);
        scene.IsQuietOn("HWA-T006");
    }

    [Fact]
    public void An_answer_whose_request_was_not_captured_is_no_request_of_the_pool()
    {
        var scene = new Scene();
        scene.Talk().Ack(Side.Client, 0).Response(1).Ack(Side.Client, 2).Exchange(10).Close(20);
        foreach (var at in (double[])[100, 1000])
        {
            scene.Talk().Handshake(at).Request(at + 1).Ack(Side.Server, at + 2).Fin(Side.Client, at + 301).Fin(Side.Server, at + 302)
                .Ack(Side.Client, at + 303);
        }

        Assert.Equal(3, scene.Finding("HWA-T013").ValueOf("exchanges"));
    }

    [Fact]
    public void So_did_one_whose_head_alone_met_a_closed_client()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 301).Ack(Side.Server, 340)
            .Send(Side.Server, 801, Data, "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n").Rst(Side.Client, 801.1, TcpFlags.Rst);
        Assert.Equal(1, scene.Finding("HWA-T013").ValueOf("late"));
        scene.IsQuietOn("HWA-T005");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(150, 1)]
    public void A_client_that_closes_all_at_once_was_stopped(double apart, int findings)
    {
        var scene = new Scene();
        for (var i = 0; i < 3; i++)
        {
            scene.Talk().Handshake(i).Request(100 + (i * 200)).Ack(Side.Server, 101 + (i * 200)).Rst(Side.Client, 900 + (i * apart));
        }

        Assert.Equal(findings, scene.Report().Findings.Count(finding => finding.Rule.Id == "HWA-T013"));
    }

    [Fact]
    public void Who_got_octets_that_are_no_answer_did_not_wait_for_one()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "0123456789abcdef0123456789abcdef").Fin(Side.Client, 900)
            .Fin(Side.Server, 901).Ack(Side.Client, 902);
        scene.IsQuietOn("HWA-T013");
    }

    [Fact]
    public void A_client_that_reads_the_answer_to_its_end_behind_its_FIN_did_not_give_up()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 301).Ack(Side.Server, 302).Response(800).Ack(Side.Client, 801)
            .Fin(Side.Server, 802).Ack(Side.Client, 803);
        scene.IsQuietOn("HWA-T013");
    }

    [Fact]
    public void An_abort_after_the_whole_exchange_is_not()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Rst(Side.Client, 100);
        scene.Talk().Handshake(0).Exchange(1).Rst(Side.Server, 100);
        scene.IsQuietOn("HWA-T005");
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void A_RST_behind_a_FIN_is_not()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Request(1020).Rst(Side.Server, 1020.2, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T005");
    }

    [Fact]
    public void A_client_that_closes_its_half_and_reads_on()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 3).Response(300).Ack(Side.Client, 301)
            .Fin(Side.Server, 302).Ack(Side.Client, 303);
        var finding = scene.Finding("HWA-T006");
        Assert.Equal((Severity.Info, 43L), (finding.Severity, finding.ValueOf("octets")));
    }

    [Fact]
    public void A_server_that_closes_in_its_answer_takes_a_half_close_for_an_abort()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 3)
            .Send(Side.Server, 300, Data, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello").Ack(Side.Client, 301)
            .Fin(Side.Server, 302).Ack(Side.Client, 303);
        var finding = scene.Finding("HWA-T006");
        Assert.Equal((Severity.Warning, 9L), (finding.Severity, finding.ValueOf("end")));
    }

    [Fact]
    public void A_server_that_lingers_behind_an_early_answer_does_what_it_ought_to()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "POST /up", "Content-Length: 10\r\n", "12345").Response(2, 413, "Connection: close\r\n")
            .Fin(Side.Server, 2.1).Send(Side.Client, 3, Data, "67890").Ack(Side.Server, 4).Fin(Side.Client, 5).Ack(Side.Server, 6);
        Assert.StartsWith("Nothing to do", Assert.Single(scene.Finding("HWA-T006").Advice).English, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_that_a_reset_answers_had_no_reader()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 3).Response(300).Rst(Side.Client, 301, TcpFlags.Rst);
        scene.IsQuietOn("HWA-T006");
    }

    [Fact]
    public void Octets_that_nobody_acknowledged_may_have_had_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 3).Response(300);
        scene.IsQuietOn("HWA-T006");
    }

    [Fact]
    public void A_request_to_a_server_that_had_closed_is_no_half_close()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040).Request(1060).Ack(Side.Server, 1061)
            .Fin(Side.Client, 1100).Ack(Side.Server, 1101);
        scene.IsQuietOn("HWA-T006");
    }

    [Fact]
    public void FINs_that_cross_are_a_simultaneous_close()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Exchange(50, takes: 40);
        var before = talk.Next(Side.Client);
        talk.Fin(Side.Client, 1000).Send(Side.Server, 1010, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: before)
            .Ack(Side.Client, 1011).Ack(Side.Server, 1030);
        var finding = scene.Finding("HWA-T009");
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal([7L, 8, 9, 10], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void FINs_one_after_the_other_are_not()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(1000);
        scene.IsQuietOn("HWA-T009");
    }

    [Fact]
    public void A_RST_with_another_TTL_may_be_foreign()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Server, 1000, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: 61);
        var finding = scene.Finding("HWA-T012");
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal((61L, 64L), (finding.ValueOf("rst_ttl"), finding.ValueOf("ttl")));
    }

    // As where two network cards have a direction each.
    [Fact]
    public void An_answer_that_the_FIN_acknowledges_was_waited_for_to_its_end()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        var before = talk.Next(Side.Client);
        talk.Send(Side.Client, 1001, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: talk.Next(Side.Server) + 43)
            .Send(Side.Server, 1001.1, Data, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", acknowledges: before)
            .Fin(Side.Server, 1002).Ack(Side.Client, 1002.1);
        scene.IsQuietOn("HWA-T013");
        Assert.Contains("Nothing was outstanding at the end", scene.Story());
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(255, false)]
    public void What_an_end_meant_by_a_reset_is_not_told_of_one_that_may_not_be_its_own(byte hopLimit, bool isOwn)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(500).Send(Side.Server, 500.1, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: hopLimit);
        Assert.Equal(isOwn ? (1, 1, 0) : (0, 0, 1), (scene.Findings("HWA-T005").Count, scene.Findings("HWA-K001").Count, scene.Findings("HWA-T012").Count));
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Without_a_SYN_the_other_segments_say_which_TTL_an_end_has()
    {
        var scene = new Scene();
        scene.Talk().Exchange(0).Exchange(10).Send(Side.Server, 1000, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: 61);
        Assert.Equal(3, scene.Finding("HWA-T012").ValueOf("difference"));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(63)]
    public void One_router_more_or_less_is_a_change_of_the_route(byte hopLimit)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Server, 1000, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: hopLimit);
        scene.IsQuietOn("HWA-T012");
    }

    [Fact]
    public void Without_another_segment_of_that_end_there_is_nothing_to_compare()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Server, 1, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: 61);
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions).Send(Side.Server, 1, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: 61);
        scene.Talk().Exchange(0).Send(Side.Server, 1000, TcpFlags.Rst | TcpFlags.Ack, "", hopLimit: 61);
        scene.IsQuietOn("HWA-T012");
    }

    /// <summary>As Go's net/http does after half a second, and Kestrel after five.</summary>
    [Theory]
    [InlineData(413, "Connection: close\r\n")]
    [InlineData(401, "")]
    public void A_server_that_stops_reading_after_its_early_answer_may_destroy_that(int status, string fields)
    {
        var scene = new Scene();
        AnsweredEarly(scene.Talk(), status, fields).Rst(Side.Server, 503);
        var finding = scene.Finding("HWA-T005");
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal([4L, 6, 7, 9], finding.Frames.Select(frame => frame.Number));
        Assert.Contains("read on, and discard", PhraseText.Of(Assert.Single(finding.Advice), finding.Measured, Language.English));
    }

    [Fact]
    public void A_server_that_lets_go_of_a_request_after_its_answer_is_not_told_to_read_it_sooner()
    {
        var scene = new Scene();
        AnsweredEarly(scene.Talk(), 413, "").Send(Side.Server, 4.1, TcpFlags.Ack, "", window: 0).Rst(Side.Server, 503);
        Assert.Equal("HWA-T005", scene.Finding("HWA-T005").Rule.Id);
        scene.IsQuietOn("HWA-D006");
    }

    /// <summary>The whole request was sent meanwhile, but not read.</summary>
    [Fact]
    public void A_request_that_came_to_its_end_behind_the_FIN_may_be_unread_all_the_same()
    {
        var scene = new Scene();
        AnsweredEarly(scene.Talk(), 413, "", length: 2005).Rst(Side.Server, 503);
        Assert.Equal([4L, 6, 7, 9], scene.Finding("HWA-T005").Frames.Select(frame => frame.Number));
    }

    /// <summary>RFC 9293 §3.10.7.1: it answers what came after all was over; the client that stops by itself has its answer.</summary>
    [Fact]
    public void Not_a_late_segment_that_meets_a_closed_connection_nor_a_client_that_closed_by_itself()
    {
        var scene = new Scene();
        AnsweredEarly(scene.Talk(), 413, "").Rst(Side.Server, 5003, TcpFlags.Rst);
        AnsweredEarly(scene.Talk(), 413, "").Fin(Side.Client, 100).Rst(Side.Server, 503);
        scene.IsQuietOn("HWA-T005");
    }

    private static Talk AnsweredEarly(Talk talk, int status, string fields, int length = 500_000) => talk.Handshake(0)
        .Send(Side.Client, 1, TcpFlags.Ack, $"POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n" + new string('x', 1000))
        .Ack(Side.Server, 1.2).Response(2, status, fields).Fin(Side.Server, 3)
        .Send(Side.Client, 4, TcpFlags.Ack, new string('x', 1005));
}
