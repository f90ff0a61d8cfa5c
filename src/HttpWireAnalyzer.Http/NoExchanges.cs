using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>For a run whose exchanges nobody asks for: packets, streams or pools are.</summary>
public sealed class NoExchanges : IExchangeSink
{
    public void OnOpened(in ConnectionOpening opening)
    {
    }

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

    public void OnBusy(ConnectionId connection, PacketRef since)
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
