using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of one exchange after the other.</summary>
/// <param name="truths">Null where the filter asks nothing but exchanges.</param>
public sealed class ExchangeQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(ExchangeFields.Set);

    public bool Accepts(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
        filter.Accepts(TruthOf(exchange, ends, timing));

    internal ulong TruthOf(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        var truth = truths?.Of(exchange.Connection.Number) ?? 0;
        if (_own is not null)
        {
            ExchangeFields.Write(exchange, ends, timing, _own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return truth;
    }
}
