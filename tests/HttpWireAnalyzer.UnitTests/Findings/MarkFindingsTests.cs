using System.Buffers.Binary;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D001 to D008: Wireshark's marks, counted for each pool.</summary>
public sealed class MarkFindingsTests
{
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;
    private static readonly string Kilobyte = new('x', 1000);

    [Fact]
    public void A_good_connection_has_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(100).Close(200);
        Assert.DoesNotContain(scene.Report().Findings, finding => finding.Rule.Family == 'D');
    }

    [Fact]
    public void A_retransmission_after_a_timeout()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        var finding = scene.Finding("HWA-D001");
        Assert.Equal(Severity.Note, finding.Severity);
        Assert.Equal(5, Assert.Single(finding.Frames).Number);
        Assert.Equal((1, 0), CountsOf(finding));
        scene.IsQuietOn("HWA-D003");
    }

    [Fact]
    public void Connections_of_a_pool_are_one_finding()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        var finding = scene.Finding("HWA-D001");
        Assert.NotNull(finding.Subject.Pool);
        Assert.Equal(2, finding.Frames.Count);
    }

    [Fact]
    public void SYNs_that_nobody_answers_are_told_elsewhere()
    {
        var scene = new Scene();
        var talk = scene.Talk();
        foreach (var at in (double[])[0, 1000, 3000, 7000])
        {
            talk.Send(Side.Client, at, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions);
        }

        scene.IsQuietOn("HWA-D001");
    }

    [Fact]
    public void Nor_are_SYNs_that_are_answered_late_and_the_first_that_is_shown_is_no_SYN()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions)
            .Send(Side.Client, 1000, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions)
            .Send(Side.Server, 1001, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 1002)
            .RequestAgain(1010, 1310).Response(1311).Ack(Side.Client, 1312);
        var finding = scene.Finding("HWA-D001");
        Assert.Equal((1, 0), CountsOf(finding));
        Assert.Equal(6, Assert.Single(finding.Frames).Number);
    }

    [Fact]
    public void What_asks_for_room_is_not_lost()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions)
            .Send(Side.Server, 0.2, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 0.3)
            .Request(1).Send(Side.Server, 2, TcpFlags.Ack, "", acknowledges: 1001, window: 0)
            .Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", 400).Response(402).Ack(Side.Client, 403);
        scene.IsQuietOn("HWA-D001");
        scene.IsQuietOn("HWA-D105");
        scene.IsQuietOn("HWA-D003");
    }

    [Fact]
    public void A_copy_of_what_was_acknowledged_is_spurious()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Ack(Side.Server, 100).Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", 400)
            .Response(402).Ack(Side.Client, 403);
        Assert.Equal((1, 0), CountsOf(scene.Finding("HWA-D003")));
        scene.IsQuietOn("HWA-D001");
    }

    [Fact]
    public void The_first_that_is_shown_is_the_one_that_was_proven_needless()
    {
        const string Asked = "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n";
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        var start = talk.Next(Side.Client);
        talk.Request(1000).Again(Side.Client, Asked, 1300);
        var twice = new byte[] { 1, 1, 5, 10, 0, 0, 0, 0, 0, 0, 0, 0 };
        BinaryPrimitives.WriteUInt32BigEndian(twice.AsSpan(4), start);
        BinaryPrimitives.WriteUInt32BigEndian(twice.AsSpan(8), talk.Next(Side.Client));
        talk.Send(Side.Server, 1301, TcpFlags.Ack, "", options: twice).Response(1302).Ack(Side.Client, 1303);
        Assert.Equal(9, Assert.Single(scene.Finding("HWA-D003").Frames).Number);
    }

    [Fact]
    public void Duplicate_acknowledgments_and_the_fast_retransmission_they_ask_for()
    {
        var scene = new Scene();
        Lossy(scene, duplicates: 3);
        Assert.Equal((0, 1), CountsOf(scene.Finding("HWA-D002")));
        Assert.Equal((3, 0), CountsOf(scene.Finding("HWA-D005")));
        scene.IsQuietOn("HWA-D004");
    }

    [Fact]
    public void Two_duplicate_acknowledgments_are_reordering()
    {
        var scene = new Scene();
        Lossy(scene, duplicates: 2);
        scene.IsQuietOn("HWA-D005");
    }

    [Fact]
    public void A_retransmission_by_the_timer_is_not_fast()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).RequestAgain(1, 301).Response(302).Ack(Side.Client, 303);
        scene.IsQuietOn("HWA-D002");
    }

    [Fact]
    public void An_overtaken_segment_is_out_of_order()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 20, back: 20).Request(50)
            .Send(Side.Server, 70, Data, "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
        var first = talk.Next(Side.Server);
        talk.Lose(Side.Server, 1000).Send(Side.Server, 70.1, Data, Kilobyte)
            .Send(Side.Server, 70.2, Data, Kilobyte, sequence: first).Ack(Side.Client, 70.3);
        Assert.Equal((0, 1), CountsOf(scene.Finding("HWA-D004")));
        scene.IsQuietOn("HWA-D001");
    }

    [Theory]
    [InlineData(1000, Severity.Warning)]
    [InlineData(9, Severity.Note)]
    public void A_closed_window_is_the_readers(int closed, Severity expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            .Send(Side.Client, 3, TcpFlags.Ack, "", window: 0).Send(Side.Client, 3 + closed, TcpFlags.Ack, "", window: 512)
            .Send(Side.Server, 4 + closed, Data, Kilobyte).Ack(Side.Client, 5 + closed);
        var finding = scene.Finding("HWA-D006");
        Assert.Equal((expected, (1L, 0L)), (finding.Severity, CountsOf(finding)));
        Assert.Equal(closed * 1_000_000L, finding.ValueOf("closed"));
    }

    [Fact]
    public void A_window_of_0_in_a_RST_closes_nothing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Send(Side.Client, 100, TcpFlags.Rst | TcpFlags.Ack, "", window: 0);
        scene.IsQuietOn("HWA-D006");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void A_segment_that_fills_the_window(ushort window, bool isFull)
    {
        // Scaled by 7: 1024 octets, or 1152.
        var scene = new Scene();
        scene.Talk().Handshake(0).Send(Side.Client, 1, Data, "GET / HTTP/1.1\r\nHost: app\r\n\r\n", window: window)
            .Send(Side.Server, 2, Data, "HTTP/1.1 200 OK\r\nContent-Length: 984\r\n\r\n" + new string('x', 984)).Ack(Side.Client, 3);
        if (isFull)
        {
            Assert.Equal((0, 1), CountsOf(scene.Finding("HWA-D007")));
        }
        else
        {
            scene.IsQuietOn("HWA-D007");
        }
    }

    [Fact]
    public void Ports_used_again_make_another_connection()
    {
        var scene = new Scene();
        scene.Talk(port: 40_000).Handshake(0).Exchange(1).Rst(Side.Client, 100);
        scene.Talk(port: 40_000).Send(Side.Client, 1500, TcpFlags.Syn, "", sequence: 50_000, options: Talk.SynOptions)
            .Send(Side.Server, 1501, TcpFlags.Syn | TcpFlags.Ack, "", sequence: 90_000, acknowledges: 50_001, options: Talk.SynOptions)
            .Send(Side.Client, 1502, TcpFlags.Ack, "", sequence: 50_001, acknowledges: 90_001);
        var finding = scene.Finding("HWA-D008");
        Assert.Equal((Severity.Info, 1), (finding.Severity, finding.Subject.Connection));
    }

    [Fact]
    public void The_same_SYN_again_does_not()
    {
        var scene = new Scene();
        scene.Talk().Send(Side.Client, 0, TcpFlags.Syn, "", sequence: 1000, options: Talk.SynOptions)
            .Send(Side.Client, 1000, TcpFlags.Syn, "", options: Talk.SynOptions)
            .Send(Side.Server, 1001, TcpFlags.Syn | TcpFlags.Ack, "", options: Talk.SynOptions).Ack(Side.Client, 1002).Exchange(1003);
        scene.IsQuietOn("HWA-D008");
    }

    /// <summary>The second of five segments is lost before the tap, and sent again a round trip later.</summary>
    private static void Lossy(Scene scene, int duplicates)
    {
        var talk = scene.Talk().Handshake(0, front: 20, back: 0.1).Request(50)
            .Send(Side.Server, 70, Data, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n").Ack(Side.Client, 70.05);
        var first = talk.Next(Side.Server);
        talk.Lose(Side.Server, 1000);
        for (var (segment, at) = (0, 70.1); segment < 4; segment++, at += 0.1)
        {
            talk.Send(Side.Server, at, Data, Kilobyte);
            if (segment < duplicates)
            {
                talk.Send(Side.Client, at + 0.05, TcpFlags.Ack, "", acknowledges: first);
            }
        }

        talk.Send(Side.Server, 90.5, Data, Kilobyte, sequence: first).Ack(Side.Client, 90.6);
    }

    private static (long ByClient, long ByServer) CountsOf(Finding finding) => (
        finding.ValueOf("by_client"),
        finding.ValueOf("by_server"));
}
