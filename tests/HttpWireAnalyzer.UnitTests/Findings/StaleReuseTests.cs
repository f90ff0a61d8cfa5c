using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-K002 and its border to HWA-K001.</summary>
public sealed class StaleReuseTests
{
    private const string Stale = "HWA-K002";
    private const string Race = "HWA-K001";

    [Fact]
    public void A_request_after_the_acknowledged_FIN_is_stale_reuse()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040)
            .Request(1060, "POST /pay", body: "x=1").Rst(Side.Server, 1060.2);
        var finding = scene.Finding(Stale);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((0, 2), (finding.Subject.Connection, finding.Subject.Exchange));
        Assert.Equal([5L, 7, 8, 9, 10], finding.Frames.Select(frame => frame.Number));
        scene.IsQuietOn(Race);
    }

    [Fact]
    public void One_that_acknowledges_the_FIN_itself_is_too()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Request(1020).Rst(Side.Server, 1020.2);
        Assert.Equal(Severity.Warning, scene.Finding(Stale).Severity);
    }

    [Fact]
    public void A_pool_that_did_not_look_for_a_second_is_an_error_whatever_the_method()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Request(2500).Rst(Side.Server, 2500.2);
        Assert.Equal(Severity.Error, scene.Finding(Stale).Severity);
        Assert.Equal(Severity.Warning, Assert.Single(scene.Findings(Stale, Setting("never_checked", 5_000_000_000))).Severity);
    }

    [Fact]
    public void A_request_that_crossed_the_FIN_is_a_race()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Exchange(50);
        var before = talk.Next(Side.Server);
        talk.Fin(Side.Server, 1000).Send(
            Side.Client, 1005, TcpFlags.Ack | TcpFlags.Psh, "POST /pay HTTP/1.1\r\nHost: app\r\nContent-Length: 0\r\n\r\n", acknowledges: before);
        talk.Rst(Side.Server, 1025, TcpFlags.Rst);
        scene.IsQuietOn(Stale);
        Assert.Equal(Confidence.Certain, scene.Finding(Race).Confidence);
    }

    [Fact]
    public void An_answered_request_is_neither()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(1000).Close(2000, Side.Server);
        scene.IsQuietOn(Stale);
        scene.IsQuietOn(Race);
    }

    private static RuleSettings Setting(string name, long value)
    {
        var card = RuleBook.Find(Stale)!;
        return RuleSettings.Usual.With(card, card.Parameters.Single(parameter => parameter.Name == name), value);
    }
}
