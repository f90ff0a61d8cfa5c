using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The H rules: messages that are cut, or that readers disagree about.</summary>
public sealed class MessageRuleTests
{
    private const string Truncated = "HWA-H010";
    private const string Half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789";

    [Fact]
    public void A_body_shorter_than_its_length_is_an_error()
    {
        var finding = Answered(Half).Finding(Truncated);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((10L, 100L), (Value(finding, "got"), Value(finding, "expected")));
        Assert.Equal([5L, 6], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void So_are_chunks_without_an_end_and_half_a_head()
    {
        Assert.Contains("last chunk", Answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").Finding(Truncated).Says.English, StringComparison.Ordinal);
        Assert.Equal(Severity.Error, Answered(Half, reset: true).Finding(Truncated).Severity);
    }

    [Fact]
    public void A_body_without_a_length_that_ends_with_a_reset_cannot_be_judged()
    {
        Assert.Equal(Severity.Warning, Answered("HTTP/1.1 200 OK\r\n\r\nhello", reset: true).Finding(Truncated).Severity);
        Answered("HTTP/1.1 200 OK\r\n\r\nhello").IsQuietOn(Truncated);
    }

    [Fact]
    public void A_download_that_the_client_broke_off_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Rst(Side.Client, 50);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Fin(Side.Client, 50).Fin(Side.Server, 51).Ack(Side.Client, 52);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void A_client_that_closed_its_half_only_did_not_break_it_off()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 1.5).Send(Side.Server, 20, TcpFlags.Ack, Half).Fin(Side.Server, 50).Ack(Side.Client, 52);
        Assert.Single(scene.Findings(Truncated));
    }

    [Fact]
    public void A_hole_in_the_capture_is_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half).Lose(Side.Server, 90).Ack(Side.Client, 3).Close(50, Side.Server);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void Nor_is_what_was_under_way_when_the_capture_ended()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, Half);
        scene.IsQuietOn(Truncated);
    }

    [Fact]
    public void A_request_that_its_client_broke_off_is_a_warning()
    {
        var scene = new Scene();
        const string upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, upload).Close(50);
        var finding = scene.Finding(Truncated);
        Assert.Equal((Severity.Warning, 3L), (finding.Severity, Value(finding, "got")));
    }

    [Fact]
    public void One_that_stopped_because_an_answer_came_early_is_not_flagged()
    {
        var scene = new Scene();
        const string upload = "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc";
        scene.Talk().Handshake(0).Send(Side.Client, 1, TcpFlags.Ack, upload).Response(2, 413, "Connection: close\r\n").Ack(Side.Client, 2.1).Close(3);
        scene.IsQuietOn(Truncated);
    }

    private static Scene Answered(string response, bool reset = false)
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, TcpFlags.Ack, response);
        _ = reset ? talk.Rst(Side.Server, 3) : talk.Close(3, Side.Server);
        return scene;
    }

    private static long Value(Finding finding, string name) => finding.Measured.Single(measure => measure.Name == name).Value;
}
