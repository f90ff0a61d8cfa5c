using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D101.</summary>
public sealed class NagleDelayedAckTests
{
    private const string Rule = "HWA-D101";
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    [Fact]
    public void Waits_of_a_pool_are_one_finding()
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 4, ackAfter: 40, bodyAfter: 0.1);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(4, finding.ValueOf("waits"));
        Assert.Equal(4, finding.ValueOf("exchanges"));
        Assert.Equal((long)Side.Server, finding.ValueOf("sender"));
        Assert.Equal([6L, 7], finding.Frames.Take(2).Select(frame => frame.Number));
    }

    [Fact]
    public void A_program_that_pauses_does_not_follow_the_acknowledgment()
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 4, ackAfter: 40, bodyAfter: 30);
        scene.IsQuietOn(Rule);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(190)]
    [InlineData(700)]
    public void Only_an_acknowledgment_as_late_as_systems_delay_it_counts(double ackAfter)
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 4, ackAfter, bodyAfter: ackAfter == 190 ? 5 : 0.1);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void One_of_many_is_chance()
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 1, ackAfter: 40, bodyAfter: 0.1);
        var talk = scene.Talk().Handshake(10_000);
        for (var exchange = 0; exchange < 30; exchange++)
        {
            talk.Exchange(10_001 + (exchange * 10));
        }

        scene.IsQuietOn(Rule);
    }

    [Theory]
    [InlineData(43, Severity.Error, Confidence.Likely)]
    [InlineData(70, Severity.Note, Confidence.Possible)]
    public void One_wait_counts_more_where_systems_are_known_to_delay_so_long(double ackAfter, Severity severity, Confidence confidence)
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 1, ackAfter, bodyAfter: 0.1);
        var finding = scene.Finding(Rule);
        Assert.Equal((severity, confidence), (finding.Severity, finding.Confidence));
    }

    [Fact]
    public void A_piece_that_left_before_the_acknowledgment_arrived_had_not_waited()
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 4, ackAfter: 40, bodyAfter: 5, front: 50);
        scene.IsQuietOn(Rule);
        var waited = new Scene();
        InTwoPieces(waited, exchanges: 4, ackAfter: 40, bodyAfter: 50.1, front: 50);
        waited.Finding(Rule);
    }

    [Fact]
    public void A_small_part_of_the_latency_is_a_warning()
    {
        var scene = new Scene();
        InTwoPieces(scene, exchanges: 3, ackAfter: 40, bodyAfter: 0.1);
        scene.Talk().Handshake(10_000).Exchange(10_001, takes: 5000);
        Assert.Equal(Severity.Warning, scene.Finding(Rule).Severity);
    }

    [Theory]
    [InlineData(1460, 65535)]
    [InlineData(512, 4)]
    [InlineData(1000, 8)]
    public void What_is_a_whole_segment_or_all_that_the_window_takes_waited_for_room(int octets, int window)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var (exchange, at) = (0, 100.0); exchange < 4; exchange++, at += 2000)
        {
            talk.Request(at).Send(Side.Server, at + 1, TcpFlags.Ack, $"HTTP/1.1 200 OK\r\nContent-Length: {octets}\r\n\r\n")
                .Send(Side.Client, at + 41, TcpFlags.Ack, "", window: (ushort)window)
                .Send(Side.Server, at + 41.1, TcpFlags.Ack, new string('x', octets)).Ack(Side.Client, at + 41.2);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_segment_behind_one_that_was_not_captured_was_not_alone()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var (exchange, at) = (0, 100.0); exchange < 4; exchange++, at += 2000)
        {
            talk.Request(at).Send(Side.Server, at + 1, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 2005\r\n\r\n").Ack(Side.Client, at + 1.05)
                .Lose(Side.Server, 1000).Send(Side.Server, at + 1.2, TcpFlags.Ack, new string('x', 1000)).Ack(Side.Client, at + 41.2)
                .Send(Side.Server, at + 41.3, TcpFlags.Ack, "hello").Ack(Side.Client, at + 41.4);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Room_in_a_window_that_was_closed_is_what_was_waited_for()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var (exchange, at) = (0, 100.0); exchange < 4; exchange++, at += 2000)
        {
            talk.Request(at).Send(Side.Server, at + 1, TcpFlags.Ack | TcpFlags.Psh, Head)
                .Send(Side.Client, at + 2, TcpFlags.Ack, "", window: 0).Ack(Side.Client, at + 41)
                .Send(Side.Server, at + 41.1, TcpFlags.Ack | TcpFlags.Psh, "hello").Ack(Side.Client, at + 41.2);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void The_wait_that_is_shown_is_one_that_counts()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(100)
            .Send(Side.Server, 101, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n").Ack(Side.Client, 141)
            .Send(Side.Server, 141.1, TcpFlags.Ack, "hello").Ack(Side.Client, 142).Send(Side.Server, 900, TcpFlags.Ack, "hello");
        Assert.Equal([6L, 7], scene.Finding(Rule).Frames.Select(frame => frame.Number));
    }

    private static void InTwoPieces(Scene scene, int exchanges, double ackAfter, double bodyAfter, double front = 0.2)
    {
        var talk = scene.Talk().Handshake(0, front);
        for (var (exchange, at) = (0, 100.0); exchange < exchanges; exchange++, at += 2000)
        {
            talk.Request(at).Send(Side.Server, at + 1, TcpFlags.Ack | TcpFlags.Psh, Head).Ack(Side.Client, at + 1 + ackAfter)
                .Send(Side.Server, at + 1 + ackAfter + bodyAfter, TcpFlags.Ack | TcpFlags.Psh, "hello")
                .Ack(Side.Client, at + 1.1 + ackAfter + bodyAfter);
        }
    }
}
