using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D105 and its border to HWA-G004 and HWA-G001: timers that ran out.</summary>
public sealed class DeliveryFindingsTests
{
    private const string Timeout = "HWA-D105";
    private const string Revival = "HWA-G004";

    [Fact]
    public void A_request_that_a_timer_sent_again_is_the_networks_time()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        var finding = scene.Finding(Timeout);
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(300_000_000, finding.ValueOf("sum"));
        Assert.Equal(1, finding.ValueOf("stalled"));
        scene.IsQuietOn(Revival);
    }

    /// <summary>Time passes once, however many wait.</summary>
    [Fact]
    public void Silence_of_both_ends_at_once_counts_once()
    {
        const string ask = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        const string hint = "HTTP/1.1 103 Early Hints\r\n\r\n";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        var (client, server) = (talk.Next(Side.Client), talk.Next(Side.Server));
        talk.Send(Side.Client, 1, TcpFlags.Ack, ask).Send(Side.Server, 1.5, TcpFlags.Ack, hint, acknowledges: client)
            .Send(Side.Client, 301, TcpFlags.Ack, ask, sequence: client, acknowledges: server)
            .Send(Side.Server, 302, TcpFlags.Ack, hint, sequence: server, acknowledges: client)
            .Ack(Side.Server, 303).Ack(Side.Client, 304);
        var finding = scene.Finding(Timeout);
        Assert.Equal((2, 301_000_000), (finding.ValueOf("timeouts"), finding.ValueOf("sum")));
    }

    [Fact]
    public void An_answer_that_a_timer_sent_again_arrived_later_than_it_shows()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Response(2)
            .Again(Side.Server, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 230, 650).Ack(Side.Client, 671);
        var finding = scene.Finding(Timeout);
        Assert.Equal(2, finding.ValueOf("timeouts"));
        Assert.Equal(0, finding.ValueOf("stalled"));
    }

    [Fact]
    public void A_repetition_before_the_timer_is_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 50).Response(52).Ack(Side.Client, 53);
        scene.IsQuietOn(Timeout);
    }

    [Fact]
    public void A_repetition_that_the_receiver_did_not_need_is_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 100).Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", 400)
            .Response(402).Ack(Side.Client, 403);
        scene.IsQuietOn(Timeout);
    }

    [Fact]
    public void Calls_that_nobody_answers_are_a_ghosts()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(1000, 1300, 1900, 3100, 5500, 10_300, 19_900);
        scene.IsQuietOn(Timeout);
        scene.Finding("HWA-G001");
    }

    [Fact]
    public void An_end_that_had_closed_owes_no_answer_and_what_waits_still_counts()
    {
        const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1).Response(2).Again(Side.Server, Answer, 202, 602);
        talk.Send(Side.Client, 1000, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: talk.Next(Side.Server) - (uint)Answer.Length)
            .Again(Side.Server, Answer, 1402, 3002);
        var finding = scene.Finding(Timeout);
        Assert.Equal((4L, 1_600_000_000L), (finding.ValueOf("timeouts"), finding.ValueOf("most")));
    }

    [Fact]
    public void A_lost_SYN_is_another_matter()
    {
        var scene = new Scene();
        var talk = scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions);
        talk.Send(Side.Client, 1000, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions)
            .Send(Side.Server, 1001, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions)
            .Ack(Side.Client, 1002).Exchange(1003);
        scene.IsQuietOn(Timeout);
    }

    [Fact]
    public void After_long_idleness_it_is_the_path_that_slept()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(60_000, 60_300, 60_900).Response(60_901).Ack(Side.Client, 60_902);
        var finding = scene.Finding(Revival);
        Assert.Equal((Severity.Note, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal([7L, 8, 10], finding.Frames.Select(frame => frame.Number));
        scene.IsQuietOn(Timeout);
    }

    [Fact]
    public void After_short_idleness_it_is_a_loss()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(5000, 5300).Response(5301).Ack(Side.Client, 5302);
        scene.IsQuietOn(Revival);
        scene.Finding(Timeout);
    }

    [Fact]
    public void A_timeout_of_the_answer_is_no_revival()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(60_000).Response(60_001)
            .Again(Side.Server, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 60_300).Ack(Side.Client, 60_301);
        scene.IsQuietOn(Revival);
    }
}
