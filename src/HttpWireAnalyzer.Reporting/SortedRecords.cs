using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Rows for people: made as connections or exchanges come, and given on in their order at the end.</summary>
public sealed class SortedRecords : IConnectionSink
{
    private readonly IRowSink _next;
    private readonly RecordOrder _order;
    private readonly IConnectionSink _rows;
    private readonly List<(string Key, string[] Cells)> _held = [];

    /// <param name="rows">Makes the rows.</param>
    public SortedRecords(IRowSink next, RecordOrder order, Func<IRowSink, IConnectionSink> rows)
    {
        _next = next;
        _order = order;
        _rows = rows(new Holder(this));
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (_order.IsOfExchanges)
        {
            ExchangeFields.Write(exchange, ends, timing, _order.Next);
            _rows.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (!_order.IsOfExchanges)
        {
            ConnectionFields.Write(connection, _order.Next);
            _rows.OnConnection(connection);
        }
    }

    /// <summary>After the last record.</summary>
    public void End()
    {
        foreach (var (_, cells) in _order.Sorted(_held, row => row.Key))
        {
            _next.Add(cells);
        }
    }

    private sealed class Holder(SortedRecords sorted) : IRowSink
    {
        public void Add(string[] cells) => sorted._held.Add((sorted._order.Key, cells));

        public void End()
        {
        }
    }
}
