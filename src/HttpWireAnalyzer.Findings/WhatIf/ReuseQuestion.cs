using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.WhatIf;

/// <summary>Takes what a capture has to say of the question what if connections were kept: requests, and ports as they were.</summary>
/// <param name="only">The pool that is asked about; null for all.</param>
public sealed class ReuseQuestion(PoolName? only = null) : IConnectionSink
{
    public ReuseAccount Requests { get; } = new();

    public PortAccount Ports { get; } = new(PortProfile.Linux.TimeWait);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        // Streams share a connection as it is: the question is one of HTTP/1.
        var pool = new PoolName(ends.Client.Address, ends.Server);
        if (exchange.Stream == 0 && IsAsked(pool))
        {
            Requests.Add(pool, exchange, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (IsAsked(new PoolName(connection.Tcp.Client.Address, connection.Tcp.Server)))
        {
            Ports.OnConnection(connection);
        }
    }

    private bool IsAsked(in PoolName pool) => only is not { } one || one == pool;
}
