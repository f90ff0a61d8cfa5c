using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Keeps the connections that it is told of.</summary>
internal sealed class KeptRecords : IConnectionSink
{
    public List<ConnectionRecord> Connections { get; } = [];

    public int Exchanges { get; private set; }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
        Exchanges += exchange.End == ExchangeEnd.Complete ? 1 : 0;

    public void OnConnection(ConnectionRecord connection) => Connections.Add(connection.Copy());
}
