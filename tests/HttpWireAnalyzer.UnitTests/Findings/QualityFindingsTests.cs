using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-C001 to C012: what the capture lacks, and what that does to other findings.</summary>
public sealed class QualityFindingsTests
{
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;
    private const double Minute = 60_000;

    [Fact]
    public void A_whole_capture_of_whole_connections_is_silent()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(100);
        Assert.DoesNotContain(scene.Report().Findings, finding => finding.Rule.Family == 'C');
    }

    [Fact]
    public void Dropped_packets_are_told_and_weaken_what_rests_on_silence()
    {
        var scene = Leaking(totals => totals with { Interfaces = [new CaptureInterface("eth0", LinkType.Ethernet, 0, null) { Counts = new InterfaceCounts(null, null, 4, 3, null) }] });
        var finding = scene.Finding("HWA-C001");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("HWA-T007", PhraseText.Of(finding.Says, finding.Measured, Language.English), StringComparison.Ordinal);
        Assert.Equal(Confidence.Likely, scene.Finding("HWA-T007").Confidence);
        scene.IsQuietOn("HWA-C002");
    }

    [Fact]
    public void Octets_that_were_acknowledged_and_are_not_there_prove_a_loss()
    {
        var scene = Leaking(totals => totals);
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n").Lose(Side.Server, 40)
            .Send(Side.Server, 3, Data, new string('x', 10)).Ack(Side.Client, 4).Close(100);
        Assert.Equal(40, scene.Finding("HWA-C001").ValueOf("octets"));
        Assert.Equal(Confidence.Likely, scene.Finding("HWA-T007").Confidence);
    }

    [Fact]
    public void Octets_that_nobody_acknowledged_prove_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 2).Lose(Side.Server, 40)
            .Send(Side.Server, 3, Data, new string('x', 10)).Rst(Side.Server, 4);
        scene.IsQuietOn("HWA-C001");
    }

    [Fact]
    public void An_interface_that_dropped_nothing_weakens_nothing()
    {
        var scene = Leaking(totals => totals with { Interfaces = [new CaptureInterface("eth0", LinkType.Ethernet, 0, null) { Counts = new InterfaceCounts(9, 9, 0, 0, 9) }] });
        scene.IsQuietOn("HWA-C001");
        Assert.Equal(Confidence.Certain, scene.Finding("HWA-T007").Confidence);
    }

    [Fact]
    public void Packets_that_were_not_delivered_weaken_too()
    {
        var scene = Leaking(totals => totals with { Remarks = [new CaptureRemark(CaptureRemarkKind.Lost, "eth0", 0, "all", "3 not read")] });
        Assert.Equal(Severity.Warning, scene.Finding("HWA-C002").Severity);
        Assert.Equal(Confidence.Likely, scene.Finding("HWA-T007").Confidence);
    }

    [Fact]
    public void A_file_says_by_its_statistics_what_was_not_delivered()
    {
        var said = FindingsOf(Statistics(accepted: 10, systemDropped: 0, delivered: 7));
        Assert.Contains("\"finding.id\":\"HWA-C002\"", said, StringComparison.Ordinal);
        Assert.Contains("3 that were neither delivered nor dropped", said, StringComparison.Ordinal);
        Assert.Contains("\"capture.dropped\":3", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_packets_were_all_delivered_or_dropped_is_told_as_such()
    {
        Assert.DoesNotContain("HWA-C00", FindingsOf(Statistics(accepted: 10, systemDropped: 0, delivered: 10)), StringComparison.Ordinal);
        var said = FindingsOf(Statistics(accepted: 10, systemDropped: 3, delivered: 7));
        Assert.Contains("\"finding.id\":\"HWA-C001\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain("HWA-C002", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_no_number_holds_are_the_largest()
    {
        var said = FindingsOf(new PcapngBytes().Section().Interface().Interface().Packet(1, "no frame"u8)
            .Statistics(0, interfaceDropped: ulong.MaxValue, systemDropped: ulong.MaxValue).Statistics(1, interfaceDropped: ulong.MaxValue));
        Assert.Contains("\"capture.dropped\":9223372036854775807", said, StringComparison.Ordinal);
        Assert.Contains("\"finding.id\":\"HWA-C001\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_remarks_on_the_file_are_no_loss()
    {
        var scene = Leaking(totals => totals with { Remarks = [new CaptureRemark(CaptureRemarkKind.Odd, "a.pcap", 0, "0", "1")] });
        scene.IsQuietOn("HWA-C002");
        scene.IsQuietOn("HWA-C009");
    }

    [Fact]
    public void One_direction_only()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions).Lose(Side.Server, 1).Ack(Side.Client, 1).Request(2);
        Syns(scene);
        Assert.Equal(Severity.Warning, scene.Finding("HWA-C003").Severity);
        Assert.Equal(Confidence.Possible, scene.Finding("HWA-T002").Confidence);
    }

    [Fact]
    public void SYNs_that_nobody_answers_are_no_missing_direction()
    {
        var scene = new Scene();
        Syns(scene);
        scene.IsQuietOn("HWA-C003");
        Assert.Equal(Confidence.Certain, scene.Finding("HWA-T002").Confidence);
    }

    /// <summary>As on interface "any", where each packet passes twice.</summary>
    [Fact]
    public void Nor_are_SYNs_that_the_capture_has_twice()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        var first = talk.Next(Side.Client);
        foreach (var at in (double[])[0, 0.002, 1000, 1000.002, 3000, 3000.002, 7000, 7000.002])
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: first, options: Talk.SynOptions);
        }

        scene.IsQuietOn("HWA-C003");
        scene.Finding("HWA-T002");
    }

    [Fact]
    public void Connections_picked_up_midstream()
    {
        var scene = new Scene();
        scene.Talk().Exchange(1).Close(100);
        scene.Talk().Handshake(0).Exchange(1).Close(100);
        var finding = scene.Finding("HWA-C004");
        Assert.Equal((Severity.Info, 1L), (finding.Severity, finding.ValueOf("count")));
    }

    [Fact]
    public void A_copy_sooner_than_a_round_trip_is_the_wires()
    {
        var scene = new Scene();
        Doubled(scene, after: 0.01);
        var finding = scene.Finding("HWA-C005");
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Equal([4L, 5], finding.Frames.Select(frame => frame.Number));
    }

    [Theory]
    [InlineData(0.008)]
    [InlineData(1.2)]
    public void A_tap_that_shows_each_packet_twice_hides_no_round_trip_and_lost_nothing(double after)
    {
        var scene = new Scene { DoubledAfter = after };
        scene.Talk().Handshake(0, front: 9, back: 1).Exchange(11, takes: 14).Exchange(40, takes: 14).Exchange(70, takes: 14).Close(100);
        Assert.Equal(6, scene.Finding("HWA-C005").ValueOf("count"));
        Assert.All(["HWA-D001", "HWA-D003", "HWA-D005", "HWA-D108", "HWA-T002"], scene.IsQuietOn);
        Assert.Contains("10 segments were doubled on the way, not sent again", scene.Story());
        Assert.DoesNotContain("×2", scene.Story());
    }

    [Fact]
    public void Copies_are_known_also_where_a_round_trip_is_shorter_than_they_are_late()
    {
        var scene = new Scene { DoubledAfter = 1.2 };
        scene.Talk().Handshake(0).Exchange(11, takes: 14).Exchange(40, takes: 14).Exchange(70, takes: 14).Close(100);
        Assert.Equal(6, scene.Finding("HWA-C005").ValueOf("count"));
        Assert.All(["HWA-D001", "HWA-D003", "HWA-D005"], scene.IsQuietOn);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(6)]
    public void A_copy_later_than_that_is_the_senders(double after)
    {
        var scene = new Scene();
        Doubled(scene, after);
        scene.IsQuietOn("HWA-C005");
    }

    // As a queue on the way does, whose packets then come together.
    [Fact]
    public void A_copy_in_another_packet_is_the_senders_however_soon()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 10, back: 10).Request(21);
        talk.Identification = 2;
        talk.Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", 21.01).Response(60).Ack(Side.Client, 70).Close(100);
        scene.IsQuietOn("HWA-C005");
    }

    [Theory]
    [InlineData(1.01, 1)]
    [InlineData(0.5, 0)]
    public void Nor_need_the_round_trip_be_known_but_a_clock_that_goes_on(double again, int findings)
    {
        var scene = new Scene { IsUnsorted = true };
        scene.Talk().RequestAgain(1, again).Response(30).Ack(Side.Client, 31);
        Assert.Equal(findings, scene.Findings("HWA-C005").Count);
    }

    [Fact]
    public void Segments_above_the_MSS_are_the_cards()
    {
        var scene = new Scene();
        BigAnswer(scene, octets: 4000);
        Assert.Equal(Severity.Info, scene.Finding("HWA-C006").Severity);
        var usual = new Scene();
        BigAnswer(usual, octets: 1460);
        usual.IsQuietOn("HWA-C006");
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(0.9, false)]
    public void Packets_out_of_order_in_time(double back, bool isTold)
    {
        var scene = new Scene { IsUnsorted = true };
        scene.Talk().Handshake(10).Exchange(11);
        scene.Talk().Handshake(12.05 - back);
        if (isTold)
        {
            Assert.Equal(7, Assert.Single(scene.Finding("HWA-C007").Frames).Number);
        }
        else
        {
            scene.IsQuietOn("HWA-C007");
        }
    }

    [Fact]
    public void Wrong_checksums_of_one_end_are_offload()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.Damages = Side.Client;
        talk.Handshake(0).Exchange(1).Close(100);
        Assert.Contains("network card", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    // Linux computes that of a RST itself.
    [Fact]
    public void Right_checksums_beside_those_that_are_left_to_the_card_are_offload_still()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.LeavesToCard = Side.Client;
        talk.Handshake(0).Exchange(1);
        talk.LeavesToCard = null;
        talk.Rst(Side.Client, 100);
        Assert.Contains("network card", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_checksums_of_both_ends_are_those_of_one_host()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.DamagesAll = true;
        talk.Handshake(0).Exchange(1).Close(100);
        Assert.Contains("both are on the host", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_sums_up_a_reset_by_itself()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        talk.DamagesAll = true;
        talk.Handshake(0).Exchange(1).Fin(Side.Client, 100);
        talk.DamagesAll = false;
        talk.Rst(Side.Client, 101, TcpFlags.Rst);
        Assert.Contains("both are on the host", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxys_host_is_the_client_on_some_connections_and_the_server_on_others()
    {
        var scene = new Scene();
        foreach (var end in (Side[])[Side.Client, Side.Server])
        {
            var talk = scene.Talk();
            talk.Damages = end;
            talk.Handshake(0).Exchange(1).Close(100);
        }

        Assert.Contains("the client on some", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_checksums_of_a_few_segments_are_damage()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        talk.Damages = Side.Server;
        talk.Exchange(1);
        talk.Damages = null;
        talk.Close(100);
        Assert.Contains("damaged", scene.Finding("HWA-C008").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_damaged_segment_says_is_not_believed_where_it_is_sent_again()
    {
        const string Whole = "GET / HTTP/1.1\r\nHost: app\r\n\r\n";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        talk.Damages = Side.Client;
        talk.Send(Side.Client, 1, TcpFlags.Ack | TcpFlags.Psh, Whole.Replace("Host:", "Ho t:", StringComparison.Ordinal));
        talk.Damages = null;
        talk.Again(Side.Client, Whole, 2).Response(3).Ack(Side.Client, 4).Close(100);
        scene.IsQuietOn("HWA-H002");
    }

    [Fact]
    public void A_file_that_ends_within_a_record()
    {
        var scene = new Scene { Totals = totals => totals with { Remarks = [new CaptureRemark(CaptureRemarkKind.Truncated, "a.pcap", 99, "40 octets", "12")] } };
        scene.Talk().Handshake(0).Exchange(1).Close(100);
        Assert.Equal(Severity.Note, scene.Finding("HWA-C009").Severity);
    }

    [Fact]
    public void Reading_that_was_stopped()
    {
        var scene = new Scene { Totals = totals => totals with { Interrupted = true } };
        scene.Talk().Handshake(0).Exchange(1).Close(100);
        Assert.Contains("stopped", scene.Finding("HWA-C009").Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Octets_cut_by_the_snap_length()
    {
        var scene = new Scene { SnapLength = 96 };
        scene.Talk().Handshake(0).Request(1).Response(2, body: new string('x', 500)).Ack(Side.Client, 3).Close(100);
        Assert.Equal(Severity.Note, scene.Finding("HWA-C010").Severity);
        var whole = new Scene();
        whole.Talk().Handshake(0).Request(1).Response(2, body: new string('x', 500)).Ack(Side.Client, 3).Close(100);
        whole.IsQuietOn("HWA-C010");
    }

    /// <summary>A SYN whose options are cut may have had a window scale: nobody knows how large the windows are.</summary>
    [Theory]
    [InlineData(60, true)]
    [InlineData(96, false)]
    public void Options_cut_by_the_snap_length_are_not_taken_for_none(int snapLength, bool isCut)
    {
        var scene = new Scene { SnapLength = snapLength };
        var talk = scene.Talk().Handshake(0).Request(1);
        talk.Send(Side.Client, 1.5, TcpFlags.Ack, "", window: 12).Response(2, body: new string('x', 1400)).Send(Side.Client, 2.5, TcpFlags.Ack, "", window: 12)
            .Close(100);
        scene.IsQuietOn("HWA-D007");
        Assert.Equal(isCut ? -2 : 7, scene.Record().Tcp.ClientEnd.WindowScale);
    }

    [Fact]
    public void A_hole_is_no_cut()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n").Lose(Side.Server, 50)
            .Ack(Side.Client, 3).Close(100);
        scene.IsQuietOn("HWA-C010");
    }

    [Fact]
    public void TLS_says_nothing_of_HTTP()
    {
        var scene = new Scene();
        scene.Talk(server: "10.0.0.1:443").Handshake(0)
            .Send(Side.Client, 1, Data, "\u0016\u0003\u0001\u0000\u0010\u0001\u0000\u0000\u000C\u0003\u0003abcdefghij").Ack(Side.Server, 2).Close(100);
        Assert.Equal(Severity.Info, scene.Finding("HWA-C011").Severity);
        var plain = new Scene();
        plain.Talk(server: "10.0.0.1:443").Handshake(0).Send(Side.Client, 1, Data, "hello there, this is no TLS").Ack(Side.Server, 2).Close(100);
        plain.IsQuietOn("HWA-C011");
    }

    [Fact]
    public void Idle_and_half_closed_connections_at_the_end()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1);
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 50).Ack(Side.Server, 60);
        scene.Talk().Handshake(20_000).Exchange(20_001).Close(20_100);
        var finding = scene.Finding("HWA-C012");
        Assert.Equal((Severity.Info, 2L), (finding.Severity, finding.ValueOf("count")));
    }

    [Fact]
    public void A_capture_that_goes_on_for_a_minute_is_long_enough()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1);
        scene.Talk().Handshake(2 * Minute).Exchange((2 * Minute) + 1).Close((2 * Minute) + 100);
        scene.IsQuietOn("HWA-C012");
    }

    [Fact]
    public void One_direction_does_not_tell_whether_a_connection_is_idle()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", options: Talk.SynOptions).Request(1).Fin(Side.Client, 2);
        scene.Talk().Handshake(20_000).Exchange(20_001).Close(20_100);
        Assert.Single(scene.Findings("HWA-C003"));
        scene.IsQuietOn("HWA-C012");
    }

    [Fact]
    public void An_exchange_under_way_is_not_idle()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(50);
        scene.Talk().Handshake(20_000).Exchange(20_001).Close(20_100);
        scene.IsQuietOn("HWA-C012");
    }

    private static PcapngBytes Statistics(ulong accepted, ulong systemDropped, ulong delivered) =>
        new PcapngBytes().Section().Interface(name: "eth0").Packet(1, "no frame"u8).Statistics(0, accepted: accepted, systemDropped: systemDropped, delivered: delivered);

    private static string FindingsOf(PcapngBytes capture)
    {
        using var output = new MemoryStream();
        Assert.Equal(0, Hwa.Run(["findings", "--json", "-"], new Terminal
        {
            Input = new MemoryStream(capture.ToArray()),
            Output = output,
            Error = TextWriter.Null,
        }));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Scene Leaking(Func<CaptureTotals, CaptureTotals> totals)
    {
        var scene = new Scene { Totals = totals };
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040);
        scene.Talk().Handshake(2 * Minute);
        return scene;
    }

    private static void Syns(Scene scene)
    {
        var talk = scene.Talk();
        foreach (var at in (double[])[0, 1000, 3000, 7000])
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions);
        }
    }

    private static void Doubled(Scene scene, double after) =>
        scene.Talk().Handshake(0, front: 10, back: 10).RequestAgain(21, 21 + after).Response(60).Ack(Side.Client, 70).Close(100);

    private static void BigAnswer(Scene scene, int octets)
    {
        var head = $"HTTP/1.1 200 OK\r\nContent-Length: {octets - 100}\r\n\r\n";
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, head + new string('x', octets - 100)).Ack(Side.Client, 3).Close(100);
    }
}
