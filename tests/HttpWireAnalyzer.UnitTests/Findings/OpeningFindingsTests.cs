using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-T001, T002, T003, T008, T010, T011 and D108: what goes wrong before the first request.</summary>
public sealed class OpeningFindingsTests
{
    private const TcpFlags Syn = TcpFlags.Syn;
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void A_SYN_that_RST_answers_is_refused()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, Syn, "", options: Talk.SynOptions).Rst(Side.Server, 0.2);
        scene.Talk().Send(Side.Client, 1000, Syn, "", options: Talk.SynOptions).Rst(Side.Server, 1000.2);
        var finding = scene.Finding("HWA-T001");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal([1L, 2, 3, 4], finding.Frames.Select(frame => frame.Number));
        Assert.NotNull(finding.Subject.Pool);
        scene.IsQuietOn("HWA-T002");
    }

    [Fact]
    public void ICMP_says_that_there_is_no_way()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, Syn, "", options: Talk.SynOptions).Icmp(1, type: 3, code: 1);
        var finding = scene.Finding("HWA-T001");
        Assert.Contains("ICMP type 3, code 1 (#2)", PhraseText.Of(finding.Says, finding.Measured, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reset_after_the_handshake_is_no_refusal()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Rst(Side.Server, 1);
        scene.IsQuietOn("HWA-T001");
    }

    [Fact]
    public void A_RST_that_the_servers_SYN_ACK_disproves_is_no_refusal()
    {
        var scene = new Scene();
        var talk = scene.Talk().Send(Side.Client, 0, Syn, "", options: Talk.SynOptions);
        talk.Send(Side.Server, 0.1, TcpFlags.Rst | TcpFlags.Ack, "", sequence: 0).Send(Side.Server, 0.3, SynAck, "", options: Talk.SynOptions)
            .Ack(Side.Client, 0.4).Exchange(1);
        scene.IsQuietOn("HWA-T001");
    }

    [Fact]
    public void Four_SYNs_and_silence()
    {
        var scene = new Scene();
        Syns(scene, 0, 1000, 3000, 7000);
        var finding = scene.Finding("HWA-T002");
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(4, finding.ValueOf("syns"));
        Assert.Equal(0, finding.Subject.Connection);
    }

    [Fact]
    public void A_client_that_gives_up_soon_has_not_waited()
    {
        var scene = new Scene();
        Syns(scene, 0, 1000, 3000);
        Syns(scene, 0, 8000);
        scene.IsQuietOn("HWA-T002");
    }

    [Fact]
    public void An_ICMP_error_is_an_answer_of_sorts()
    {
        var scene = new Scene();
        Syns(scene, 0, 1000, 3000, 7000).Icmp(7001, type: 3, code: 0);
        scene.IsQuietOn("HWA-T002");
    }

    [Fact]
    public void A_SYN_answered_in_the_end_cost_its_time()
    {
        var scene = new Scene();
        Syns(scene, 0, 1000, 3000, 7000).Send(Side.Server, 7001, SynAck, "", acknowledges: 1001, options: Talk.SynOptions)
            .Send(Side.Client, 7002, TcpFlags.Ack, "", sequence: 1001);
        scene.IsQuietOn("HWA-T002");
        Assert.Equal(7_002_000_000, scene.Finding("HWA-D108").ValueOf("most"));
    }

    /// <summary>The SYN-ACK that comes again behind the ACK made nobody wait; nor its timer the exchange.</summary>
    [Fact]
    public void A_way_of_a_second_is_no_loss()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions);
        var synAck = talk.Next(Side.Server);
        talk.Send(Side.Server, 1500, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 1500.1).Request(1501)
            .Send(Side.Server, 2950, TcpFlags.Syn | TcpFlags.Ack, "", sequence: synAck, options: Talk.SynOptions)
            .Response(3060).Ack(Side.Client, 3060.1);
        scene.IsQuietOn("HWA-D108");
        scene.IsQuietOn("HWA-D105");
    }

    [Fact]
    public void A_long_way_is_no_lost_SYN()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0, front: 1500);
        scene.IsQuietOn("HWA-D108");
    }

    [Fact]
    public void A_SYN_repeated_early_cost_little()
    {
        var scene = new Scene();
        Syns(scene, 0, 300).Send(Side.Server, 301, SynAck, "", acknowledges: 1001, options: Talk.SynOptions)
            .Send(Side.Client, 302, TcpFlags.Ack, "", sequence: 1001);
        scene.IsQuietOn("HWA-D108");
    }

    [Fact]
    public void A_SYN_ACK_repeated_behind_its_acknowledgment_is_a_full_queue()
    {
        var scene = new Scene();
        SynAcks(scene.Talk().Handshake(0), 1000, 3000);
        var finding = scene.Finding("HWA-T003");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(2, finding.ValueOf("most"));
    }

    [Fact]
    public void Without_an_acknowledgment_it_is_less_sure()
    {
        var scene = new Scene();
        SynAcks(
            scene.Talk().Send(Side.Client, 0, Syn, "", options: Talk.SynOptions).Send(Side.Server, 0.2, SynAck, "", options: Talk.SynOptions),
            1000, 3000);
        Assert.Equal(Confidence.Likely, scene.Finding("HWA-T003").Confidence);
    }

    [Fact]
    public void SYN_ACKs_that_the_wire_doubled_are_not()
    {
        var scene = new Scene();
        SynAcks(scene.Talk().Handshake(0), 0.3, 0.5);
        scene.IsQuietOn("HWA-T003");
    }

    [Fact]
    public void One_repeated_SYN_ACK_is_a_lost_packet()
    {
        var scene = new Scene();
        SynAcks(scene.Talk().Handshake(0), 1000);
        scene.IsQuietOn("HWA-T003");
    }

    [Fact]
    public void A_port_pair_in_TIME_WAIT_is_reused()
    {
        var scene = new Scene();
        scene.Talk(port: 40_000).Handshake(0).Exchange(1).Close(100);
        Again(scene, 1500).Send(Side.Server, 1500.2, SynAck, "", sequence: 90_000, acknowledges: 50_001, options: Talk.SynOptions)
            .Send(Side.Client, 1500.3, TcpFlags.Ack, "", sequence: 50_001, acknowledges: 90_001);
        var finding = scene.Finding("HWA-T008");
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Equal(1, finding.Subject.Connection);
    }

    [Fact]
    public void Where_the_old_connection_stands_in_the_way_it_is_a_warning()
    {
        var scene = new Scene();
        scene.Talk(port: 40_000).Handshake(0).Exchange(1).Close(100);
        Again(scene, 1500).Send(Side.Server, 1500.2, TcpFlags.Rst | TcpFlags.Ack, "", sequence: 0, acknowledges: 50_001);
        Assert.Equal(Severity.Warning, scene.Finding("HWA-T008").Severity);
    }

    [Fact]
    public void A_SYN_that_TIME_WAIT_refuses_was_not_accepted()
    {
        var scene = new Scene();
        var old = scene.Talk(port: 40_000).Handshake(0).Exchange(1).Close(100, Side.Server);
        Again(scene, 1500);
        old.Ack(Side.Server, 1500.2).Rst(Side.Client, 1500.3, TcpFlags.Rst);
        Again(scene, 2500).Send(Side.Server, 2500.2, SynAck, "", sequence: 90_000, acknowledges: 50_001, options: Talk.SynOptions)
            .Send(Side.Client, 2500.3, TcpFlags.Ack, "", sequence: 50_001, acknowledges: 90_001);
        var finding = scene.Finding("HWA-T008");
        Assert.Equal((Severity.Warning, 1), (finding.Severity, finding.ValueOf("refused")));
        Assert.Contains("which did not take it", string.Join(' ', scene.Story(1).Split()));
        Assert.Contains("TIME_WAIT for only", string.Join(' ', scene.Story().Split()));
    }

    [Fact]
    public void After_a_reset_or_after_TIME_WAIT_a_port_is_free()
    {
        var reset = new Scene();
        reset.Talk(port: 40_000).Handshake(0).Exchange(1).Rst(Side.Client, 100);
        Again(reset, 1500);
        reset.IsQuietOn("HWA-T008");
        var over = new Scene();
        over.Talk(port: 40_000).Handshake(0).Exchange(1).Close(100);
        Again(over, 300_000);
        over.IsQuietOn("HWA-T008");
    }

    [Fact]
    public void A_SYN_on_an_open_connection_and_the_challenge()
    {
        var scene = new Scene();
        var talk = scene.Talk(port: 40_000).Handshake(0).Exchange(1);
        Again(scene, 5000);
        talk.Ack(Side.Server, 5000.1);
        Assert.Equal(Severity.Note, scene.Finding("HWA-T011").Severity);
        Assert.Equal(Severity.Note, scene.Finding("HWA-T010").Severity);
    }

    [Fact]
    public void A_SYN_that_is_answered_for_a_connection_before_the_capture_was_not_lost()
    {
        var scene = new Scene();
        scene.Talk()
            .Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000, acknowledges: 0, options: Talk.SynOptions)
            .Send(Side.Server, 20, TcpFlags.Ack, "", sequence: 70_000_000, acknowledges: 90_000_000)
            .Send(Side.Client, 20.1, TcpFlags.Rst, "", sequence: 90_000_000, acknowledges: 0)
            .Send(Side.Client, 3000, TcpFlags.Syn, "", sequence: 1000, acknowledges: 0, options: Talk.SynOptions)
            .Send(Side.Server, 3020, SynAck, "", sequence: 5000, acknowledges: 1001, options: Talk.SynOptions)
            .Send(Side.Client, 3020.1, TcpFlags.Ack, "", sequence: 1001, acknowledges: 5001);
        var finding = scene.Finding("HWA-T011");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Equal([1L, 2L], finding.Frames.Select(frame => frame.Number));
        scene.IsQuietOn("HWA-D108");
    }

    [Fact]
    public void A_repeated_SYN_and_a_repeated_acknowledgment_are_neither()
    {
        var scene = new Scene();
        Syns(scene, 0, 300).Send(Side.Server, 301, SynAck, "", acknowledges: 1001, options: Talk.SynOptions)
            .Send(Side.Client, 302, TcpFlags.Ack, "", sequence: 1001).Ack(Side.Server, 400).Ack(Side.Server, 500);
        scene.IsQuietOn("HWA-T011");
        scene.IsQuietOn("HWA-T010");
    }

    /// <summary>One attempt, with the same SYN at each of the times.</summary>
    private static Talk Syns(Scene scene, params ReadOnlySpan<double> times)
    {
        var talk = scene.Talk();
        foreach (var at in times)
        {
            talk.Send(Side.Client, at, Syn, "", sequence: 1000, options: Talk.SynOptions);
        }

        return talk;
    }

    private static void SynAcks(Talk talk, params ReadOnlySpan<double> times)
    {
        foreach (var at in times)
        {
            talk.Send(Side.Server, at, SynAck, "", sequence: 5000, acknowledges: 1001, options: Talk.SynOptions);
        }
    }

    /// <summary>Another SYN from port 40000, with another initial sequence number.</summary>
    private static Talk Again(Scene scene, double at) =>
        scene.Talk(port: 40_000).Send(Side.Client, at, Syn, "", sequence: 50_000, options: Talk.SynOptions);

    [Fact]
    public void Copies_of_SYNs_are_not_counted_nor_those_of_SYNs_that_were_sent_again()
    {
        var scene = new Scene { DoubledAfter = 0.05 };
        var talk = scene.Talk();
        var syn = talk.Next(Side.Client);
        foreach (var at in (double[])[0, 1000, 3000, 7000])
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: syn, options: Talk.SynOptions);
        }

        Assert.Equal(4, scene.Finding("HWA-T002").ValueOf("syns"));
    }
}
