using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-K001: its three shapes, and all that is no race.</summary>
public sealed class CloseRaceTests
{
    private const string Race = "HWA-K001";

    [Fact]
    public void A_request_that_the_kernel_took_and_nobody_read_is_a_race_where_the_server_closes_after_that_time()
    {
        var finding = Unread(Closing(5000, 5010, 4990), 5000).Finding(Race);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(5_000_000_000, finding.ValueOf("server_idle"));
        Assert.All(finding.Guards, guard => Assert.True(guard.Passed));
    }

    [Fact]
    public void With_one_close_it_is_likely() => Assert.Equal(Confidence.Likely, Unread(Closing(5000), 5000).Finding(Race).Confidence);

    [Fact]
    public void With_none_it_is_possible_and_says_what_else_it_may_be()
    {
        var finding = Unread(new Scene(), 5000).Finding(Race);
        Assert.Equal(Confidence.Possible, finding.Confidence);
        Assert.Contains("the packets do not show", finding.Says.English, StringComparison.Ordinal);
        Assert.Contains(finding.Guards, guard => !guard.Passed);
    }

    [Fact]
    public void Octets_that_the_capture_lacks_make_it_less_sure()
    {
        var scene = Closing(5000, 5010, 4990);
        scene.Talk().RaceBehindAHole();
        var finding = scene.Finding(Race);
        Assert.Equal(Confidence.Likely, finding.Confidence);
        Assert.Contains(finding.Guards, guard => !guard.Passed && guard.Name.English.Contains("captured", StringComparison.Ordinal));
    }

    [Fact]
    public void At_another_idle_time_than_the_server_s_it_is_none() => Unread(Closing(5000, 5010, 4990), 2000).IsQuietOn(Race);

    /// <summary>A timer that was seen to be exact is never so early: the program gave the request up.</summary>
    [Theory]
    [InlineData(4100)]
    [InlineData(4900)]
    public void Before_the_server_s_timer_can_have_been_due_it_is_none(double idle)
    {
        var scene = Closing(5000, 5010, 4990);
        scene.Talk().Handshake(0).Exchange(1).Request(2 + idle)
            .Fin(Side.Server, 2.5 + idle).Fin(Side.Client, 3 + idle).Ack(Side.Server, 3.1 + idle);
        scene.IsQuietOn(Race);
        Assert.Equal("HWA-H010", scene.Finding("HWA-H010").Rule.Id);
    }

