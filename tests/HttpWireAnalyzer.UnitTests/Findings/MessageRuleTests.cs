using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The H rules: messages that are cut, or that readers disagree about.</summary>
public sealed class MessageRuleTests
{
    private const string Truncated = "HWA-H010";
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789";

    [Fact]
    public void A_body_shorter_than_its_length_is_an_error()
    {
        var finding = Answered(Half).Finding(Truncated);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((10L, 100L), (finding.ValueOf("got"), finding.ValueOf("expected")));
        Assert.Equal([5L, 6], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void So_are_chunks_without_an_end_and_half_a_head()
    {
        Assert.Contains("before the end of its chunks", Answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").Finding(Truncated).Says.English, StringComparison.Ordinal);
        var head = Answered("HTTP/1.1 200 OK\r\nServer: a\r\nDa").Finding(Truncated);
        Assert.Equal(Severity.Error, head.Severity);
        Assert.Contains("within its head", head.Says.English, StringComparison.Ordinal);
        Assert.Equal(Severity.Error, Answered(Half, reset: true).Finding(Truncated).Severity);
    }

    [Theory]
    [InlineData(Side.Client, "The client ended the connection ({close}) within the head of its request")]
    [InlineData(Side.Server, "while the client still sent the head of")]
    public void Half_a_head_of_a_request_has_no_octets_of_body(Side closer, string says)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /a HTTP/1.1\r\nHost: app\r\nX-Sl").Ack(Side.Server, 1.1).Close(10_000, closer);
        var finding = scene.Finding(Truncated);
        Assert.Contains(says, finding.Says.English, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Measured, measure => measure.Name == "got");
    }

    [Fact]
    public void An_event_stream_that_the_server_ends_is_a_warning_with_other_advice()
    {
        var finding = Answered("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n")
            .Finding(Truncated);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("was not silent", finding.Advice[0].English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900, true)]
    [InlineData(1100, false)]
    public void One_that_was_silent_before_is_told_once_and_by_its_own_rule(double silence, bool isTruncated)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1)
            .Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n")
            .Ack(Side.Client, 3).Close(2 + silence, Side.Server);
        Assert.Equal(isTruncated, scene.Findings(Truncated).Count == 1);
        Assert.Equal(isTruncated, scene.Findings("HWA-S004").Count == 0);
    }

    [Fact]
    public void A_body_without_a_length_that_ends_with_a_reset_cannot_be_judged()
    {
        Assert.Equal(Severity.Warning, Answered("HTTP/1.1 200 OK\r\n\r\nhello", reset: true).Finding(Truncated).Severity);
        Answered("HTTP/1.1 200 OK\r\n\r\nhello").IsQuietOn(Truncated);
    }

