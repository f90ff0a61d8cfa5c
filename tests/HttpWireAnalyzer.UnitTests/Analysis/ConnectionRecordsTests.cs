using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Analysis;

public sealed class ConnectionRecordsTests
{
    private readonly List<int> _given = [];
    private readonly ConnectionRecords _records;

    public ConnectionRecordsTests() => _records = new ConnectionRecords(new Numbers(_given));

    [Fact]
    public void Records_come_in_order_of_their_numbers()
    {
        Open(3);
        Close(2);
        Close(0);
        Assert.Equal([0], _given);
        Close(1);
        Assert.Equal([0, 1, 2], _given);
    }

    [Fact]
    public void A_connection_that_stays_open_holds_back_so_many_and_no_more()
    {
        const int All = ConnectionRecords.MostWaiting + 10;
        Open(All);
        for (var number = 1; number < All; number++)
        {
            Close(number);
        }

        Assert.Equal(Enumerable.Range(1, 9), _given);
        Close(0);
        Assert.Equal([.. Enumerable.Range(1, 9), 0, .. Enumerable.Range(10, All - 10)], _given);
    }

    [Fact]
    public void A_record_serves_again_and_its_copy_stays()
    {
        var kept = new Kept();
        var records = new ConnectionRecords(kept);
        Pass(records, 0, Conversation.Client);
        var address = kept.Copies[0].Ends.ClientAddress;
        Pass(records, 1, Conversation.Server);

        Assert.Same(kept.Records[0], kept.Records[1]);
        Assert.Equal(1, kept.Records[0].Number);
        Assert.Equal(Conversation.Server.Address.ToString(), kept.Records[0].Ends.ClientAddress);
        Assert.Equal(0, kept.Copies[0].Number);
        Assert.Equal(Conversation.Client.Address.ToString(), address);
        Assert.Equal(address, kept.Copies[0].Ends.ClientAddress);
    }

    [Fact]
    public void A_connection_allocates_nothing()
    {
        var records = new ConnectionRecords(new Nobody());
        var number = 0;
        Assert.Equal(0, Allocation.LeastOf(_ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Pass(records, number++, Conversation.Client);
            }
        }));
    }

    private static void Pass(ConnectionRecords records, int number, Endpoint client)
    {
        var id = new ConnectionId(number, 0);
        records.OnOpened(new ConnectionOpening(id, client, Conversation.Server, 1, false, default));
        var tcp = default(TcpSummary) with { Connection = id, Client = client, Server = Conversation.Server };
        records.OnClosed(tcp, default);
    }

    private void Open(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _records.OnOpened(new ConnectionOpening(
                new ConnectionId(number, number), Conversation.Client, Conversation.Server, 1, false, default));
        }
    }

    private void Close(int number) =>
        _records.OnClosed(default(TcpSummary) with { Connection = new ConnectionId(number, number) }, default);

    private sealed class Numbers(List<int> given) : IConnectionSink
    {
        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection) => given.Add(connection.Number);
    }

    private sealed class Kept : IConnectionSink
    {
        public List<ConnectionRecord> Records { get; } = [];

        public List<ConnectionRecord> Copies { get; } = [];

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection)
        {
            Records.Add(connection);
            Copies.Add(connection.Copy());
        }
    }

    private sealed class Nobody : IConnectionSink
    {
        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection)
        {
        }
    }
}
