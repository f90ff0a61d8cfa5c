using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Several sinks in place of one: each has seen a record before the next does.</summary>
public sealed class ConnectionTee(params IConnectionSink[] sinks) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        foreach (var sink in sinks)
        {
            sink.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        foreach (var sink in sinks)
        {
            sink.OnConnection(connection);
        }
    }
}