    [Fact]
    public void After_less_idleness_than_the_server_was_seen_to_bear_it_is_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(3000).Close(3010);
        Unread(scene, 2000).IsQuietOn(Race);
    }

    [Fact]
    public void A_FIN_after_the_request_is_one_too()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Request(6002)
            .Fin(Side.Server, 6003).Fin(Side.Client, 6004).Ack(Side.Server, 6005);
        var finding = scene.Finding(Race);
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal([5L, 7, 8], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void Far_from_the_announced_timeout_it_is_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=60\r\n").Request(30_000)
            .Fin(Side.Server, 30_001).Fin(Side.Client, 30_002).Ack(Side.Server, 30_003);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void A_FIN_that_comes_long_after_the_request_is_a_failure_of_the_program()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, answerFields: "Keep-Alive: timeout=5\r\n").Request(5002)
            .Fin(Side.Server, 6000).Fin(Side.Client, 6001).Ack(Side.Server, 6002);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void A_request_that_the_client_gave_up_is_no_race()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(5002).Ack(Side.Server, 5002.1)
            .Fin(Side.Client, 5050).Fin(Side.Server, 5050.2).Ack(Side.Client, 5050.3);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void A_server_that_ends_requests_soon_after_an_answer_too_has_another_fault()
    {
        var scene = Closing(5000, 5010, 4990);
        Unread(scene, 5000);
        Unread(scene, 100);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void A_retry_that_succeeds_makes_it_a_note()
    {
        var scene = Closing(5000, 5010, 4990);
        Unread(scene, 5000, "GET /pay");
        scene.Talk().Handshake(5200).Exchange(5201, line: "GET /pay");
        var finding = scene.Finding(Race);
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Contains("sent it again", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_502_on_the_other_side_of_the_proxy_makes_it_an_error()
    {
        var scene = Closing(5000, 5010, 4990);
        var front = scene.Talk("10.0.0.99", "10.0.0.7:80").Handshake(0).Request(5001, "GET /pay");
        Unread(scene, 5000, "GET /pay");
        front.Response(5003, 502).Close(5004);
        var finding = scene.Finding(Race);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal(502, finding.ValueOf("status"));
    }

    [Fact]
    public void A_502_much_later_is_of_another_request()
    {
        var scene = Closing(5000, 5010, 4990);
        var front = scene.Talk("10.0.0.99", "10.0.0.7:80").Handshake(0).Request(5001, "GET /pay");
        Unread(scene, 5000, "GET /pay");
        front.Response(7003, 502).Close(7004);
        Assert.Equal(Severity.Warning, scene.Finding(Race).Severity);
    }

    [Fact]
    public void In_a_restart_it_is_only_possible()
    {
        var restart = new Scene();
        foreach (var begin in (double[])[1000, 2500, 3900])
        {
            restart.Talk().Handshake(begin).Exchange(begin + 1).Close(5000, Side.Server);
        }

        Crossed(restart, 5000);
        var finding = restart.Finding(Race);
        Assert.Equal(Confidence.Possible, finding.Confidence);
        Assert.Contains(finding.Guards, guard => !guard.Passed);
    }

    [Fact]
    public void The_first_request_of_a_connection_meets_no_idle_close()
    {
        var scene = Closing(5000, 5010, 4990);
        scene.Talk().Handshake(0).Request(5000, "POST /pay", body: "x").Rst(Side.Server, 5000.2);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void One_that_crosses_the_FIN_was_idle_until_that_FIN()
    {
        var scene = new Scene();
        Crossed(scene, 5051);
        Assert.Equal(5_000_000_000, scene.Finding(Race).ValueOf("idle"));
    }

    [Theory]
    [InlineData(false, Confidence.Certain)]
    [InlineData(true, Confidence.Possible)]
    public void Whether_it_crossed_the_FIN_is_known_by_what_that_acknowledges(bool arrived, Confidence confidence)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 10).Exchange(20);
        var before = talk.Next(Side.Client);
        talk.Request(5000).Send(
            Side.Server, 5010.4, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: arrived ? talk.Next(Side.Client) : before);
        talk.Rst(Side.Server, 5010.6, TcpFlags.Rst);
        Assert.Equal(confidence, scene.Finding(Race).Confidence);
        Assert.Equal(!arrived, scene.Story().Contains("crossed the server's FIN on the way", StringComparison.Ordinal));
        scene.IsQuietOn("HWA-T004");
    }

    [Fact]
    public void Long_after_a_FIN_that_was_lost_it_crossed_nothing_and_could_not_know()
    {
        var finding = Scene.WithLostFin().Finding(Race);
        Assert.Contains("the client cannot have known", finding.Says.English, StringComparison.Ordinal);
        Assert.Equal((5_000_000_000L, 100_000_000_000L), (finding.ValueOf("idle"), finding.ValueOf("after_fin")));
    }

    [Fact]
    public void One_that_crosses_an_announced_close_met_no_idle_timer()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        var before = talk.Next(Side.Server);
        talk.Response(2, fields: "Connection: close\r\n").Send(
            Side.Client, 2.1, TcpFlags.Ack | TcpFlags.Psh, "GET /a HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before);
        talk.Fin(Side.Server, 2.2).Rst(Side.Server, 2.5, TcpFlags.Rst);
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void One_that_crosses_a_408_was_idle_until_it_was_sent()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20).Exchange(1);
        var (asked, before) = (talk.Next(Side.Client), talk.Next(Side.Server));
        talk.Send(Side.Client, 5002, TcpFlags.Ack | TcpFlags.Psh, "GET /a HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before);
        talk.Send(
            Side.Server, 5003, TcpFlags.Ack, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            acknowledges: asked);
        talk.Send(Side.Server, 5003.1, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: asked).Rst(Side.Server, 5013, TcpFlags.Rst);
        Assert.Equal(5_000_000_000, scene.Finding(Race).ValueOf("idle"));
    }

    [Fact]
    public void A_408_before_the_exchange_before_says_nothing_of_its_idleness()
    {
        const string First = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", Rest = "\r\nhello";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1)
            .Send(Side.Server, 1000, TcpFlags.Ack, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n").Ack(Side.Client, 1000.1)
            .Request(3000);
        var start = talk.Next(Side.Server);
        talk.Lose(Side.Server, (uint)First.Length).Send(Side.Server, 3001, TcpFlags.Ack | TcpFlags.Psh, Rest);

        // The tap shows the beginning of that answer behind the request which came after the whole of it.
        talk.Request(8001).Send(Side.Server, 8001.1, TcpFlags.Ack, First, sequence: start, acknowledges: talk.Next(Side.Client) - 1);
        talk.Fin(Side.Server, 8001.2).Rst(Side.Server, 8001.5, TcpFlags.Rst);
        Assert.Equal(5_000_000_000, scene.Finding(Race).ValueOf("idle"));
    }

    /// <summary>Connections that this server closed after so many milliseconds of idleness, one after the other.</summary>
    private static Scene Closing(params ReadOnlySpan<double> idle)
    {
        var scene = new Scene();
        var start = 0.0;
        foreach (var after in idle)
        {
            start += 2000;
            scene.Talk().Handshake(start).Exchange(start + 1).Close(start + 2 + after, Side.Server);
        }

        return scene;
    }

    /// <summary>A POST after that idle time, which the kernel acknowledges and resets.</summary>
    private static Scene Unread(Scene scene, double idle, string line = "POST /pay")
    {
        scene.Talk().Handshake(0).Exchange(1).Request(2 + idle, line).Ack(Side.Server, 2.1 + idle).Rst(Side.Server, 2.5 + idle);
        return scene;
    }

    private static void Crossed(Scene scene, double at)
    {
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Exchange(50);
        var before = talk.Next(Side.Server);
        talk.Fin(Side.Server, at).Send(
            Side.Client, at + 5, TcpFlags.Ack | TcpFlags.Psh, "GET /a HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before);
        talk.Rst(Side.Server, at + 25, TcpFlags.Rst);
    }
}
