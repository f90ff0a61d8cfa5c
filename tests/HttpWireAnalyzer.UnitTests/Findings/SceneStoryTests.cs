using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>Stories of connections that were made packet by packet: what the whole line, from octets on, says of them.</summary>
public sealed class SceneStoryTests
{
    [Fact]
    public void Who_meets_the_last_FIN_with_a_RST_holds_no_TIME_WAIT()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1000.2)
            .Fin(Side.Server, 91_000).Rst(Side.Client, 91_000.1, TcpFlags.Rst);
        Assert.Contains(
            "Nobody holds TIME_WAIT: the client met the last FIN with a RST, so its FIN_WAIT_2 was over before. (#9, #10)", scene.Story());
    }

    [Fact]
    public void A_client_that_aborts_acknowledged_answers_and_no_request()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(2000).Rst(Side.Client, 2005);
        Assert.Contains("GET /cart (#7) was lost: the client reset the connection (#8).", OnOneLine(scene.Story()));
    }

    /// <summary>They are of the tunnel, or of what was asked of nobody.</summary>
    [Theory]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    public void Octets_behind_a_request_are_not_called_its_own(string request, string response)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack | TcpFlags.Psh, request)
            .Send(Side.Server, 2, TcpFlags.Ack | TcpFlags.Psh, response).Ack(Side.Client, 3)
            .Send(Side.Client, 5000, TcpFlags.Ack | TcpFlags.Psh, "\u0017\u0003\u0003\0\u0001x").Rst(Side.Server, 5001);
        var story = OnOneLine(scene.Story());
        Assert.Contains("reset the connection, most likely with octets unread", story, StringComparison.Ordinal);
        Assert.DoesNotContain("octets of", story, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_that_a_second_interface_shows_were_not_sent_again()
    {
        var scene = new Scene { DoubledAfter = 0.1 };
        scene.Talk().Handshake(0).Exchange(1);
        var story = scene.Story();
        Assert.Contains("were doubled on the way", story);
        Assert.DoesNotContain("sent again;", story);
    }

    /// <summary>However soon: another packet of the same sender is no copy of the tap's.</summary>
    [Fact]
    public void A_FIN_with_another_identification_was_sent_again()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        var fin = talk.Next(Side.Client);
        talk.Fin(Side.Client, 1000).Fin(Side.Server, 1000.1);
        talk.Identification = 7;
        talk.Send(Side.Client, 1000.2, TcpFlags.Fin | TcpFlags.Ack, "", sequence: fin);
        Assert.DoesNotContain("doubled", scene.Story());
        Assert.Equal((2, 0), (scene.Record().Tcp.ClientEnd.Counters.Fins, scene.Record().Tcp.ClientEnd.Counters.DoubledFins));
    }

    [Fact]
    public void Who_never_answers_a_FIN_holds_TIME_WAIT_from_the_first()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1000.2);
        var fin = talk.Next(Side.Server);
        talk.Fin(Side.Server, 1001);
        foreach (var at in (double[])[1200, 1600, 2400, 4000])
        {
            talk.Send(Side.Server, at, TcpFlags.Fin | TcpFlags.Ack, "", sequence: fin);
        }

        Assert.Contains("The client holds TIME_WAIT for 60 s", scene.Story());
    }

    [Fact]
    public void CLOSE_WAIT_ends_with_the_first_RST_behind_the_FIN()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1000.2)
            .Rst(Side.Client, 11_000).Rst(Side.Server, 27_000, TcpFlags.Rst);
        Assert.Contains("CLOSE_WAIT for 10.000 s. (#7, #9)", OnOneLine(scene.Story()));
    }

    /// <summary>It left the server before the ACK can have come there.</summary>
    [Fact]
    public void A_SYN_ACK_that_crosses_the_ACK_shows_no_loss()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions);
        var synAck = talk.Next(Side.Server);
        talk.Send(Side.Server, 300, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 300.1)
            .Send(Side.Server, 550, TcpFlags.Syn | TcpFlags.Ack, "", sequence: synAck, options: Talk.SynOptions)
            .Ack(Side.Client, 550.1).Exchange(600, takes: 300);
        Assert.DoesNotContain("accept queue", scene.Story());
    }

    [Fact]
    public void Which_of_several_SYNs_was_answered_the_later_round_trips_say()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        var syn = talk.Next(Side.Client);
        talk.Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions)
            .Send(Side.Client, 1000, TcpFlags.Syn, "", sequence: syn, options: Talk.SynOptions)
            .Send(Side.Server, 1900, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 1900.1)
            .Request(1901).Ack(Side.Server, 1921).Response(1922).Ack(Side.Client, 1922.1);
        Assert.DoesNotContain("that is the round trip", scene.Story());
    }

    [Fact]
    public void A_window_of_no_octets_behind_the_last_FIN_stops_nobody()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Fin(Side.Server, 1000.3)
            .Send(Side.Client, 1000.4, TcpFlags.Ack, "", window: 0);
        scene.IsQuietOn("HWA-D006");
    }

    /// <summary>What nobody can read here may well have been read there.</summary>
    [Fact]
    public void A_client_that_resets_what_is_no_HTTP_is_not_said_to_have_left_it_unread()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "\0\u0001").Send(Side.Server, 2, TcpFlags.Ack, "\0\u0002")
            .Ack(Side.Client, 3).Rst(Side.Client, 60_000);
        Assert.DoesNotContain("octets unread (", scene.Story());
    }

    [Fact]
    public void A_RST_that_ends_TIME_WAIT_is_named()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(1000).Rst(Side.Server, 6000.4, TcpFlags.Rst);
        Assert.Contains("The client holds TIME_WAIT for only 5.000 s: a RST (#10) ends it. (#9, #10)", scene.Story());
    }

    [Fact]
    public void A_FIN_that_nothing_acknowledged_leaves_nobody_in_CLOSE_WAIT()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        var fin = talk.Next(Side.Server);
        talk.Fin(Side.Server, 5000);
        foreach (var at in (double[])[5200, 5600, 6400, 8000])
        {
            talk.Send(Side.Server, at, TcpFlags.Fin | TcpFlags.Ack, "", sequence: fin);
        }

        var story = scene.Story();
        Assert.DoesNotContain("CLOSE_WAIT for", story);
        Assert.Contains("The server sent its FIN again 4 times within 3.000 s, and not a packet of the client came any more. (#7, #11)", story);
        scene.IsQuietOn("HWA-D105");
    }

    [Fact]
    public void Who_closes_long_after_the_other_s_FIN_was_in_CLOSE_WAIT_until_then()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1000.2)
            .Fin(Side.Client, 31_000).Ack(Side.Server, 31_000.2);
        Assert.Contains("The client had the server's FIN and closed only 30.000 s later: CLOSE_WAIT until then. (#7, #9)", scene.Story());
    }

    [Fact]
    public void Who_still_sends_behind_the_other_s_FIN_uses_its_half()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 2.2).Response(5000).Fin(Side.Server, 5001)
            .Ack(Side.Client, 5001.2);
        Assert.DoesNotContain("CLOSE_WAIT until then", scene.Story());
    }

    [Fact]
    public void Answers_of_one_packet_came_in_the_same_moment()
    {
        const string Request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        const string Response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Request + Request).Send(Side.Server, 2, TcpFlags.Ack, Response + Response)
            .Close(3);
        Assert.Contains("held up 1 answer behind it, which came in the same moment", scene.Story());
    }

    [Theory]
    [InlineData(6000.2, true, "The client closed later (#8)")]
    [InlineData(6100, true, "The client closed with that packet")]
    [InlineData(6000.2, false, "The client had not closed its half when last seen")]
    public void Whose_FIN_the_capture_lacks_closed_first_where_it_was_acknowledged(double acknowledged, bool closes, string then)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1).Lose(Side.Server, 1);
        if (acknowledged < 6100)
        {
            talk.Ack(Side.Client, acknowledged);
        }

        if (closes)
        {
            talk.Fin(Side.Client, 6100).Ack(Side.Server, 6100.2);
        }

        talk.Ack(Side.Client, 20_000);
        var story = OnOneLine(scene.Story());
        Assert.Contains("The server closed first, most likely: its FIN is not in the capture, but the client acknowledged one octet more", story);
        Assert.Contains(then, story);
        Assert.DoesNotContain("CLOSE_WAIT for", story);
        scene.IsQuietOn("HWA-K021");
        scene.IsQuietOn("HWA-T007");
        scene.IsQuietOn("HWA-C012");
    }

    [Fact]
    public void A_FIN_that_the_capture_lacks_may_be_the_second()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 6000).Lose(Side.Server, 1).Ack(Side.Client, 6000.5);
        var story = OnOneLine(scene.Story());
        Assert.Contains("The client closed first", story);
        Assert.Contains("The server closed as well: its FIN is not in the capture, but was acknowledged (#8)", story);
    }

    [Fact]
    public void A_RST_behind_the_other_end_s_FIN_is_not_what_closed_first()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Server, 1).Ack(Side.Client, 6000).Fin(Side.Client, 6100).Rst(Side.Server, 6100.2, TcpFlags.Rst);
        var story = scene.Story();
        Assert.Contains("The server closed first, most likely", OnOneLine(story));
        Assert.DoesNotContain("reset the connection", story);
    }

    [Theory]
    [InlineData(Side.Server, "A RST came after that FIN (#9).")]
    [InlineData(Side.Client, "A RST came after that FIN (#9).")]
    public void A_RST_of_either_end_behind_a_FIN_that_the_capture_lacks_did_not_close_first(Side resets, string then)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Server, 1).Ack(Side.Client, 3000).Request(9000).Rst(resets, 9001);
        var story = OnOneLine(scene.Story());
        Assert.Contains("The server closed first, most likely", story);
        Assert.Contains(then, story);
        var close = scene.Record().Tcp.Close;
        Assert.Equal((CloseManner.FinThenReset, Side.Server, 9), (close.How, close.First, close.Packet.Number));
    }

    [Fact]
    public void An_answer_that_crosses_the_clients_RST_answers_its_request_too_late()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.2).Rst(Side.Client, 5000).Response(5005);
        Assert.Contains("GET /cart (#4) was answered too late (#7): the client gave up after 4.999 s (#6)", OnOneLine(scene.Story()));
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void An_octet_that_the_capture_lacks_is_no_FIN_where_octets_follow_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Server, 1).Ack(Side.Client, 5).Exchange(10).Close(6000);
        Assert.Contains("The client closed first (FIN", scene.Story());
    }

    [Fact]
    public void A_RST_with_a_text_for_people_answers_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.1)
            .Send(Side.Server, 30, TcpFlags.Rst | TcpFlags.Ack, "blocked by policy");
        var story = scene.Story();
        Assert.Contains("RST with 17 octets of text", story);
        Assert.DoesNotContain("cannot be read", story);
        Assert.DoesNotContain("unreadable", story);
    }

    [Fact]
    public void An_answer_that_the_RST_acknowledges_was_sent_and_not_captured()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Lose(Side.Server, 43).Rst(Side.Client, 1000);
        var story = OnOneLine(scene.Story());
        Assert.Contains("1 request, cold, its answer was not captured.", story);
        Assert.Contains("43 B from the server not captured", story);
        Assert.DoesNotContain("never answered", story);
        scene.IsQuietOn("HWA-T013");
        scene.IsQuietOn("HWA-T004");
    }

    /// <summary>Nothing says how much a forged one acknowledges; one octet more may be a FIN.</summary>
    [Theory]
    [InlineData(43u, 60)]
    [InlineData(1u, 64)]
    [InlineData(50_000_000u, 64)]
    public void Not_every_acknowledgment_of_a_RST_shows_an_answer(uint octets, byte hopLimit)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        talk.Send(Side.Client, 1000, TcpFlags.Rst | TcpFlags.Ack, "", acknowledges: talk.Next(Side.Server) + octets, hopLimit: hopLimit);
        Assert.DoesNotContain("not captured", scene.Story());
    }

    [Fact]
    public void A_FIN_that_was_lost_is_not_said_to_have_been_crossed()
    {
        var story = Scene.WithLostFin().Story();
        Assert.Contains("the client sent GET /a (#8), which had not acknowledged that FIN and may never have had it", story);
        Assert.DoesNotContain("crossed", story);
    }

    [Fact]
    public void A_probe_that_a_RST_answers_shows_that_the_connection_was_forgotten()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 60_002).Rst(Side.Server, 60_002.2, TcpFlags.Rst);
        var story = scene.Story();
        Assert.Contains("TCP keep-alive probe  answered by RST", story);
        Assert.StartsWith(
            "The server no longer knew the connection: it answered the client's TCP keep-alive probe (#7) with a RST (#8).",
            story.Split("\n\n")[1]);
    }

    [Fact]
    public void A_SYN_ACK_that_a_RST_answers_is_no_hole_in_the_capture()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "").Send(Side.Server, 0.2, TcpFlags.Syn | TcpFlags.Ack, "")
            .Rst(Side.Client, 0.3, TcpFlags.Rst);
        Assert.Contains("The client sent a SYN and answered the SYN-ACK with a RST", scene.Story());
    }

    [Fact]
    public void A_capture_that_lacks_a_FIN_does_not_lack_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Lose(Side.Client, 1).Ack(Side.Server, 500)
            .Send(Side.Server, 800, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n").Rst(Side.Client, 800.1, TcpFlags.Rst);
        var story = scene.Story().ReplaceLineEndings(" ");
        Assert.Contains("its FIN is not in the capture", story);
        Assert.Contains("was cut off: 0 of 6 octets", story);
        Assert.DoesNotContain("lacks nothing", story);
    }

    [Fact]
    public void A_message_whose_end_the_capture_lacks_ends_with_the_acknowledgment_of_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 200, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            .Lose(Side.Server, 1000).Ack(Side.Client, 290).Close(1000);
        Assert.Contains("took 289.0 ms", scene.Story());
    }

    [Fact]
    public void Who_cuts_its_own_upload_is_told_by_its_own_FIN()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello")
            .Close(2000);
        Assert.Contains("5 of 50 octets that Content-Length promised. The capture lacks nothing: no more of the client passed here. Its last "
            + "octets had come 1.999 s before the close. (#4, #5)", scene.Story());
        Assert.Equal([4L, 5], scene.Finding("HWA-H010").Frames.Select(frame => frame.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_cuts_its_own_upload_did_so_also_where_an_answer_comes_behind_it(bool reads)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0)
            .Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello").Ack(Side.Server, 1.1)
            .Fin(Side.Client, 2000).Ack(Side.Server, 2000.1).Response(7001, 408, "Connection: close\r\n");
        _ = reads ? talk.Fin(Side.Server, 7001.1).Ack(Side.Client, 7001.3) : talk.Rst(Side.Client, 7001.1, TcpFlags.Rst);
        var story = OnOneLine(scene.Story());
        Assert.Contains("POST /up is incomplete: 5 of 50 octets came before the client closed (#6). It was answered 408 all the same (#8).", story);
        Assert.Contains("1 request, cold, cut off, and answered all the same.", story);
        Assert.Contains("The client closed first (FIN): it left in the middle of its own request, POST /up.", story);
        var record = scene.Record();
        Assert.Equal(CloseReason.ClosedWhileOutstanding, record.Close.Reason);
        Assert.Equal([4L, 6], scene.Finding("HWA-H010").Frames.Select(frame => frame.Number));
        Assert.All(scene.Findings("HWA-T006"), finding => Assert.Equal(Severity.Info, finding.Severity));
    }

    [Fact]
    public void Octets_that_came_behind_the_close_did_not_come_before_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello")
            .Response(2, 413, "Connection: close\r\n").Fin(Side.Server, 2.1)
            .Send(Side.Client, 2.2, TcpFlags.Ack, "more of it").Rst(Side.Server, 2.3, TcpFlags.Rst);
        Assert.StartsWith("POST /up is incomplete: 15 of 50 octets came, and the server closed (#6).", scene.Story().Split("\n\n")[1]);
    }

    [Fact]
    public void A_RST_in_place_of_the_FIN_that_was_announced_left_the_upload_unread()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhello")
            .Response(2, 413, "Connection: close\r\n").Rst(Side.Server, 2.1);
        Assert.Contains("closed with octets unread", scene.Story());
        Assert.Equal(Severity.Warning, scene.Finding("HWA-T005").Severity);
    }

    [Fact]
    public void A_header_of_the_PROXY_protocol_is_named()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0)
            .Send(Side.Client, 1, TcpFlags.Ack, "PROXY TCP4 192.0.2.1 192.0.2.2 56324 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .Response(2).Close(3);
        var story = scene.Story();
        Assert.Contains("header of the PROXY protocol  41 B", story);
        Assert.Contains("1 request, cold, answered.", story);
    }

    [Fact]
    public void Control_frames_beyond_those_that_are_kept_are_counted_among_the_lines_left_out()
    {
        var pings = Http2Octets.Client;
        for (var i = 0; i < 200; i++)
        {
            pings.Ping(1);
        }

        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, Encoding.Latin1.GetString(pings.ToArray())).Close(3);

        // Half of 256 is for PINGs; the preface and SETTINGS are told before them.
        Assert.Contains("74 more lines are left out", scene.Story());
    }

    /// <summary>Go's server and grpc's send SETTINGS at once, nghttp2's adds a GOAWAY; curl closes first.</summary>
    [Theory]
    [InlineData(0.5, true, Side.Server)]
    [InlineData(0.5, false, Side.Server)]
    [InlineData(1.5, true, Side.Client)]
    [InlineData(1.5, false, Side.Client)]
    public void A_server_that_speaks_HTTP2_alone_is_named(double settings, bool says, Side closes)
    {
        var scene = new Scene();
        var frame = settings < 1 ? 4 : 5;
        var talk = scene.Talk().Handshake(0);
        if (settings < 1)
        {
            talk.Send(Side.Server, settings, TcpFlags.Ack, Http2Settings).Request(1);
        }
        else
        {
            talk.Request(1).Send(Side.Server, settings, TcpFlags.Ack, Http2Settings);
        }

        if (says)
        {
            talk.Send(Side.Server, 2, TcpFlags.Ack, Http2GoAway);
        }

        talk.Close(3, closes);
        var story = OnOneLine(scene.Story());
        Assert.Contains($"The server speaks HTTP/2 alone there: it met GET /cart (#{9 - frame}), which is HTTP/1, with a frame of HTTP/2 (#{frame}).", story);
        Assert.Contains("closed first (FIN", story);
        Assert.DoesNotContain("belong to no message", story);
        Assert.Contains("http2_answer_to_http1", Words.Anomalies(scene.Record().Http.Anomalies).Select(word => word.Text));
    }

    [Fact]
    public void Other_octets_of_no_message_are_no_HTTP2()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "\0\0\u0005" + Http2Settings[3..]).Close(3, Side.Server);
        Assert.Contains("belong to no message", scene.Story());
    }

    private const string Http2Settings = "\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064";

    private const string Http2GoAway = "\0\0\u0008\u0007\0\0\0\0\0\0\0\0\0\0\0\0\u0001";

    /// <summary>Without the breaks of its lines.</summary>
    private static string OnOneLine(string story) => string.Join(' ', story.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
