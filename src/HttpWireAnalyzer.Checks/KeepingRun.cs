using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Checks;

/// <summary>Keeps the records of one capture while it is read: for claims that are made one after the other, in code.</summary>
/// <remarks>Memory grows with the capture: it is for captures of tests.</remarks>
public sealed class KeepingRun
{
    private readonly IFindingRecords _findingRecords;
    private readonly FindingsLine _findings;
    private readonly CaptureQuality _quality = new();
    private readonly Keeper _keeper = new();
    private readonly PoolAccount _pools;

    public KeepingRun(RuleSettings rules, IFindingRecords findingRecords)
    {
        _findingRecords = findingRecords;
        _findings = new FindingsLine(RuleBook.Begin(rules));
        _pools = new PoolAccount(new ExchangeTee(_findings, new ConnectionRecords(new ConnectionTee(_quality, _keeper))));
    }

    /// <summary>What the capture is led before.</summary>
    public IExchangeSink Sink => _pools;

    /// <summary>After the capture.</summary>
    public KeptRecords Conclude(CaptureTotals totals)
    {
        var pools = _pools.Report();
        var report = _findings.Conclude(totals, pools);
        return new KeptRecords(totals, _quality, report)
        {
            Connections = _keeper.Connections,
            Exchanges = _keeper.Exchanges,
            Pools = [.. pools.Pools.Select(pool => new KeptPool(pool))],
            Findings = [.. report.Findings.Select(finding => new KeptFinding(finding, _findingRecords))],
        };
    }

    private sealed class Keeper : IConnectionSink
    {
        private readonly Dictionary<int, List<KeptExchange>> _open = [];

        public List<KeptConnection> Connections { get; } = [];

        public List<KeptExchange> Exchanges { get; } = [];

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
            var kept = new KeptExchange(exchange, ends, timing);
            Exchanges.Add(kept);
            if (!_open.TryGetValue(exchange.Connection.Number, out var carried))
            {
                _open.Add(exchange.Connection.Number, carried = []);
            }

            carried.Add(kept);
        }

        public void OnConnection(ConnectionRecord connection)
        {
            _open.Remove(connection.Number, out var carried);
            Connections.Add(new KeptConnection(connection) { Exchanges = carried ?? [] });
        }
    }
}
