using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class AllocationTests
{
    private static readonly byte[] Request = Encoding.Latin1.GetBytes(
        "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n");

    private static readonly byte[] Response = Encoding.Latin1.GetBytes(
        "HTTP/1.1 200 OK\r\nServer: test\r\nContent-Type: text/html\r\nContent-Length: 5\r\nKeep-Alive: timeout=5\r\n\r\nhello");

    /// <summary>Without a Keep-Alive field, which has to be remembered.</summary>
    private static readonly byte[] PlainResponse = Encoding.Latin1.GetBytes(
        "HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 5\r\n\r\nhello");

    [Fact]
    public void A_thousand_exchanges_with_equal_heads_allocate_nothing()
    {
        CountingSink sink = new();
        HttpConversations http = new(sink, HttpLimits.Default);
        http.OnOpened(new ConnectionOpening(default, default, default, 1, false, default));

        Assert.Equal(0, Allocation.LeastOf(round => Play(http, round * 1000, 1000)));
        Assert.Equal(5000, sink.Exchanges);
    }

    /// <summary>A connection costs its record, and a request that waits for its answer one more; nothing else.</summary>
    [Fact]
    public void An_open_connection_costs_few_octets()
    {
        const int Connections = 32 * 1024;
        const int IdleBudget = 144;
        const int WaitingBudget = 64;
        HttpConversations[] stages =
            [.. Enumerable.Range(0, Allocation.Rounds).Select(_ => new HttpConversations(new CountingSink(), HttpLimits.Default))];
        var idle = Allocation.LeastOf(round =>
        {
            for (var slot = 0; slot < Connections; slot++)
            {
                ConnectionId id = new(slot, slot);
                stages[round].OnOpened(new ConnectionOpening(id, default, default, 1, false, default));
                Send(stages[round], Side.Client, 0, 0, Request, slot, id);
                Send(stages[round], Side.Server, 0, Request.Length, PlainResponse, slot, id);
            }
        });
        var waiting = Allocation.LeastOf(round =>
        {
            for (var slot = 0; slot < Connections; slot++)
            {
                Send(stages[round], Side.Client, Request.Length, PlainResponse.Length, Request, slot, new ConnectionId(slot, slot));
            }
        });

        Assert.InRange(idle / Connections, 1, IdleBudget);
        Assert.InRange(waiting / Connections, 1, WaitingBudget);
    }

    private static void Play(HttpConversations http, int first, int count)
    {
        for (var at = first; at < first + count; at++)
        {
            var requests = (long)at * Request.Length;
            var responses = (long)at * Response.Length;

            // A head in two pieces goes through the buffer, and is found in the cache all the same.
            Send(http, Side.Client, requests, responses, Request.AsSpan(0, 30), at);
            Send(http, Side.Client, requests + 30, responses, Request.AsSpan(30), at);
            Send(http, Side.Server, responses, requests + Request.Length, Response, at);
        }
    }

    private static void Send(HttpConversations http, Side sender, long offset, long acknowledged, ReadOnlySpan<byte> octets, int at,
        ConnectionId connection = default)
    {
        PacketRef packet = new(at + 1, new Timestamp(at * 1000L));
        http.OnChunk(new StreamChunk
        {
            Connection = connection,
            Sender = sender,
            Offset = offset,
            Packet = packet,
            Contiguous = packet,
            Acknowledged = acknowledged,
            Octets = octets,
        });
    }

    private sealed class CountingSink : IExchangeSink
    {
        public int Exchanges { get; private set; }

        public void OnOpened(in ConnectionOpening opening)
        {
        }

        public void OnStateChange(in TcpStateChange change)
        {
        }

        public void OnTcpRemark(in TcpRemark remark)
        {
        }

        public void OnGap(in StreamGap gap)
        {
        }

        public void OnBusy(ConnectionId connection, PacketRef since)
        {
        }

        public void OnExchange(in HttpExchange exchange) => Exchanges++;

        public void OnHttpRemark(in HttpRemark remark)
        {
        }

        public void OnClosed(in TcpSummary tcp, in HttpSummary http)
        {
        }
    }
}
