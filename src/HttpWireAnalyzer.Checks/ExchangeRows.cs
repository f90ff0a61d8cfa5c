using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads exchanges before one assertion about them.</summary>
/// <param name="truths">Of each of the judge's filters; null where a filter asks nothing but exchanges, or is none.</param>
internal sealed class ExchangeRows(RecordJudge judge, IReadOnlyList<ConnectionTruths?> truths) : IConnectionSink
{
    private readonly ExchangeQuestion?[] _questions =
    [
        .. judge.Filters.Zip(truths, (filter, known) => filter is null ? null : new ExchangeQuestion(filter, known)),
    ];

    private readonly bool[] _accepted = new bool[judge.Filters.Count];

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        for (var i = 0; i < _questions.Length; i++)
        {
            _accepted[i] = _questions[i]?.Accepts(exchange, ends, timing) ?? true;
        }

        if (judge.Take(_accepted))
        {
            ExchangeFields.Write(exchange, ends, timing, judge.Reader.Begin());
            judge.Keep(Places.Of(exchange, ends));
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
    }
}
