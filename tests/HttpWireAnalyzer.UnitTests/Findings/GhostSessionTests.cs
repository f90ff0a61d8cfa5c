using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-G001.</summary>
public sealed class GhostSessionTests
{
    private const string Rule = "HWA-G001";

    [Fact]
    public void Unanswered_probes_until_the_kernel_gives_up()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Server, 1000).Probe(Side.Server, 2000).Probe(Side.Server, 3000)
            .Rst(Side.Server, 4000);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal([6L, 7, 8, 9, 10], finding.Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void Probes_that_go_on_for_long_enough()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 10_000).Probe(Side.Client, 15_000).Probe(Side.Client, 20_000);
        Assert.Equal(3, scene.Finding(Rule).ValueOf("probes"));
    }

    [Fact]
    public void A_request_sent_again_and_again_is_an_error()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(60_000, 60_300, 60_900, 62_100, 64_500, 69_300, 78_900);
        var finding = scene.Finding(Rule);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal(6, finding.ValueOf("repeats"));
    }

    [Fact]
    public void Too_few_calls_are_no_ghost()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 10_000).Probe(Side.Client, 25_000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Calls_within_a_few_seconds_are_no_ghost()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(60_000, 60_300, 60_900, 62_100);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Unless_ICMP_errors_say_that_they_do_not_arrive()
    {
        const byte Unreachable = 3, Prohibited = 13;
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1).Request(3000).Icmp(3000.1, Unreachable, Prohibited);
        foreach (var at in (double[])[3200, 3400, 3800, 4600, 6200])
        {
            talk.Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", at).Icmp(at + 0.1, Unreachable, Prohibited);
        }

        var finding = scene.Finding(Rule);
        Assert.Equal((6L, 3L, 13L, 8L), (finding.ValueOf("errors"), finding.ValueOf("icmp_type"), finding.ValueOf("icmp_code"), finding.ValueOf("icmp")));
        Assert.Contains(
            "6 ICMP errors came back, the first (#8) \"administratively prohibited\" from 10.0.0.254", scene.Story().ReplaceLineEndings(" "));
        scene.IsQuietOn("HWA-D001");
    }

    [Fact]
    public void An_answer_in_the_end_is_life()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).RequestAgain(60_000, 60_300, 60_900, 62_100, 64_500, 69_300, 78_900).Response(79_000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Answered_probes_are_life()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        for (var at = 1000; at < 20_000; at += 5000)
        {
            talk.Probe(Side.Server, at).Ack(Side.Client, at + 1);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_end_that_had_closed_owes_no_sign_of_life()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).RequestAgain(60_000, 60_300, 60_900, 62_100, 64_500, 69_300, 78_900);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_connection_that_never_opened_is_another_matter()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        for (var (at, wait) = (0.0, 1000.0); at < 40_000; (at, wait) = (at + wait, wait * 2))
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_scan_that_never_acknowledges_is_no_session()
    {
        var scene = new Scene();
        var talk = scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions);
        foreach (var at in (double[])[1, 3000, 9000, 21_000])
        {
            talk.Send(Side.Server, at, TcpFlags.Syn | TcpFlags.Ack, "", sequence: 5000, options: Talk.SynOptions);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Calls_after_the_callers_own_FIN_are_another_matter()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        var fin = talk.Next(Side.Client);
        talk.Fin(Side.Client, 1000);
        foreach (var at in (double[])[1300, 1900, 3100, 5500, 14_500])
        {
            talk.Send(Side.Client, at, TcpFlags.Fin | TcpFlags.Ack, "", sequence: fin);
        }

        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Copies_of_probes_make_no_ghost()
    {
        var scene = new Scene { DoubledAfter = 0.05 };
        scene.Talk().Handshake(0).Exchange(1).Probe(Side.Client, 10_000).Probe(Side.Client, 25_000);
        scene.IsQuietOn(Rule);
    }
}