    [Fact]
    public void A_download_that_the_client_broke_off_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Rst(Side.Client, 50);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Fin(Side.Client, 50).Fin(Side.Server, 51).Ack(Side.Client, 52);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void A_client_that_closed_its_half_only_did_not_break_it_off()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 1.5).Send(Side.Server, 20, TcpFlags.Ack, Half).Fin(Side.Server, 50).Ack(Side.Client, 52);
        Assert.Single(scene.Findings(Truncated));
    }

    [Fact]
    public void A_hole_in_the_capture_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Lose(Side.Server, 90).Ack(Side.Client, 3).Close(50, Side.Server);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void Nor_is_what_was_under_way_when_the_capture_ended()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void A_request_that_its_client_broke_off_is_a_warning()
    {
        var scene = new Scene();
        const string upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, upload).Close(50);
        var finding = scene.Finding(Truncated);
        Assert.Equal((Severity.Warning, 3L), (finding.Severity, finding.ValueOf("got")));
    }

    [Fact]
    public void So_is_one_that_the_server_cut_without_an_answer()
    {
        const string upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, upload).Ack(Side.Server, 1.1).Close(3, Side.Server);
        var finding = scene.Finding(Truncated);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.StartsWith("The server", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_closes_without_an_answer_to_the_first_request_is_an_error()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.3).Close(3, Side.Server);
        var finding = scene.Finding(Truncated);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal([4L, 6], finding.Frames.Select(frame => frame.Number));
        Assert.Contains("not one octet", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_request_without_an_answer_is_too_where_no_idle_timer_can_have_been_due()
    {
        var soon = new Scene();
        soon.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Request(10).Ack(Side.Server, 10.3).Close(12, Side.Server);
        var finding = soon.Finding(Truncated);
        Assert.Equal((Severity.Error, 2, 8_000_000L), (finding.Severity, finding.Subject.Exchange, finding.ValueOf("idle")));
        Assert.Contains("had been idle for {idle} only", finding.Says.English, StringComparison.Ordinal);
        soon.IsQuietOn("HWA-K001");

        var late = new Scene();
        late.Talk().Handshake(0).Exchange(1).Request(5000).Ack(Side.Server, 5000.3).Close(8000, Side.Server);
        Assert.Contains("for all that time", late.Finding(Truncated).Says.English, StringComparison.Ordinal);

        var outlived = new Scene();
        outlived.Talk().Handshake(0).Exchange(1).Exchange(9000).Close(9002);
        outlived.Talk().Handshake(0).Exchange(1).Request(5000).Ack(Side.Server, 5000.3).Close(5002, Side.Server);
        Assert.Contains("only", outlived.Finding(Truncated).Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void But_not_where_its_fin_was_on_its_way_nor_where_a_timer_may_have_been_due_nor_where_a_reset_tells_more()
    {
        var crossed = new Scene();
        var talk = crossed.Talk().Handshake(0);
        var before = talk.Next(Side.Client);
        talk.Request(5000).Send(Side.Server, 5000.3, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: before).Ack(Side.Client, 5000.4)
            .Rst(Side.Server, 5000.5);
        crossed.IsQuietOn(Truncated);

        var later = new Scene();
        later.Talk().Handshake(0).Exchange(1).Request(5010).Ack(Side.Server, 5010.3).Close(5012, Side.Server);
        later.IsQuietOn(Truncated);

        var reset = new Scene();
        reset.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.3).Rst(Side.Server, 3);
        reset.IsQuietOn(Truncated);
    }

    [Fact]
    public void One_that_stopped_because_an_answer_came_early_is_not_flagged()
    {
        var scene = new Scene();
        const string upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, upload).Response(2, 413, "Connection: close\r\n").Ack(Side.Client, 2.1).Close(3);
        scene.IsQuietOn(Truncated);
    }

    [Theory]
    [InlineData("HWA-H001", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", Severity.Warning)]
    [InlineData("HWA-H002", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", Severity.Warning)]
    [InlineData("HWA-H002", "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n", Severity.Error)]
    [InlineData("HWA-H002", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n", Severity.Warning)]
    [InlineData("HWA-H003", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Severity.Error)]
    [InlineData("HWA-H003", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", Severity.Error)]
    [InlineData("HWA-H003", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Severity.Warning)]
    [InlineData("HWA-H004", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", Severity.Warning)]
    [InlineData("HWA-H004", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", Severity.Error)]
    [InlineData("HWA-H004", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", Severity.Error)]
    [InlineData("HWA-H005", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n", Severity.Error)]
    [InlineData("HWA-H005", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n", Severity.Error)]
    [InlineData("HWA-H006", "GET / HTTP/1.1\r\n\r\n", Severity.Warning)]
    [InlineData("HWA-H006", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", Severity.Warning)]
    public void Odd_requests_are_told_with_their_packet(string rule, string request, Severity expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, request).Response(2, 400, "Connection: close\r\n").Ack(Side.Client, 2.1).Close(3, Side.Server);
        var finding = scene.Finding(rule);
        Assert.Equal((expected, 4L, 1L), (finding.Severity, finding.Frames[0].Number, finding.ValueOf("count")));
        Assert.Equal((long)Side.Client, finding.ValueOf("sender"));
    }

    [Theory]
    [InlineData("HWA-H001", "HTTP/1.1 999 Blocked\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HWA-H007", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")]
    public void So_are_odd_responses(string rule, string response)
    {
        var finding = Answered(response).Finding(rule);
        Assert.Equal((Severity.Warning, (long)Side.Server), (finding.Severity, finding.ValueOf("sender")));
    }

    [Fact]
    public void So_are_octets_behind_a_response_that_are_none()
    {
        var finding = Answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello world\n").Finding("HWA-H001");
        Assert.Equal((Severity.Warning, 7L), (finding.Severity, finding.ValueOf("octets")));
    }

    [Fact]
    public void Also_where_a_response_follows_them()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Server, 5, TcpFlags.Ack | TcpFlags.Psh, "rest").Exchange(10).Close(20, Side.Client);
        var finding = scene.Finding("HWA-H001");
        Assert.Equal((4L, 5L, 7L), (finding.ValueOf("octets"), finding.ValueOf("whole"), finding.ValueOf("rest")));
    }

    [Fact]
    public void But_not_behind_a_switch_of_protocols_nor_after_the_close_nor_where_nothing_was_answered()
    {
        Answered("HTTP/1.1 101 Switching Protocols\r\nUpgrade: odd\r\nConnection: upgrade\r\n\r\nhello world\n").IsQuietOn("HWA-H001");
        Answered("hello world, this is no HTTP\n").IsQuietOn("HWA-H001");
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 10).Ack(Side.Server, 10.1)
            .Send(Side.Server, 500, TcpFlags.Ack | TcpFlags.Psh, "anybody there?\n").Rst(Side.Client, 500.1);
        scene.IsQuietOn("HWA-H001");
    }

    [Fact]
    public void A_length_of_0_on_204_is_a_note() =>
        Assert.Equal(Severity.Note, Answered("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n").Finding("HWA-H007").Severity);

    [Fact]
    public void A_head_beyond_64_KiB_is_flagged()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "GET / HTTP/1.1\r\nHost: a\r\n");
        for (var i = 0; i < 60; i++)
        {
            talk.Send(Side.Client, 1.1, TcpFlags.Ack, $"X-{i}: {new string('a', 1300)}\r\n");
        }

        talk.Ack(Side.Server, 2).Response(3, 431, "Connection: close\r\n").Close(4, Side.Server);
        Assert.True(scene.Finding("HWA-H008").ValueOf("octets") >= 65_536);
    }

    [Fact]
    public void A_1xx_to_an_HTTP_1_0_client_is_flagged_and_to_another_is_not()
    {
        var scene = new Scene();
        const string interim = "HTTP/1.1 100 Continue\r\n\r\n";
        scene.Talk().Handshake(0).Request(1, "POST /", body: "abc").Send(Side.Server, 2, TcpFlags.Ack, interim).Response(3).Close(4);
        scene.IsQuietOn("HWA-H009");
        scene.Talk().Handshake(0).Request(1, "POST /", body: "abc", version: "1.0").Send(Side.Server, 2, TcpFlags.Ack, interim).Response(3, version: "1.0").Close(4, Side.Server);
        Assert.Equal(Severity.Warning, scene.Finding("HWA-H009").Severity);
    }

    [Fact]
    public void Sound_messages_have_none_of_it_and_what_RFC_9112_allows_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(5, version: "1.0").Response(6, 304, body: "").Close(7);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "\r\nGET / HTTP/1.1\nHost: a\n\n")
            .Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: 1\r\n\r\n").Close(3);
        Assert.DoesNotContain(scene.Report().Findings, finding => finding.Rule.Family == 'H');
    }

    [Fact]
    public void Many_of_a_kind_are_one_finding_for_the_pool()
    {
        var scene = new Scene();
        for (var i = 0; i < 20; i++)
        {
            scene.Talk().Handshake(i * 10).Send(Side.Client, (i * 10) + 1, TcpFlags.Ack, "GET / HTTP/1.1\r\n\r\n").Response((i * 10) + 2, 400).Close((i * 10) + 3);
        }

        var finding = scene.Finding("HWA-H006");
        Assert.Equal((20L, 3), (finding.ValueOf("count"), finding.Frames.Count));
        Assert.Equal("10.0.0.7 → 10.0.0.1:8080", finding.Subject.Pool.ToString());
    }

    [Fact]
    public void A_connection_with_a_hole_is_not_judged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Client, 500).Send(Side.Client, 5, TcpFlags.Ack, "GET / HTTP/1.1\r\n\r\n").Response(6, 400).Ack(Side.Client, 7).Close(8);
        scene.IsQuietOn("HWA-H006");
    }

    private static Scene Answered(string response, bool reset = false)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, response);
        _ = reset ? talk.Rst(Side.Server, 3) : talk.Close(3, Side.Server);
        return scene;
    }
}
