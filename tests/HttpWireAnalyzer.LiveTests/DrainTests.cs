using System.Net;
using System.Net.Sockets;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Live;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>What the filter accepted comes, however soon after it the capture is stopped.</summary>
public sealed class DrainTests(Network network) : IClassFixture<Network>
{
    private const int Rounds = 200;

    /// <summary>SYN, SYN-ACK, ACK, request, response, two FINs: what is between may or may not have an ACK of its own.</summary>
    private const int LeastPackets = 7;

    [Fact]
    public void Each_exchange_is_whole_when_the_capture_stops_within_50_ms_of_its_last_FIN()
    {
        var delay = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            using var listener = network.InClient(() =>
            {
                var socket = new TcpListener(IPAddress.Loopback, 8080);
                socket.Start();
                return socket;
            });
            var kept = new KeptRecords();
            using var capture = network.InClient(() => LiveCapture.Start(
                new LiveOptions { Interfaces = ["lo"], Filter = "tcp port 8080" }, new ConnectionRecords(kept)));

            network.InClient(() => Exchange(listener));
            Thread.Sleep(delay.Next(50));
            var result = capture.Stop();

            var counters = Assert.Single(result.Interfaces);
            Assert.Equal((0, 0, 0L), (counters.DroppedByKernel, counters.DroppedByInterface, counters.LostTail));
            Assert.Equal(counters.Received, result.Totals.Packets);
            Assert.InRange(result.Totals.Packets, LeastPackets, LeastPackets + 5);
            Assert.Empty(result.Totals.Remarks);
            var connection = Assert.Single(kept.Connections);
            Assert.Equal(CloseManner.Fin, connection.Tcp.Close.How);
            Assert.False(connection.Tcp.ClientEnd.Fin.IsNone);
            Assert.False(connection.Tcp.ServerEnd.Fin.IsNone);
            Assert.Equal(1, kept.Exchanges);
        }
    }

    [Fact]
    public void A_capture_of_a_busy_interface_counts_to_the_packet()
    {
        using var server = new WebServer(network);
        using var source = network.InClient(() => LiveSource.Open(new LiveOptions { Interfaces = ["any"] }));
        using var traffic = new RunningCommand(network.AtClient(
            "wrk", "-c", "20", "-t", "1", "-d", "2s", $"http://{Network.ServerAddress}/"));
        var batch = new Wire.PacketBatch();
        long packets = 0;
        var from = Environment.TickCount64;
        while (source.Read(batch))
        {
            packets += batch.Count;
            if (Environment.TickCount64 - from > 1000)
            {
                // In the middle of the traffic.
                source.Stop();
            }
        }

        var counters = Assert.Single(source.Counters);
        Assert.InRange(packets, 1_000, long.MaxValue);
        Assert.Equal(packets, counters.Delivered);
        Assert.Equal(counters.Received, counters.Delivered + counters.DroppedByKernel);
        Assert.Equal(0, counters.LostTail);
    }

    [Fact]
    public async Task A_buffer_that_wraps_round_many_times_gives_each_packet_once_and_in_order()
    {
        using var server = new WebServer(network);
        using var source = network.InClient(() => LiveSource.Open(
            new LiveOptions { Interfaces = ["eth0"], BufferOctets = 2 << 20, QueueOctets = 256 << 20 }));
        var fetched = Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                Commands.Run(network.AtClient("curl", "-s", "-o", "/dev/null", $"http://{Network.ServerAddress}/files/large"));
            }

            source.Stop();
        });
        var batch = new Wire.PacketBatch();
        long packets = 0;
        long octets = 0;
        long number = 0;
        while (source.Read(batch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Assert.Equal(++number, batch[i].Packet.Number);
                octets += batch[i].CapturedLength;
            }

            packets += batch.Count;
        }

        await fetched;
        var counters = Assert.Single(source.Counters);
        Assert.InRange(octets, 4 * (2L << 20), long.MaxValue);
        Assert.Equal(packets, counters.Delivered);
        Assert.Equal(counters.Received, counters.Delivered + counters.DroppedByKernel);
        Assert.Equal(0, counters.LostTail);
    }

    private static bool Exchange(TcpListener listener)
    {
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using var server = listener.AcceptTcpClient();
        var asking = client.GetStream();
        var answering = server.GetStream();
        asking.Write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8);
        var octets = new byte[1024];
        _ = answering.Read(octets);
        answering.Write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n"u8);
        server.Client.Shutdown(SocketShutdown.Send);
        while (asking.Read(octets) > 0)
        {
        }

        client.Client.Shutdown(SocketShutdown.Send);
        return answering.Read(octets) == 0;
    }
}
