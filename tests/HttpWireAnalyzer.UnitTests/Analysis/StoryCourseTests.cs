using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>What a line of the course, and the sentence about it, may and may not say.</summary>
public sealed class StoryCourseTests
{
    [Fact]
    public void A_probe_of_a_closed_window_is_not_one_of_life()
    {
        var talk = new Conversation().Handshake().Exchange(1, 12);
        talk.WindowCloses(Side.Client, 20);
        talk.Probe(Side.Server, 300);
        talk.WindowCloses(Side.Client, 301);
        talk.Probe(Side.Server, 700);
        var text = Text(talk);
        Assert.Contains("probe of the closed window  ×2, to #9  1 answered", text);
        Assert.DoesNotContain("keep-alive probe", text);
    }

    [Fact]
    public void Every_request_that_a_reset_takes_along_is_named()
    {
        var talk = new Conversation().Handshake().Exchange(1, 2, target: "/first").Exchange(3, -1, Whole, target: "/second")
            .Exchange(4, -1, Whole, target: "/third");
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Server, Packet = talk.Rst(Side.Server, 900) };
        Assert.Contains("GET /second (#6) and GET /third (#7) were lost: the server reset the connection (#8).", Text(talk));
    }

    [Fact]
    public void A_client_that_resets_after_a_long_wait_gave_up()
    {
        var talk = new Conversation().Handshake().Exchange(1, -1, Whole);
        talk.Close = new CloseAnatomy { How = CloseManner.Reset, First = Side.Client, Packet = talk.Rst(Side.Client, 1002) };
        Assert.Contains("GET /cart (#4) was never answered: the client gave up after 1.001 s and reset the connection (#5).", Text(talk));
    }

    [Fact]
    public void A_SYN_that_was_doubled_and_then_sent_again_is_told_as_both()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000).Send(Side.Client, 0.01, TcpFlags.Syn, "", sequence: 1000)
            .Send(Side.Client, 1000, TcpFlags.Syn, "").Send(Side.Server, 1009, TcpFlags.Syn | TcpFlags.Ack, "").Ack(Side.Client, 1010);
        using var folder = new CheckFolder();
        var (_, output, _) = folder.Write("scene.pcap", scene.Capture()).Run("story", folder["scene.pcap"], "0");
        var told = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("#2 ▶ SYN_RCVD~ the same SYN again too soon to be sent again: doubled on the way", told, StringComparison.Ordinal);
        Assert.Contains("That includes 1 repeated SYN. From the last of them it took 10.0 ms: that is the round trip.", told, StringComparison.Ordinal);
        Assert.Contains("1 segment was sent again", told, StringComparison.Ordinal);
    }

    private static HttpExchange Whole(HttpExchange exchange) =>
        exchange with { RequestTrace = exchange.RequestTrace with { Complete = true } };

    private static string Text(Conversation talk)
    {
        var output = new StringWriter { NewLine = "\n" };
        new StoryText(output, TextStyle.Plain, 1000, Language.English).Write(talk.Tell(), []);
        return output.ToString();
    }
}
