using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Findings.WhatIf;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>What the replay of a pool came to.</summary>
/// <param name="Outcome">Null where the pool has no whole exchange.</param>
/// <param name="Ports">Its ports as they were.</param>
/// <param name="IsBound">Its connections are authenticated: requests may not change between them.</param>
/// <param name="LeftOut">Requests that were not replayed.</param>
internal sealed record PoolReplay(ReuseOutcome? Outcome, PortStanding? Ports, bool IsBound, long LeftOut);

/// <summary>Reads the capture again for one pool, and replays its requests with connections kept.</summary>
internal static class ReuseReading
{
    /// <exception cref="CaptureFormatException">It cannot be read again.</exception>
    public static PoolReplay Of(ICaptureInput input, PoolName pool, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: false);
        var taken = new Taken(pool);
        AnalysisPipeline.Run(source, new PoolAccount(new ConnectionRecords(taken, mostWaiting: 0)), input.Options, AnalysisTaps.None, stop);
        var outcome = taken.Requests.Of(pool)?.Run(ReuseReplay.UsualIdleLimit, PortProfile.Linux.TimeWait);
        return new PoolReplay(
            outcome, taken.Ports.Standings(PortProfile.Linux).FirstOrDefault(), taken.Requests.IsBound(pool), taken.Requests.LeftOut);
    }

    private sealed class Taken(PoolName pool) : IConnectionSink
    {
        public ReuseAccount Requests { get; } = new();

        public PortAccount Ports { get; } = new(PortProfile.Linux.TimeWait);

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
            if (pool == new PoolName(ends.Client.Address, ends.Server))
            {
                Requests.Add(pool, exchange, timing);
            }
        }

        public void OnConnection(ConnectionRecord connection)
        {
            if (pool == new PoolName(connection.Tcp.Client.Address, connection.Tcp.Server))
            {
                Ports.OnConnection(connection);
            }
        }
    }
}
