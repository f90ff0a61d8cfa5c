using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The S rules.</summary>
public sealed class LongLivedRuleTests
{
    private const string Events = "Content-Type: text/event-stream\r\nCache-Control: no-store\r\n";

    [Theory]
    [InlineData("same", Severity.Note)]
    [InlineData("other", Severity.Info)]
    public void A_steady_pace_is_polling_and_is_noted_where_nothing_new_comes(string answers, Severity expected)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var i = 0; i < 8; i++)
        {
            talk.Request(10 + (i * 2000), "GET /news").Response(12 + (i * 2000), body: answers == "same" ? "none" : new string('x', i + 1));
        }

        Assert.Equal(expected, scene.Finding("HWA-S001").Severity);
    }

    [Fact]
    public void Requests_without_a_pace_are_not()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        var at = 10.0;
        foreach (var pause in (double[])[500, 4000, 200, 9000, 1500, 7000])
        {
            talk.Request(at, "GET /news").Response(at + 2);
            at += pause;
        }

        scene.IsQuietOn("HWA-S001");
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    public void A_client_that_polls_many_things_is_told_of_once(int things, int findings)
    {
        var scene = new Scene();
        for (var thing = 0; thing < things; thing++)
        {
            var talk = scene.Talk().Handshake(thing);
            for (var i = 0; i < 6; i++)
            {
                talk.Request(10 + (i * 2000) + (thing * 100), $"GET /news/{thing}").Response(12 + (i * 2000) + (thing * 100));
            }
        }

        Assert.Equal(findings, scene.Findings("HWA-S001").Count);
    }

    [Fact]
    public void A_long_head_that_comes_again_is_the_same_request()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var i = 0; i < 8; i++)
        {
            talk.Request(10 + (i * 2000), "GET /news", $"Cookie: {new string('c', 3000)}\r\n").Response(12 + (i * 2000));
        }

        Assert.Equal(Severity.Note, scene.Finding("HWA-S001").Severity);
    }

    [Fact]
    public void Nor_is_a_load_generator()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var i = 0; i < 50; i++)
        {
            talk.Request(10 + (i * 2), "GET /news").Response(11 + (i * 2));
        }

        scene.IsQuietOn("HWA-S001");
    }

    [Fact]
    public void Answers_that_are_held_back_and_asked_for_again_at_once_are_long_polling()
    {
        var finding = LongPolls(pause: 10).Finding("HWA-S002");
        Assert.Equal(3, finding.ValueOf("count"));
        LongPolls(pause: 3000).IsQuietOn("HWA-S002");
        LongPolls(pause: 10).IsQuietOn("HWA-S001");
    }

    [Fact]
    public void An_event_stream_is_told_as_one()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "GET /events").Send(
            Side.Server, 2, TcpFlags.Ack, $"HTTP/1.1 200 OK\r\n{Events}\r\ndata: 1\n\n")
            .Send(Side.Server, 4000, TcpFlags.Ack, "data: 2\n\n").Close(5000, Side.Server);
        Assert.Equal(Confidence.Certain, scene.Finding("HWA-S003").Confidence);
    }

    [Theory]
    [InlineData(11_000, 6, true)]
    [InlineData(4000, 6, false)]
    [InlineData(11_000, 2, false)]
    public void A_response_that_is_fed_slowly_in_pieces_is_a_stream(double lasts, int pieces, bool expected)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1, "GET /log").Send(
            Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < pieces; i++)
        {
            talk.Send(Side.Server, 2 + (i * lasts / pieces), TcpFlags.Ack, "5\r\nhello\r\n");
        }

        talk.Send(Side.Server, 2 + lasts, TcpFlags.Ack, "0\r\n\r\n").Close(20_000);
        Assert.Equal(expected ? 1 : 0, scene.Findings("HWA-S003").Count);
    }

    private static Scene LongPolls(double pause)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        var at = 10.0;
        for (var i = 0; i < 3; i++)
        {
            talk.Request(at, $"GET /events?after={i}").Response(at + 6000 + i);
            at += 6000 + i + pause;
        }

        return scene;
    }
}
