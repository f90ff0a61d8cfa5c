using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Interfaces: several at once, going down, going away. Each test has a network of its own to spoil.</summary>
public sealed class InterfaceTests : IDisposable
{
    private readonly Network _network = new();
    private readonly WebServer _server;

    public InterfaceTests() => _server = new WebServer(_network);

    public void Dispose()
    {
        _server.Dispose();
        _network.Dispose();
    }

    [Fact]
    public void Two_interfaces_are_one_timeline()
    {
        using var source = Open("eth0", "eth1");
        for (var i = 0; i < 10; i++)
        {
            Get(Network.ServerAddress);
            Get(Network.SecondServerAddress);
        }

        source.Stop();
        var packets = ReadAll(source);

        Assert.Equal(["eth0", "eth1"], source.Interfaces.Select(each => each.Name));
        Assert.All(source.Interfaces, each => Assert.Equal(LinkType.Ethernet, each.LinkType));
        Assert.All(source.Counters, each => Assert.True(each.Delivered > 60, each.ToString()));
        Assert.All(source.Counters, each => Assert.Equal((0, 0, default, 0), (each.DroppedByKernel, each.DroppedByInterface, each.Shed, each.LostTail)));
        Assert.Equal(source.Counters.Sum(each => each.Delivered), packets.Count);
        Assert.Equal(packets.Select(each => each.Packet.Time).Order(), packets.Select(each => each.Packet.Time));

        // Now one, now the other: not one after the other.
        Assert.InRange(packets.Zip(packets.Skip(1)).Count(pair => pair.First.Interface != pair.Second.Interface), 15, 100);
    }

    [Fact]
    public void One_packet_behind_two_different_headers_is_kept_twice()
    {
        using var source = Open("lo", "any");
        Commands.Try(_network.AtClient("curl", "-s", "http://127.0.0.1:81/"));
        source.Stop();

        // A SYN and its RST: only identical frames are known to be one.
        Assert.Equal(4, ReadAll(source).Count);
        Assert.Equal([LinkType.Ethernet, LinkType.LinuxCooked2], source.Interfaces.Select(each => each.LinkType));
    }

    [Fact]
    public void An_interface_that_goes_down_and_comes_back_goes_on_being_captured()
    {
        using var source = Open("eth0");
        Get(Network.ServerAddress);
        _network.ClientIp("link", "set", "eth0", "down");
        Thread.Sleep(300);
        _network.ClientIp("link", "set", "eth0", "up");
        Wait.Until(() => Commands.Try(_network.AtClient(
            "curl", "-s", "-m", "1", "-o", "/dev/null", $"http://{Network.ServerAddress}/")).ExitCode == 0);
        source.Stop();
        var packets = ReadAll(source);

        Assert.False(source.HasLostAll);
        Assert.InRange(packets.Count, 20, int.MaxValue);
        Assert.Equal(0, source.Counters[0].LostTail);
    }

    [Fact]
    public void An_interface_that_goes_away_ends_the_capture_with_what_came_before()
    {
        using var source = Open("eth1");
        Get(Network.SecondServerAddress);
        Thread.Sleep(200);
        _network.ClientIp("link", "del", "eth1");
        var packets = ReadAll(source);

        Assert.True(source.HasLostAll);
        Assert.InRange(packets.Count, 10, int.MaxValue);
        var remark = Assert.Single(source.Remarks, each => each.Kind == CaptureRemarkKind.Lost);
        Assert.Equal("eth1", remark.File);
        Assert.Contains("disappeared", remark.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direction_is_kept_by_the_kernel_and_counted_exactly()
    {
        foreach (var direction in (CaptureDirection[])[CaptureDirection.In, CaptureDirection.Out])
        {
            using var source = _network.InClient(() => LiveSource.Open(
                new LiveOptions { Interfaces = ["eth0"], Filter = "tcp", Direction = direction }));
            Get(Network.ServerAddress);
            source.Stop();
            var packets = ReadAll(source);

            Assert.InRange(packets.Count, 4, 7);
            Assert.Equal((packets.Count, 0L), (source.Counters[0].Received, source.Counters[0].LostTail));
        }
    }

    [Fact]
    public void What_came_before_the_filter_was_set_is_not_told()
    {
        using var traffic = new RunningCommand(_network.AtClient(
            "wrk", "-c", "4", "-t", "1", "-d", "3s", $"http://{Network.ServerAddress}/"));
        Wait.Until(() => Commands.Run(_network.AtClient("ss", "-Htn", "state", "established")).Length > 0);
        for (var i = 0; i < 5; i++)
        {
            using var source = _network.InClient(() => LiveSource.Open(
                new LiveOptions { Interfaces = ["eth0"], Filter = "udp" }));
            source.Stop();
            Assert.Empty(ReadAll(source));
            Assert.Equal((0, 0L), (source.Counters[0].Received, source.Counters[0].LostTail));
        }
    }

    [Fact]
    public void The_list_has_names_states_and_addresses()
    {
        var devices = _network.InClient(CaptureDevices.List);

        var first = Assert.Single(devices, each => each.Name == "eth0");
        Assert.Contains(first.Addresses, address => address.ToString() == Network.ClientAddress);
        Assert.True(first.Flags.HasFlag(DeviceFlags.Up | DeviceFlags.Running));
        Assert.True(Assert.Single(devices, each => each.Name == "lo").Flags.HasFlag(DeviceFlags.Loopback));
        Assert.Contains(devices, each => each.Name == LiveOptions.AnyInterface);
    }

    private LiveSource Open(params string[] interfaces) =>
        _network.InClient(() => LiveSource.Open(new LiveOptions { Interfaces = interfaces, Filter = "tcp" }));

    private void Get(string address) =>
        Commands.Run(_network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{address}/"));

    private static List<PacketRecord> ReadAll(LiveSource source)
    {
        var batch = new PacketBatch();
        List<PacketRecord> packets = [];
        while (source.Read(batch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                packets.Add(batch[i]);
            }
        }

        return packets;
    }
}
