using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>Messages that their sender gave up because nobody read them (RFC 9293 §3.8.6.1): HWA-H010 names who did not.</summary>
public sealed class UnreadResponseTests
{
    [Theory]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack)]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack)]
    public void Whose_window_was_closed_when_the_server_gave_up_did_not_read(TcpFlags flags)
    {
        var scene = new Scene();
        Unread(scene.Talk()).Send(Side.Server, 60_003, flags, "");
        Assert.Contains("the client did not read", SaysOf(scene));
        Assert.Equal([5L, 6, 7], scene.Finding("HWA-H010").Frames.Select(frame => frame.Number));
        var story = string.Join(' ', scene.Story().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("The client did not read: its window was closed from #6 on, for 60.0 s. seconds", story);
        Assert.Contains("): the client did not read: its window was closed from #6 on, for 60.0 s.", story);
    }

    /// <summary>What the server's kernel still holds goes out with the FIN behind it as soon as there is room.</summary>
    [Fact]
    public void Who_reads_again_only_to_find_the_FIN_had_not_read()
    {
        var scene = new Scene();
        Unread(scene.Talk()).Send(Side.Client, 70_003, TcpFlags.Ack, "")
            .Send(Side.Server, 70_003.2, TcpFlags.Ack, new string('x', 1000)).Fin(Side.Server, 70_003.3);
        Assert.Contains("the client did not read", SaysOf(scene));
    }

    [Fact]
    public void Who_has_read_long_since_is_not_who_cut_it()
    {
        var scene = new Scene();
        Unread(scene.Talk()).Send(Side.Client, 5003, TcpFlags.Ack, "").Fin(Side.Server, 60_003);
        Assert.DoesNotContain("did not read", SaysOf(scene));
    }

    [Fact]
    public void A_window_that_was_closed_for_a_moment_stopped_nobody()
    {
        var scene = new Scene();
        Unread(scene.Talk()).Fin(Side.Server, 50);
        Assert.DoesNotContain("did not read", SaysOf(scene));
    }

    [Fact]
    public void A_client_that_gives_up_its_upload_to_a_closed_window_was_not_read()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nhello")
            .Send(Side.Server, 2, TcpFlags.Ack, "", window: 0).Fin(Side.Client, 30_002);
        Assert.Contains("the server did not read", SaysOf(scene));
    }

    private static Talk Unread(Talk talk) => talk.Handshake(0).Request(1)
        .Send(Side.Server, 2, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + new string('x', 1000))
        .Send(Side.Client, 3, TcpFlags.Ack, "", window: 0);

    private static string SaysOf(Scene scene)
    {
        var finding = scene.Finding("HWA-H010");
        return PhraseText.Of(finding.Says, finding.Measured, Language.English);
    }
}
