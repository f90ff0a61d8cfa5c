using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Lets the exchanges through that a filter accepts, and no connections.</summary>
/// <param name="truths">Null where the filter asks nothing but exchanges.</param>
public sealed class FilteredExchanges(BoundFilter filter, ConnectionTruths? truths, IConnectionSink next) : IConnectionSink
{
    private readonly ExchangeQuestion _question = new(filter, truths);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (_question.Accepts(exchange, ends, timing))
        {
            next.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
    }
}
