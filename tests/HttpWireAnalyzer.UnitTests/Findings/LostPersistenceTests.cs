using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-K009 to HWA-K012 and HWA-K014: what ends connections that could have lived, and answers to nothing.</summary>
public sealed class LostPersistenceTests
{
    private const string Close = "Connection: close\r\n";

    [Fact]
    public void Keep_alive_that_an_HTTP_1_0_client_did_not_get_is_noted()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: Keep-Alive\r\n", version: "1.0").Response(2, version: "1.0").Close(3, Side.Server);
        var finding = scene.Finding("HWA-K009");
        Assert.Equal((Severity.Note, 1L), (finding.Severity, finding.ValueOf("count")));
    }

    [Fact]
    public void A_connection_that_went_on_all_the_same_cost_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: Keep-Alive\r\n", version: "1.0").Response(2, version: "1.0")
            .Request(3, fields: "Connection: Keep-Alive\r\n", version: "1.0").Response(4, version: "1.0").Close(5);
        scene.IsQuietOn("HWA-K009");
    }

    [Fact]
    public void Granted_and_closed_at_once_is_worse()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: Keep-Alive\r\n", version: "1.0")
            .Response(2, fields: "Connection: Keep-Alive\r\n", version: "1.0").Close(3, Side.Server);
        Assert.Equal(Severity.Warning, scene.Finding("HWA-K009").Severity);
        scene.IsQuietOn("HWA-K007");
    }

    [Fact]
    public void Granted_and_kept_or_not_asked_for_or_without_an_end_of_the_body_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, fields: "Connection: Keep-Alive\r\n", version: "1.0")
            .Response(2, fields: "Connection: Keep-Alive\r\n", version: "1.0").Close(3);
        scene.Talk().Handshake(0).Request(1, version: "1.0").Response(2, version: "1.0").Close(3, Side.Server);
        scene.Talk().Handshake(0).Request(1, fields: "Connection: Keep-Alive\r\n", version: "1.0")
            .Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.0 200 OK\r\n\r\nhello").Close(3, Side.Server);
        scene.IsQuietOn("HWA-K009");
    }

    [Fact]
    public void Connections_without_a_request_are_told_once_for_the_pool()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Close(3000);
        scene.Talk().Handshake(5).Rst(Side.Client, 10);
        var finding = scene.Finding("HWA-K010");
        Assert.Equal((Severity.Info, 2L, 3_000_000_000L), (finding.Severity, finding.ValueOf("count"), finding.ValueOf("longest")));
    }

    [Fact]
    public void One_that_never_opened_or_is_open_still_or_carried_something_else_is_not()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: UnitTests.Findings.Talk.SynOptions);
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000, options: UnitTests.Findings.Talk.SynOptions)
            .Send(Side.Server, 1, TcpFlags.Ack, "", sequence: 7000, acknowledges: 90_000_000)
            .Send(Side.Client, 2, TcpFlags.Rst, "", sequence: 1001);
        scene.Talk().Handshake(0);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "\u0016\u0003\u0001\0\u0005\u0001ello").Close(50);
        scene.IsQuietOn("HWA-K010");
    }

    [Fact]
    public void A_first_request_that_meets_the_close_of_a_connection_that_waited_is_a_warning()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Fin(Side.Server, 5000).Request(5001).Rst(Side.Server, 5001.1);
        var finding = scene.Finding("HWA-K010");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
    }

    [Fact]
    public void So_is_one_that_is_reset_at_once()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(5001).Rst(Side.Server, 5001.1);
        Assert.Equal(Confidence.Likely, scene.Finding("HWA-K010").Confidence);
    }

    [Theory]
    [InlineData(1, 1.1)]
    [InlineData(5001, 5900)]
    public void One_right_after_the_handshake_or_reset_much_later_has_another_cause(double request, double reset)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(request).Rst(Side.Server, reset);
        scene.IsQuietOn("HWA-K010");
    }

    [Fact]
    public void A_body_without_a_length_costs_its_connection()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\nhello").Close(3, Side.Server);
        var finding = scene.Finding("HWA-K011");
        Assert.Equal((Severity.Note, 1L, 5L), (finding.Severity, finding.ValueOf("count"), finding.ValueOf("octets")));
    }

    [Fact]
    public void One_in_HTTP_1_0_of_an_error_with_a_length_or_none_at_all_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, version: "1.0").Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\nhello").Close(3, Side.Server);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.0 200 OK\r\n\r\nhello").Close(3, Side.Server);
        scene.Talk().Handshake(0).Request(1, "HEAD /").Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").Close(3, Side.Server);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 413 Too Large\r\nConnection: close\r\n\r\nno").Close(3, Side.Server);
        scene.Talk().Handshake(0).Exchange(1, answerFields: Close).Close(3, Side.Server);
        scene.IsQuietOn("HWA-K011");
    }

    [Fact]
    public void A_server_that_closes_with_most_responses_is_noted()
    {
        var finding = Closing(4).Finding("HWA-K012");
        Assert.Equal((Severity.Note, 4L, 1000L), (finding.Severity, finding.ValueOf("count"), finding.ValueOf("share")));
    }

    [Fact]
    public void Few_responses_few_closes_and_closes_that_were_asked_for_are_not_flagged()
    {
        Closing(3).IsQuietOn("HWA-K012");
        Closing(4, requestFields: Close).IsQuietOn("HWA-K012");
        Closing(4, status: 404).IsQuietOn("HWA-K012");
        var scene = Closing(4);
        var talk = scene.Talk().Handshake(100);
        for (var i = 0; i < 5; i++)
        {
            talk.Exchange(101 + (i * 2));
        }

        scene.IsQuietOn("HWA-K012");
    }

    [Fact]
    public void A_408_on_an_idle_connection_answers_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Response(5000, 408, Close).Close(5001, Side.Server);
        var finding = scene.Finding("HWA-K014");
        Assert.Equal((Severity.Warning, Confidence.Certain, 408L), (finding.Severity, finding.Confidence, finding.ValueOf("status")));
    }

    [Fact]
    public void With_a_request_after_it_answers_get_out_of_step()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Response(5000, 408).Ack(Side.Client, 5000.1).Exchange(5010).Close(5020);
        Assert.Equal(Severity.Error, scene.Finding("HWA-K014").Severity);
    }

    [Fact]
    public void A_close_that_it_announced_is_not_told_of_twice()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Response(1000, 408, Close).Ack(Side.Client, 1000.1).Fin(Side.Server, 1001).Ack(Side.Client, 1001.1)
            .Request(1500).Rst(Side.Server, 1500.1);
        Assert.Equal(Severity.Error, scene.Finding("HWA-K014").Severity);
        scene.IsQuietOn("HWA-K008");
        Assert.Contains("right after it had answered", scene.Finding("HWA-K002").Advice[0].English, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_to_a_request_that_was_not_captured_or_not_whole_is_not_flagged()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1).Lose(Side.Client, 40);
        talk.Response(100).Ack(Side.Client, 100.1).Close(200);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "GET /slowly HTTP/1.1\r\nHost: a\r\n").Response(1000, 408, Close).Close(1001, Side.Server);
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void Nor_is_a_response_that_crosses_a_request()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20);
        var before = talk.Next(Side.Client);
        talk.Request(50).Send(Side.Server, 51, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", acknowledges: before).Close(90);
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void Nor_is_one_that_had_not_come_when_the_request_was_sent_wherever_it_was_captured()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Exchange(50);
        var before = talk.Next(Side.Server);
        talk.Response(5000, 408, Close).Fin(Side.Server, 5000.1)
            .Send(Side.Client, 5010, TcpFlags.Ack | TcpFlags.Psh, "GET /2 HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before)
            .Rst(Side.Server, 5011);
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void Nor_is_an_answer_behind_the_rest_of_a_request_with_which_the_capture_begins()
    {
        const string Rest = "t: h\r\n\r\n";
        const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 1, TcpFlags.Ack, Rest + Get + Get).Response(2).Response(3).Request(4).Response(5).Response(6).Ack(Side.Client, 7);
        scene.IsQuietOn("HWA-K014");
    }

    [Fact]
    public void Nor_is_an_answer_to_octets_that_are_no_request()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Client, 10, TcpFlags.Ack, "\u0001\u0002 no request\r\n\r\n").Response(11, 400, Close)
            .Close(12, Side.Server);
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "\u0016\u0003\u0001\0\u0005\u0001\0\0\u0001\0").Response(2, 400, Close)
            .Close(3, Side.Server);
        scene.IsQuietOn("HWA-K014");
    }

    private static Scene Closing(int count, int status = 200, string requestFields = "")
    {
        var scene = new Scene();
        for (var i = 0; i < count; i++)
        {
            scene.Talk().Handshake(i * 10).Request((i * 10) + 1, fields: requestFields)
                .Response((i * 10) + 2, status, Close).Close((i * 10) + 3, Side.Server);
        }

        return scene;
    }
}
