using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Checks;

public sealed class InitTests
{
    /// <summary>A claim that holds of every capture says nothing.</summary>
    [Fact]
    public void Of_no_reuse_nothing_is_claimed()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        scene.Talk().Handshake(10).Exchange(11).Close(13);
        Assert.DoesNotContain("ratio(", Spec(scene), StringComparison.Ordinal);

        scene.Talk().Handshake(20).Exchange(21).Exchange(23).Close(25);
        Assert.Contains("ratio(!exchange.cold) >= 25%", Spec(scene), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_no_server()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        Refuse(scene);
        var spec = Spec(scene);
        Assert.Contains("server-1: {address: '10.0.0.1', port: 8080}", spec, StringComparison.Ordinal);
        Assert.DoesNotContain("server-2", spec, StringComparison.Ordinal);

        var refused = new Scene();
        Refuse(refused);
        Assert.DoesNotContain("server-", Spec(refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_connections_that_both_ends_closed_nobody_is_said_to_have()
    {
        var scene = new Scene();
        for (var i = 0; i < 3; i++)
        {
            var talk = scene.Talk().Handshake(i * 100).Exchange((i * 100) + 1);
            var (client, server) = (talk.Next(Side.Client), talk.Next(Side.Server));
            talk.Send(Side.Server, (i * 100) + 50, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: client)
                .Send(Side.Client, (i * 100) + 50.1, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: server)
                .Ack(Side.Server, (i * 100) + 50.3).Ack(Side.Client, (i * 100) + 50.4);
        }

        Assert.DoesNotContain("conn.close.first", Spec(scene), StringComparison.Ordinal);
    }

    private static void Refuse(Scene scene)
    {
        for (var i = 0; i < 2; i++)
        {
            scene.Talk(server: "10.0.0.1:8081").Send(Side.Client, 30 + i, TcpFlags.Syn, "").Rst(Side.Server, 30.2 + i);
        }
    }

    /// <summary>It holds of the capture that it was made of.</summary>
    private static string Spec(Scene scene)
    {
        using var folder = new CheckFolder();
        var spec = folder.Run(scene.Capture(), "init", "-").Output;
        folder.Write("spec.yaml", spec).Write("scene.pcap", scene.Capture());
        Assert.Equal(0, folder.Run("check", folder["spec.yaml"], folder["scene.pcap"]).Code);
        return spec;
    }
}
