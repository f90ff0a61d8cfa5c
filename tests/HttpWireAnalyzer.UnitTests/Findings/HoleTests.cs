using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What a capture lacks is not what happened: holes, one direction, and what was before the capture began.</summary>
public sealed class HoleTests
{
    private const TcpFlags Push = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void Where_the_client_alone_is_heard_its_acknowledgments_tell_of_answers()
    {
        var scene = new Scene();
        scene.Talk().Ack(Side.Client, 0).Request(0.2).Lose(Side.Server, 148).Request(0.4, "POST /pay", body: "a=1")
            .Lose(Side.Server, 148).Fin(Side.Client, 1002);
        foreach (var rule in (string[])["HWA-L001", "HWA-L002", "HWA-L003", "HWA-T013"])
        {
            scene.IsQuietOn(rule);
        }

        Assert.DoesNotContain("never answered", OnOneLine(scene));
    }

    [Fact]
    public void Who_went_unheard_may_have_answered_who_gives_up()
    {
        var scene = new Scene();
        scene.Talk().Ack(Side.Client, 0).Request(0.2).Fin(Side.Client, 1002);
        scene.IsQuietOn("HWA-T013");
    }

    [Fact]
    public void An_exchange_that_was_lost_shifts_no_pairs()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Lose(Side.Server, 224).Lose(Side.Client, 68).Lose(Side.Server, 225)
            .Request(401, "GET /b").Response(401.3).Ack(Side.Client, 401.4).Request(601, "GET /c").Response(601.3)
            .Ack(Side.Client, 602).Close(5601, Side.Server);
        var story = OnOneLine(scene);
        Assert.Contains("GET /cart cold answer not captured", story, StringComparison.Ordinal);
        Assert.Contains("200 5 B after 300 µs", story, StringComparison.Ordinal);
        Assert.DoesNotContain("pipelined", story, StringComparison.Ordinal);
        Assert.DoesNotContain("never answered", story, StringComparison.Ordinal);
        scene.IsQuietOn("HWA-L001");
        scene.IsQuietOn("HWA-L003");
    }

    [Fact]
    public void A_pipeline_whose_answers_begin_behind_a_hole_keeps_them()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Lose(Side.Server, 126).Send(
                Side.Client, 60, Push,
                "POST /pay HTTP/1.1\r\nHost: app\r\nContent-Length: 1\r\n\r\naGET /receipt HTTP/1.1\r\nHost: app\r\n\r\n")
            .Response(120).Response(120.5).Ack(Side.Client, 120.6).Close(121);
        var story = OnOneLine(scene);
        Assert.Contains("GET /cart cold answer not captured", story, StringComparison.Ordinal);
        Assert.Contains("The answer to POST /pay held up 1 answer behind it", story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_was_open_before_may_have_had_its_first_response()
    {
        var scene = new Scene();
        var talk = scene.Talk().Ack(Side.Server, 0);
        var before = talk.Next(Side.Server);
        talk.Request(20).Ack(Side.Server, 20.1).Send(
            Side.Client, 40, Push, "GET /b HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before).Response(100).Close(200);
        scene.IsQuietOn("HWA-L003");
        Assert.Equal(Confidence.Certain, scene.Finding("HWA-L001").Confidence);
    }

    [Fact]
    public void Responses_before_the_first_request_of_a_capture_were_asked_for_before_it()
    {
        var scene = new Scene();
        var talk = scene.Talk().Ack(Side.Server, 0);
        foreach (var at in (double[])[500, 502, 503])
        {
            talk.Response(at).Ack(Side.Client, at + 0.1);
        }

        talk.Close(504);
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void What_was_not_captured_may_have_been_sent()
    {
        var lost = new Scene();
        lost.Talk().Handshake(0).Lose(Side.Client, 103).Lose(Side.Server, 248).Close(80);
        var midstream = new Scene();
        midstream.Talk().Ack(Side.Client, 0).Close(2);
        var empty = new Scene();
        empty.Talk().Handshake(0).Close(80);
        Assert.Contains("What was sent on it was not captured.", OnOneLine(lost));
        Assert.Contains("Nothing that was sent on it was captured, if anything was.", OnOneLine(midstream));
        Assert.Contains("Nothing was sent on it.", OnOneLine(empty));
        Assert.DoesNotContain("Nothing was outstanding", OnOneLine(lost) + OnOneLine(midstream));
        Assert.Equal(
            (CloseReason.Unknown, CloseReason.Unknown, CloseReason.NothingSent),
            (lost.Record().Close.Reason, midstream.Record().Close.Reason, empty.Record().Close.Reason));
    }

    [Fact]
    public void Of_one_direction_nobody_knows_who_closed_first()
    {
        var server = new Scene();
        server.Talk().Lose(Side.Client, 1).Send(Side.Server, 0, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions)
            .Lose(Side.Client, 59).Response(1).Lose(Side.Client, 1).Fin(Side.Server, 1003);
        var client = new Scene();
        client.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions).Lose(Side.Server, 1)
            .Request(0.1, fields: "Connection: close\r\n").Lose(Side.Server, 149).Fin(Side.Client, 0.3);
        server.IsQuietOn("HWA-K020");
        Assert.Equal(CloseReason.Unknown, server.Record().Close.Reason);
        Assert.Contains("The server closed (FIN 1.002 s after the last message), first as far as one direction can tell", OnOneLine(server));
        Assert.Contains("The client closed (FIN), first as far as one direction can tell", OnOneLine(client));
        Assert.DoesNotContain("other half open", OnOneLine(client));
    }

    [Fact]
    public void A_hole_before_the_close_was_no_idleness()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Lose(Side.Client, 68).Lose(Side.Server, 188)
            .Close(602, Side.Server);
        Assert.Equal((-1, CloseReason.Unknown), (scene.Record().AtClose.Idle, scene.Record().Close.Reason));
        scene.IsQuietOn("HWA-K003");
        scene.IsQuietOn("HWA-K020");
    }

    [Fact]
    public void What_an_abort_left_in_a_hole_may_have_been_outstanding()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Client, 95).Rst(Side.Server, 600);
        var story = OnOneLine(scene);
        Assert.Contains("octets before it, which may say why, were not captured", story, StringComparison.Ordinal);
        Assert.DoesNotContain("othing outstanding", story, StringComparison.Ordinal);
    }

    /// <summary>A hole in the last exchange is not behind it.</summary>
    [Fact]
    public void A_hole_in_a_body_leaves_the_idle_time_behind_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n")
            .Lose(Side.Server, 2000).Send(Side.Server, 3, TcpFlags.Ack, new string('x', 1000)).Ack(Side.Client, 3.1)
            .Close(5003, Side.Server);
        Assert.Equal(CloseReason.IdleClose, scene.Record().Close.Reason);
    }

    [Fact]
    public void An_exchange_in_a_hole_ended_the_idle_time_before_a_request()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Lose(Side.Client, 77).Lose(Side.Server, 127).Request(11_000).Response(11_001)
            .Ack(Side.Client, 11_002).Close(11_003);
        Assert.Equal(-1, scene.Record().AtClose.MaxIdleBefore);
    }

    [Fact]
    public void A_server_that_closes_within_its_answer_was_not_idle()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Lose(Side.Client, 79)
            .Send(Side.Server, 11, Push, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").Ack(Side.Client, 12)
            .Ack(Side.Server, 510).Close(2513, Side.Server);
        Assert.Contains("a request that was not captured, whose answer was not whole", OnOneLine(scene));
        scene.IsQuietOn("HWA-K020");
    }

    [Fact]
    public void No_time_lies_between_a_request_and_the_answer_that_stands_before_it()
    {
        const string Request = "GET / HTTP/1.1\r\nHost: app\r\n\r\n";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        var (client, server) = (talk.Next(Side.Client), talk.Next(Side.Server));
        talk.Lose(Side.Client, (uint)Request.Length).Response(1)
            .Send(Side.Client, 1.067, Push, Request, sequence: client, acknowledges: server).Ack(Side.Client, 1.1).Close(2);
        using var output = new MemoryStream();
        var terminal = new Terminal
        {
            Input = new MemoryStream(scene.Capture()),
            Output = output,
            Error = TextWriter.Null,
            Variable = _ => null,
        };
        Assert.Equal(0, Hwa.Run(["exchanges", "--json", "-"], terminal));
        var json = Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("\"exchange.receive\"", json);
        Assert.DoesNotContain("\"exchange.latency\"", json);
        Assert.DoesNotContain("\"exchange.ttfb\"", json);
    }

    private static string OnOneLine(Scene scene) =>
        string.Join(' ', scene.Story().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
