using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>Answers that were sent, and that the client never acknowledged, or requests that never reached the server.</summary>
public sealed class UndeliveredAnswerTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack, CloseReason.Reset)]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack, CloseReason.ClosedWhileOutstanding)]
    public void An_answer_that_was_lost_behind_the_tap_is_told(TcpFlags close, CloseReason expected)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        var before = talk.Next(Side.Server);
        talk.Response(2).Again(Side.Server, Answer, 205, 615, 1430).Send(Side.Client, 5000, close, "", acknowledges: before);
        if (close.HasFlag(TcpFlags.Fin))
        {
            talk.Rst(Side.Client, 5400, TcpFlags.Rst);
        }

        var record = scene.Record();
        Assert.Equal((expected, -1, Answer.Length), (record.Close.Reason, record.AtClose.Idle, record.AtClose.Undelivered));
        Assert.Single(scene.Findings("HWA-T004"));
        Assert.DoesNotContain("with nothing outstanding", scene.Story().ReplaceLineEndings(" "));
        Assert.Contains("were never acknowledged", scene.Story().ReplaceLineEndings(" "));
        scene.IsQuietOn("HWA-K021");
    }

    [Fact]
    public void A_RST_that_acknowledges_the_answer_leaves_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Response(2).Rst(Side.Client, 300);
        Assert.Equal(0, scene.Record().AtClose.Undelivered);
        Assert.Contains("with nothing outstanding", scene.Story().ReplaceLineEndings(" "));
        scene.IsQuietOn("HWA-T004");
    }

    /// <summary>The close was no race: the request had been on its way, and was sent again, for seconds.</summary>
    [Fact]
    public void A_request_that_the_path_lost_raced_no_close()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1, 10).RequestAgain(500, 701, 1120, 1950, 3600);
        talk.Send(Side.Server, 7000, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: talk.Next(Side.Client) - 34).Ack(Side.Client, 7000.1);
        scene.IsQuietOn("HWA-K001");
    }

    /// <summary>At the server: the client's acknowledgment of the FIN stands behind the request, which comes later, sent again.</summary>
    [Fact]
    public void A_request_that_was_sent_before_the_FIN_was_acknowledged_is_no_stale_reuse()
    {
        const string Request = "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1, 10);
        var lost = talk.Next(Side.Client);
        talk.Fin(Side.Server, 7000).Lose(Side.Client, (uint)Request.Length).Ack(Side.Client, 7000.2)
            .Send(Side.Client, 7150, TcpFlags.Ack | TcpFlags.Psh, Request, sequence: lost).Rst(Side.Server, 7150.1, TcpFlags.Rst);
        scene.IsQuietOn("HWA-K002");
    }

    [Fact]
    public void A_request_that_a_half_closed_server_acknowledged_may_have_been_read()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, 10).Fin(Side.Server, 2000).Ack(Side.Client, 2000.1)
            .Request(3000, "POST /pay", body: "x").Ack(Side.Server, 3000.2).Fin(Side.Client, 9000).Ack(Side.Server, 9000.1);
        var finding = scene.Finding("HWA-K002");
        Assert.Equal(Confidence.Likely, finding.Confidence);
        Assert.Contains("it may have been read", finding.Says.English);
    }

    [Fact]
    public void The_wait_is_counted_from_the_request_s_first_sending()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 201, 602).Ack(Side.Server, 602.2).Fin(Side.Client, 5001);
        var finding = scene.Finding("HWA-T013");
        Assert.Equal(5_000_000_000, finding.Measured.Single(measure => measure.Name == "most").Value);
        Assert.Equal(4, finding.Measured.Single(measure => measure.Name == "request").Value);
    }

    [Fact]
    public void All_pipelined_requests_that_had_no_answer_count()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "GET /a").Request(800, "GET /b").Close(5001);
        var finding = scene.Finding("HWA-T013");
        Assert.Equal((2, 5_000_000_000), (finding.Measured.Single(measure => measure.Name == "count").Value,
            finding.Measured.Single(measure => measure.Name == "most").Value));
        Assert.Contains("GET /a (#4) and 1 more were never answered: the client closed after 5.000 s", scene.Story().ReplaceLineEndings(" "));
    }

    [Fact]
    public void An_answer_that_is_under_way_as_the_capture_ends_is_one()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhello")
            .Ack(Side.Client, 2.1).Fin(Side.Client, 1990);
        scene.IsQuietOn("HWA-T013");
        Assert.Contains("1 request, cold, not answered in full", scene.Story());
    }

    [Fact]
    public void What_comes_behind_the_RST_answers_no_probe()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, 10).Probe(Side.Client, 60_000).Probe(Side.Client, 70_000).Probe(Side.Client, 80_000)
            .Rst(Side.Client, 90_000).Ack(Side.Server, 91_000);
        Assert.Equal(CloseReason.PeerGone, scene.Record().Close.Reason);
        Assert.InRange(scene.Finding("HWA-G001").Measured.Single(measure => measure.Name == "silence").Value, 89_900_000_000, 90_000_000_000);
    }

    [Fact]
    public void Who_sends_again_in_vain_and_gives_up_is_told_so_from_the_first_sending_on()
    {
        const string Request = "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n";
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, 10).Request(300_000)
            .Again(Side.Client, Request, 300_200, 300_600, 301_400, 303_000, 306_200, 312_600).Rst(Side.Client, 330_000);
        var finding = scene.Finding("HWA-G001");
        Assert.Contains("it gave the connection up", finding.Says.English);
        Assert.Equal(12_600_000_000, finding.Measured.Single(measure => measure.Name == "silence").Value);
    }

    /// <summary>The server's kernel reset it before the client's own FIN, which closes nothing any more.</summary>
    [Fact]
    public void A_RST_between_two_FINs_ends_the_connection()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, 10).Fin(Side.Server, 5000).Request(5000.1).Rst(Side.Server, 5000.2, TcpFlags.Rst)
            .Fin(Side.Client, 5000.3).Rst(Side.Server, 5000.4, TcpFlags.Rst);
        Assert.Equal(CloseManner.FinThenReset, scene.Record().Tcp.Close.How);
        Assert.Contains("A RST came after that FIN", scene.Story().ReplaceLineEndings(" "));
    }

    /// <summary>One of seven was closed for another reason than the others, which agree.</summary>
    [Fact]
    public void A_stray_close_tells_nothing_of_the_timer_of_the_others()
    {
        var scene = new Scene();
        for (var i = 0; i < 7; i++)
        {
            scene.Talk().Handshake(i * 10_000).Exchange((i * 10_000) + 1, 1).Close((i * 10_000) + 2 + (i == 3 ? 895 : 1000 + i), Side.Server);
        }

        var finding = scene.Finding("HWA-K020");
        Assert.Equal(1_000_000_000, finding.Measured.Single(measure => measure.Name == "shortest_close").Value);
        Assert.DoesNotContain(finding.Measured, measure => measure.Name == "grain");
    }

    /// <summary>The tap had lost octets of the client before it: where the RST stands, the server expects it.</summary>
    [Theory]
    [InlineData(1000, CloseManner.Reset)]
    [InlineData(1 << 23, CloseManner.Open)]
    public void A_RST_behind_octets_that_the_capture_lacks_is_obeyed(int missing, CloseManner expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n")
            .Lose(Side.Client, 500).Ack(Side.Server, 2).Send(Side.Client, 400, TcpFlags.Ack, "more").Ack(Side.Server, 400.1)
            .Send(Side.Client, 800, TcpFlags.Ack, "more").Lose(Side.Client, (uint)missing).Rst(Side.Client, 900);
        Assert.Equal(expected, scene.Record().Tcp.Close.How);
    }

    [Fact]
    public void A_client_that_never_acknowledged_a_SYN_ACK_opened_nothing()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        foreach (var at in (double[])[0, 1000, 3000])
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: 1000).Send(Side.Server, at + 0.1, TcpFlags.Syn | TcpFlags.Ack, "", sequence: 5000, acknowledges: 1001);
        }

        Assert.Contains("its SYN-ACKs were lost on the way, most likely", scene.Story().ReplaceLineEndings(" "));
    }
}
