using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Writes what a line says into the log of the stretch that it is at.</summary>
internal sealed class EventRecorder(EventLog log) : IExchangeSink
{
    public EventLog Log { get; set; } = log;

    /// <summary>What the events that follow are said on.</summary>
    public Occasion Now { get; set; }

    public void OnOpened(in ConnectionOpening opening) => Log.Add(Now, opening);

    public void OnStateChange(in TcpStateChange change) => Log.Add(Now, change);

    public void OnTcpRemark(in TcpRemark remark) => Log.Add(Now, remark);

    public void OnGap(in StreamGap gap) => Log.Add(Now, gap);

    public void OnBusy(ConnectionId connection, PacketRef since) => Log.Add(Now, connection, since);

    public void OnExchange(in HttpExchange exchange) => Log.Add(Now, exchange);

    public void OnHttpRemark(in HttpRemark remark) => Log.Add(Now, remark);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http) => Log.Add(Now, tcp, http);
}
