using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

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

    private void Open(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _records.OnOpened(new ConnectionOpening(
                new ConnectionId(number, number), Conversation.Client, Conversation.Server, default, 1, false, default));
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
}
