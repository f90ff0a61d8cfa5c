using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads requests and responses before one assertion about them.</summary>
/// <param name="truths">As in <see cref="ExchangeRows"/>.</param>
internal sealed class MessageRows(RecordJudge judge, IReadOnlyList<ConnectionTruths?> truths) : IConnectionSink
{
    private readonly MessageQuestion?[] _questions =
    [
        .. judge.Filters.Zip(truths, (filter, known) => filter is null ? null : new MessageQuestion(filter, known)),
    ];

    private readonly bool[] _accepted = new bool[judge.Filters.Count];

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (exchange.Request is not null)
        {
            Lead(exchange, ends, timing, MessageKind.Request);
        }

        if (exchange.Response is not null)
        {
            Lead(exchange, ends, timing, MessageKind.Response);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
    }

    private void Lead(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing, MessageKind kind)
    {
        for (var i = 0; i < _questions.Length; i++)
        {
            _accepted[i] = _questions[i]?.Accepts(exchange, ends, timing, kind) ?? true;
        }

        if (judge.Take(_accepted))
        {
            MessageRecordFields.Write(exchange, kind, judge.Reader.Begin());
            ExchangeFields.Write(exchange, ends, timing, judge.Reader);
            judge.Keep(Places.Of(exchange, ends, kind));
        }
    }
}
