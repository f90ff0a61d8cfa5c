using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D103.</summary>
public sealed class SillyWindowTests
{
    private const string Rule = "HWA-D103";
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void A_body_written_ten_octets_at_a_time()
    {
        var scene = new Scene();
        Pieces(scene, 80, octets: 10);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.InRange(finding.ValueOf("segments"), 50, 70);
        Assert.Equal((10, 1460), (finding.ValueOf("mean"), finding.ValueOf("largest")));
        Assert.Equal((long)Side.Server, finding.ValueOf("sender"));
        Assert.Contains("nothing held it", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Acknowledgments_of_two_segments_at_a_time_hide_nothing()
    {
        var scene = new Scene();
        Pieces(scene, 160, octets: 100, perAck: 2);
        Assert.Equal(100, scene.Finding(Rule).ValueOf("mean"));
    }

    [Fact]
    public void A_window_that_opens_in_crumbs_is_the_receivers()
    {
        var scene = new Scene();
        // Scaled by 128.
        Pieces(scene, 80, octets: 128, window: 1);
        var finding = scene.Finding(Rule);
        Assert.Contains("filled the window", finding.Says.English, StringComparison.Ordinal);
        Assert.Contains("receiver", Assert.Single(finding.Advice).English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_has_nothing_more_to_say_is_not_silly()
    {
        var scene = new Scene();
        Pieces(scene, 80, octets: 10, every: 20);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Segments_of_a_quarter_are_large_enough()
    {
        var scene = new Scene();
        Pieces(scene, 80, octets: 400);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Small_messages_in_turns_are_not_small_segments()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var exchange = 0; exchange < 80; exchange++)
        {
            talk.Exchange(10 + (exchange * 2));
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Nor_are_small_answers_in_a_pipeline()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        for (var request = 0; request < 160; request++)
        {
            talk.Request(10 + (request * 0.01));
        }

        for (var (answer, at) = (0, 20.0); answer < 160; answer++, at += 0.5)
        {
            talk.Response(at).Ack(Side.Client, at + 0.1);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Few_are_the_end_of_a_message()
    {
        var scene = new Scene();
        Pieces(scene, 30, octets: 10);
        scene.IsQuietOn(Rule);
    }

    private static void Pieces(Scene scene, int count, int octets, double every = 0.5, int perAck = 1, ushort window = 65535)
    {
        var talk = scene.Talk().Handshake(0).Request(10)
            .Send(Side.Server, 11, Data, $"HTTP/1.1 200 OK\r\nContent-Length: {count * octets}\r\n\r\n")
            .Send(Side.Client, 11.1, TcpFlags.Ack, "", window: window);
        for (var (piece, at) = (1, 12.0); piece <= count; piece++, at += every)
        {
            talk.Send(Side.Server, at, Data, new string('x', octets));
            if (piece % perAck == 0)
            {
                talk.Send(Side.Client, at + 0.1, TcpFlags.Ack, "", window: window);
            }
        }
    }
}
