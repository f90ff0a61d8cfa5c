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

    private static string OnOneLine(Scene scene) =>
        string.Join(' ', scene.Story().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
