using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The connections that the first pass accepted, with all of their exchanges.</summary>
public sealed class AcceptedConnections(ConnectionTruths truths, IConnectionSink next) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (truths.Accepts(exchange.Connection.Number))
        {
            next.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (truths.Accepts(connection.Number))
        {
            next.OnConnection(connection);
        }
    }
}
