using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Analysis;

public sealed class CaptureOverviewTests
{
    private static readonly byte[] Request = Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    private static readonly byte[] Response = Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    /// <summary>Each later exchange is faster: the first few stay the slowest, and the rest are only counted.</summary>
    [Fact]
    public void Exchanges_that_are_not_slow_allocate_nothing()
    {
        const int Exchanges = 1000;
        CaptureOverview overview = new();
        HttpConversations http = new(new PoolAccount(new ConnectionRecords(overview)), HttpLimits.Default);
        http.OnOpened(new ConnectionOpening(default, default, default, 1, false, new PacketRef(1, default)));
        Exchange(http, 0, took: 4000);
        Exchange(http, 1, took: 3000);
        Exchange(http, 2, took: 2000);

        var allocated = Allocation.LeastOf(round =>
        {
            for (var at = 0; at < Exchanges; at++)
            {
                Exchange(http, 3 + (round * Exchanges) + at, took: 1000);
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal([4000, 3000, 2000], overview.Slowest.Select(slow => slow.Latency));
        Assert.Equal(3 + (Exchanges * Allocation.Rounds), overview.Requests);
    }

    private static void Exchange(HttpConversations http, int at, long took)
    {
        var start = at * 10_000L;
        Send(http, Side.Client, Request, (long)at * Request.Length, new PacketRef((2 * at) + 2, new Timestamp(start)));
        Send(http, Side.Server, Response, (long)at * Response.Length, new PacketRef((2 * at) + 3, new Timestamp(start + took)));
    }

    private static void Send(HttpConversations http, Side sender, byte[] octets, long offset, PacketRef packet) =>
        http.OnChunk(new StreamChunk
        {
            Connection = default,
            Sender = sender,
            Offset = offset,
            Packet = packet,
            Contiguous = packet,
            Acknowledged = -1,
            Octets = octets,
        });
}
