using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Writes what a line says into logs, and hands them over: a full one, and the one of a stretch's end.</summary>
/// <param name="stateInputs">Those of whom the logs are for.</param>
internal sealed class EventRecorder(LogRing logs, uint stateInputs) : IExchangeSink
{
    private EventLog _log = logs.First;

    /// <summary>What the events that follow are said on.</summary>
    public Occasion Now { get; set; }

    private EventLog Log => _log.IsFull ? Next() : _log;

    public void EndStretch()
    {
        _log.EndsStretch = true;
        Next();
    }

    public void OnOpened(in ConnectionOpening opening) => Log.Add(Now, opening);

    public void OnStateChange(in TcpStateChange change) => Log.Add(Now, change);

    public uint StateInputs => stateInputs;

    public void OnTcpRemark(in TcpRemark remark) => Log.Add(Now, remark);

    public void OnGap(in StreamGap gap) => Log.Add(Now, gap);

    public void OnBusy(ConnectionId connection, PacketRef since) => Log.Add(Now, connection, since);

    public void OnExchange(in HttpExchange exchange) => Log.Add(Now, exchange);

    public void OnHttpRemark(in HttpRemark remark) => Log.Add(Now, remark);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http) => Log.Add(Now, tcp, http);

    private EventLog Next() => _log = logs.HandOver();
}
