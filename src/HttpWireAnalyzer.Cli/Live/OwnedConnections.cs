using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Has the owners of a connection's sockets looked for when it opens.</summary>
internal sealed class OwnerQuestions(LocalProcesses processes) : IExchangeSink
{
    public void OnOpened(in ConnectionOpening opening) =>
        processes.Ask(opening.Connection.Number, opening.Client, opening.Server);

    public void OnStateChange(in TcpStateChange change)
    {
    }

    public uint StateInputs => 0;

    public void OnTcpRemark(in TcpRemark remark)
    {
    }

    public void OnGap(in StreamGap gap)
    {
    }

    public void OnBusy(ConnectionId connection, Wire.PacketRef since)
    {
    }

    public void OnExchange(in HttpExchange exchange)
    {
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
    }
}

/// <summary>Adds the owners that were found to the connection's record when it ends.</summary>
internal sealed class OwnedConnections(LocalProcesses processes, IConnectionSink next) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
        next.OnExchange(exchange, ends, timing);

    public void OnConnection(ConnectionRecord connection)
    {
        var owners = processes.Take(connection.Number);
        connection.Owners = connection.Tcp.Swapped ? new ConnectionOwners(owners.Server, owners.Client) : owners;
        next.OnConnection(connection);
    }
}
