using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-G003 and G005: TCP keep-alive, who uses it, and whether it helps.</summary>
public sealed class ProbeFindingsTests
{
    private const string Ineffective = "HWA-G003";
    private const string Inventory = "HWA-G005";
    private const double Second = 1000;

    [Fact]
    public void The_first_probe_after_the_path_forgot_comes_too_late()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 400 * Second).Probe(Side.Client, 475 * Second).Probe(Side.Client, 550 * Second);
        scene.Talk().Handshake(600 * Second).Exchange((600 * Second) + 1).Close((600 * Second) + 100);
        var finding = scene.Finding(Ineffective);
        Assert.Equal((Severity.Warning, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal(399_998_000_000, finding.ValueOf("idle"));
        Assert.Equal(199_000_000_000, finding.ValueOf("probe_every"));
    }

    [Fact]
    public void On_a_path_that_shows_no_life_it_is_only_possible()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 400 * Second).Probe(Side.Client, 475 * Second);
        Assert.Equal(Confidence.Possible, scene.Finding(Ineffective).Confidence);
    }

    [Fact]
    public void One_unanswered_probe_is_chance()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 400 * Second);
        scene.IsQuietOn(Ineffective);
    }

    [Fact]
    public void A_host_that_vanishes_at_once_is_a_ghost()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 5 * Second).Probe(Side.Client, 10 * Second).Probe(Side.Client, 15.1 * Second);
        scene.IsQuietOn(Ineffective);
        scene.Finding("HWA-G001");
    }

    [Fact]
    public void Probes_do_not_hold_an_HTTP_timer_up()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 20 * Second).Ack(Side.Server, (20 * Second) + 1)
            .Probe(Side.Client, 40 * Second).Ack(Side.Server, (40 * Second) + 1).Close(60 * Second, Side.Server);
        var finding = scene.Finding(Ineffective);
        Assert.Equal((Severity.Info, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.NotEqual(finding.Rule.Advice, finding.Advice);
    }

    [Fact]
    public void A_client_that_closes_itself_had_its_use_of_them()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 20 * Second).Ack(Side.Server, (20 * Second) + 1).Close(60 * Second);
        scene.IsQuietOn(Ineffective);
    }

    [Fact]
    public void Probes_are_known_behind_octets_that_the_capture_lacks()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 1.1).Lose(Side.Server, 77).Ack(Side.Client, 1.3);
        for (var at = Second; at < 4 * Second; at += Second)
        {
            talk.Probe(Side.Server, at + 1).Ack(Side.Client, at + 1.1);
        }

        talk.Close(5 * Second);
        var finding = scene.Finding(Inventory);
        Assert.Equal((3L, 3L), (finding.ValueOf("probes"), finding.ValueOf("answered")));
        scene.IsQuietOn("HWA-D005");
        Assert.DoesNotContain("not answered", scene.Story());
    }

    [Fact]
    public void A_late_copy_of_an_acknowledgment_behind_the_FIN_is_no_probe()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 10).Ack(Side.Server, 10.1);
        talk.Send(Side.Client, 10.2, TcpFlags.Ack, "", sequence: talk.Next(Side.Client) - 1).Fin(Side.Server, 11).Ack(Side.Client, 11.1);
        scene.IsQuietOn(Inventory);
    }

    [Fact]
    public void The_inventory_has_probes_before_the_last_exchange_too()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 30 * Second).Ack(Side.Server, (30 * Second) + 1)
            .Probe(Side.Client, 40 * Second).Ack(Side.Server, (40 * Second) + 1).Exchange(45 * Second)
            .Probe(Side.Client, 75 * Second).Ack(Side.Server, (75 * Second) + 1).Close(76 * Second);
        var finding = scene.Finding(Inventory);
        Assert.Equal((3L, 10_000_000_000L), (finding.ValueOf("probes"), finding.ValueOf("interval")));
        Assert.Equal(29_998_000_000, finding.ValueOf("idle"));
    }

    [Fact]
    public void A_probe_that_the_capture_has_twice_gives_no_interval()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Server, 20 * Second).Probe(Side.Server, (20 * Second) + 0.002)
            .Ack(Side.Client, (20 * Second) + 1).Probe(Side.Server, 30 * Second).Ack(Side.Client, (30 * Second) + 1).Close(60 * Second);
        Assert.Equal(10_000_000_000, scene.Finding(Inventory).ValueOf("interval"));
    }

    [Fact]
    public void The_inventory_says_who_probes_and_how_often()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Server, 20 * Second).Ack(Side.Client, (20 * Second) + 1)
            .Probe(Side.Server, 30 * Second).Ack(Side.Client, (30 * Second) + 1).Close(60 * Second);
        var finding = scene.Finding(Inventory);
        Assert.Equal(
            [(long)Side.Server, 2, 2, 1, 10_000_000_000],
            ((string[])["prober", "probes", "answered", "count", "interval"]).Select(name => finding.ValueOf(name)));
        Assert.Equal(Severity.Info, finding.Severity);
    }

    [Fact]
    public void Probes_of_a_closed_window_ask_for_room()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Client, 100, TcpFlags.Ack, "", window: 0)
            .Probe(Side.Server, 20 * Second).Send(Side.Client, (20 * Second) + 1, TcpFlags.Ack, "", window: 0)
            .Probe(Side.Server, 40 * Second).Send(Side.Client, (40 * Second) + 1, TcpFlags.Ack, "", window: 0);
        scene.IsQuietOn(Inventory);
        scene.IsQuietOn(Ineffective);
    }

    /// <summary>A mirror port that shows each frame twice, and the answers as well.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(3)]
    public void Copies_of_probes_and_of_their_answers_are_not_counted(double after)
    {
        var scene = new Scene { DoubledAfter = after };
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 75 * Second).Ack(Side.Server, (75 * Second) + 1)
            .Probe(Side.Client, 150 * Second).Probe(Side.Client, 225 * Second);
        var finding = scene.Finding(Inventory);
        Assert.Equal((3, 1, 75_000_000_000), (finding.ValueOf("probes"), finding.ValueOf("answered"), finding.ValueOf("interval")));
    }
}
