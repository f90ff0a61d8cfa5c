using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Two sinks in place of one: the first has seen an event before the second does.</summary>
public sealed class ExchangeTee(IExchangeSink first, IExchangeSink second) : IExchangeSink
{
    public void OnOpened(in ConnectionOpening opening)
    {
        first.OnOpened(opening);
        second.OnOpened(opening);
    }

    public void OnStateChange(in TcpStateChange change)
    {
        first.OnStateChange(change);
        second.OnStateChange(change);
    }

    public uint StateInputs => first.StateInputs | second.StateInputs;

    public void OnTcpRemark(in TcpRemark remark)
    {
        first.OnTcpRemark(remark);
        second.OnTcpRemark(remark);
    }

    public void OnGap(in StreamGap gap)
    {
        first.OnGap(gap);
        second.OnGap(gap);
    }

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
        first.OnBusy(connection, since);
        second.OnBusy(connection, since);
    }

    public void OnExchange(in HttpExchange exchange)
    {
        first.OnExchange(exchange);
        second.OnExchange(exchange);
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
        first.OnHttpRemark(remark);
        second.OnHttpRemark(remark);
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        first.OnClosed(tcp, http);
        second.OnClosed(tcp, http);
    }
}
