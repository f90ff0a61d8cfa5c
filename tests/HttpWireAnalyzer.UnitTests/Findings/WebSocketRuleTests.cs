using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>S004 to S006: how WebSockets and event streams end.</summary>
public sealed class WebSocketRuleTests
{
    private static readonly string News = Written(WebSocketFrames.Text("news", masked: false));

    [Fact]
    public void A_WebSocket_that_is_cut_after_a_minute_of_silence_is_a_proxy_s_timer()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, News).Ack(Side.Client, 540).Close(60_501, Side.Server);

        var finding = scene.Finding("HWA-S004");
        Assert.Equal((Severity.Warning, Confidence.Likely, 0), (finding.Severity, finding.Confidence, finding.Subject.Connection));
        Assert.Equal("nginx proxy_read_timeout, 60 s or AWS ALB, 60 s", finding.TextOf("preset"));
        Assert.Equal(30_000_500_000, finding.ValueOf("send_every"));
        scene.IsQuietOn("HWA-S005");
    }

    [Fact]
    public void Three_that_agree_make_it_certain_and_are_told_together()
    {
        var scene = new Scene();
        for (var i = 0; i < 3; i++)
        {
            Open(scene, at: i * 1000, client: $"10.0.0.{i + 7}").Close((i * 1000) + 10_002 + i, Side.Server);
        }

        var finding = scene.Finding("HWA-S004");
        Assert.Equal((Confidence.Certain, 3), (finding.Confidence, finding.ValueOf("samples")));
        Assert.Equal(-1, finding.Subject.Connection);
    }

    [Fact]
    public void A_shorter_silence_that_was_survived_is_the_bracket_s_other_end()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 8002, TcpFlags.Ack, News).Ack(Side.Client, 8040).Close(18_002, Side.Server);

        var finding = scene.Finding("HWA-S004");
        Assert.Equal((8_000_000_000, Confidence.Likely), (finding.ValueOf("survived"), finding.Confidence));
    }

    [Fact]
    public void A_longer_one_on_another_WebSocket_speaks_against_a_timer()
    {
        var scene = new Scene();
        Open(scene).Close(5000, Side.Server);
        Open(scene, at: 1, client: "10.0.0.8").Send(Side.Server, 9000, TcpFlags.Ack, News).Ack(Side.Client, 9040)
            .Send(Side.Server, 9100, TcpFlags.Ack, Goodbye(Side.Server)).Ack(Side.Client, 9140).Close(9200, Side.Server);

        Assert.Equal(Confidence.Possible, scene.Finding("HWA-S004").Confidence);
    }

    [Fact]
    public void A_client_that_leaves_once_has_other_reasons()
    {
        var scene = new Scene();
        Open(scene).Close(5000, Side.Client);

        Assert.Equal(Confidence.Possible, scene.Finding("HWA-S004").Confidence);
    }

    [Fact]
    public void Who_survived_as_long_a_silence_before_was_not_cut_by_a_timer()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 9000, TcpFlags.Ack, News).Ack(Side.Client, 9040).Close(14_000, Side.Server);

        scene.IsQuietOn("HWA-S004");
        Assert.Equal(5_000_000_000, scene.Finding("HWA-S005").ValueOf("silence"));
    }

    [Fact]
    public void A_close_right_after_the_last_octets_has_another_cause()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, News).Ack(Side.Client, 540).Close(900, Side.Server);

        scene.IsQuietOn("HWA-S004");
        var finding = scene.Finding("HWA-S005");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.DoesNotContain("cut off", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_was_cut_off_is_told()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, News[..^1]).Ack(Side.Client, 540).Close(900, Side.Server);

        Assert.Contains("cut off", scene.Finding("HWA-S005").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Close_frame_of_either_end_is_a_good_bye()
    {
        foreach (var side in (Side[])[Side.Client, Side.Server])
        {
            var scene = new Scene();
            Open(scene).Send(side, 500, TcpFlags.Ack, Goodbye(side)).Ack(side.Other(), 540).Close(9000, Side.Server);

            scene.IsQuietOn("HWA-S004");
            scene.IsQuietOn("HWA-S005");
        }
    }

    [Fact]
    public void An_open_one_has_not_ended()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, News).Ack(Side.Client, 9000);

        scene.IsQuietOn("HWA-S004");
        scene.IsQuietOn("HWA-S005");
    }

    [Fact]
    public void What_is_missing_may_have_been_the_Close_frame()
    {
        var scene = new Scene();
        Open(scene).Lose(Side.Server, 6).Ack(Side.Client, 540).Close(9000, Side.Server);

        scene.IsQuietOn("HWA-S004");
        scene.IsQuietOn("HWA-S005");
    }

    [Fact]
    public void Two_FINs_at_once_are_no_timer_and_no_good_bye()
    {
        var scene = new Scene();
        Crossing(Open(scene), 9000);

        scene.IsQuietOn("HWA-S004");
        Assert.Single(scene.Findings("HWA-S005"));
    }

    [Fact]
    public void Octets_that_were_never_acknowledged_tell_of_a_path_that_failed()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, News).Rst(Side.Server, 9000);

        scene.IsQuietOn("HWA-S004");
        Assert.Single(scene.Findings("HWA-S005"));
    }

    [Theory]
    [InlineData(Side.Server, true, true)]
    [InlineData(Side.Client, true, false)]
    [InlineData(Side.Server, false, false)]
    public void An_event_stream_that_the_server_ends_in_the_middle_after_a_silence_was_cut(Side closer, bool isChunked, bool expected)
    {
        var scene = new Scene();
        Events(scene, isChunked ? "Transfer-Encoding: chunked\r\n" : "").Send(Side.Server, 500, TcpFlags.Ack, isChunked ? "9\r\ndata: a\n\n\r\n" : "data: a\n\n")
            .Ack(Side.Client, 540).Close(10_500, closer);

        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-S004").Count);
        if (expected)
        {
            Assert.Equal(10_000_000_000, scene.Finding("HWA-S004").ValueOf("shortest"));
        }
    }

    [Fact]
    public void One_that_ends_with_its_last_chunk_or_sooner_was_not()
    {
        var scene = new Scene();
        Events(scene, "Transfer-Encoding: chunked\r\n").Send(Side.Server, 500, TcpFlags.Ack, "0\r\n\r\n").Ack(Side.Client, 540).Close(10_500, Side.Server);
        Events(scene, "Transfer-Encoding: chunked\r\n", "10.0.0.8").Send(Side.Server, 500, TcpFlags.Ack, "9\r\ndata: a\n\n\r\n").Ack(Side.Client, 540).Close(900, Side.Server);

        scene.IsQuietOn("HWA-S004");
    }

    [Fact]
    public void A_client_that_closes_TCP_after_the_Close_frames_takes_TIME_WAIT_upon_itself()
    {
        var scene = new Scene();
        Closed(scene).Close(600, Side.Client);

        var finding = scene.Finding("HWA-S006");
        Assert.Equal((Severity.Note, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(50_000_000, finding.ValueOf("waited"));
    }

    [Theory]
    [InlineData(600, Side.Server)]
    [InlineData(1700, Side.Client)]
    public void Not_so_the_server_or_a_client_that_had_waited(double at, Side closer)
    {
        var scene = new Scene();
        Closed(scene).Close(at, closer);

        scene.IsQuietOn("HWA-S006");
    }

    [Fact]
    public void One_that_does_not_wait_for_the_server_s_Close_frame_is_told_too()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Client, 500, TcpFlags.Ack, Goodbye(Side.Client)).Fin(Side.Client, 500.1)
            .Send(Side.Server, 550, TcpFlags.Ack, Goodbye(Side.Server)).Fin(Side.Server, 551).Ack(Side.Client, 552);

        Assert.Equal(100_000, scene.Finding("HWA-S006").ValueOf("waited"));
    }

    [Fact]
    public void Nor_a_client_before_any_Close_frame()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 400, TcpFlags.Ack, News).Ack(Side.Client, 440).Fin(Side.Client, 500)
            .Send(Side.Server, 550, TcpFlags.Ack, Goodbye(Side.Server)).Fin(Side.Server, 551).Ack(Side.Client, 552);

        scene.IsQuietOn("HWA-S006");
        Assert.Equal((long)Side.Client, scene.Finding("HWA-S005").ValueOf("closer"));
    }

    [Fact]
    public void Nor_FINs_that_crossed()
    {
        var scene = new Scene();
        Crossing(Closed(scene), 600);

        scene.IsQuietOn("HWA-S006");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_closes_because_nobody_answers_its_ping_is_not_to_blame(bool acknowledges)
    {
        var scene = new Scene();
        var talk = Open(scene).Send(Side.Server, 10_000, TcpFlags.Ack, Ping(Side.Server));
        _ = acknowledges ? talk.Ack(Side.Client, 10_000.1) : talk.Again(Side.Server, Ping(Side.Server), 10_200, 10_600);
        talk.Send(Side.Server, 20_000, TcpFlags.Ack, Ping(Side.Server)).Fin(Side.Server, 30_000);

        var finding = scene.Finding("HWA-S005");
        Assert.Equal((20_000_000_000, (long)Side.Client), (finding.ValueOf("waited"), finding.ValueOf("other")));
        Assert.Contains("the {other} was gone", finding.Says.English, StringComparison.Ordinal);
        Assert.Contains("Look at the {other}", Assert.Single(finding.Advice).English, StringComparison.Ordinal);
        scene.IsQuietOn("HWA-S004");
        Assert.Contains("The server had pinged (#7), and the client answered with nothing any more.", scene.Story(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_closes_right_behind_its_ping_did_not_wait_for_the_pong()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, Ping(Side.Server)).Ack(Side.Client, 501).Fin(Side.Server, 600);
        Assert.Contains("ended the WebSocket without a Close frame ({close}), {silence}", scene.Finding("HWA-S005").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_sent_something_behind_the_ping_was_there()
    {
        var scene = new Scene();
        Open(scene).Send(Side.Server, 500, TcpFlags.Ack, Ping(Side.Server)).Ack(Side.Client, 501)
            .Send(Side.Client, 900, TcpFlags.Ack, Written(WebSocketFrames.Text("news", masked: true))).Ack(Side.Server, 901)
            .Fin(Side.Server, 60_000);
        Assert.Single(scene.Findings("HWA-S004"));
    }

    private static string Ping(Side side) => Written(WebSocketFrames.Ping("", masked: side == Side.Client));

    private static Talk Open(Scene scene, double at = 0, string client = "10.0.0.7") => scene.Talk(client).Handshake(at)
        .Send(Side.Client, at + 1, TcpFlags.Ack, WebSocketFrames.Ask + "\r\n")
        .Send(Side.Server, at + 2, TcpFlags.Ack, WebSocketFrames.Switched + "\r\n").Ack(Side.Client, at + 2.1);

    private static Talk Closed(Scene scene) => Open(scene).Send(Side.Client, 500, TcpFlags.Ack, Goodbye(Side.Client))
        .Send(Side.Server, 550, TcpFlags.Ack, Goodbye(Side.Server)).Ack(Side.Client, 550.1);

    /// <summary>The server sends its FIN before it has the client's.</summary>
    private static void Crossing(Talk talk, double at)
    {
        var before = talk.Next(Side.Client);
        talk.Fin(Side.Client, at).Send(Side.Server, at + 0.01, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: before)
            .Ack(Side.Client, at + 0.1).Ack(Side.Server, at + 0.2);
    }

    private static Talk Events(Scene scene, string fields, string client = "10.0.0.7") => scene.Talk(client).Handshake(0).Request(1, "GET /events")
        .Send(Side.Server, 2, TcpFlags.Ack, $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{fields}\r\n");

    private static string Goodbye(Side side) => Written(WebSocketFrames.Close(1000, "", masked: side == Side.Client));

    private static string Written(byte[] octets) => Encoding.Latin1.GetString(octets);

    private static string Text(Finding finding, string name) => finding.TextOf(name)!;
}
