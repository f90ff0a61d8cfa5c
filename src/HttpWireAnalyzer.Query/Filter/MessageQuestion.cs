using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of one message after the other, with its exchange.</summary>
/// <param name="truths">Null where the filter asks nothing but messages and exchanges.</param>
public sealed class MessageQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(MessageRecordFields.Set);
    private readonly ExchangeQuestion _exchange = new(filter, truths);

    public bool Accepts(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing, MessageKind kind)
    {
        var truth = _exchange.TruthOf(exchange, ends, timing);
        if (_own is not null)
        {
            MessageRecordFields.Write(exchange, kind, _own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return filter.Accepts(truth);
    }
}
