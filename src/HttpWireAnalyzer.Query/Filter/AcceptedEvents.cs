using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What happened on the connections that the first pass accepted.</summary>
public sealed class AcceptedEvents(ConnectionTruths truths, IExchangeSink next) : IExchangeSink
{
    public void OnOpened(in ConnectionOpening opening)
    {
        if (Accepts(opening.Connection))
        {
            next.OnOpened(opening);
        }
    }

    public uint StateInputs => next.StateInputs;

    public void OnStateChange(in TcpStateChange change)
    {
        if (Accepts(change.Connection))
        {
            next.OnStateChange(change);
        }
    }

    public void OnTcpRemark(in TcpRemark remark)
    {
        if (Accepts(remark.Connection))
        {
            next.OnTcpRemark(remark);
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (Accepts(gap.Connection))
        {
            next.OnGap(gap);
        }
    }

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
        if (Accepts(connection))
        {
            next.OnBusy(connection, since);
        }
    }

    public void OnExchange(in HttpExchange exchange)
    {
        if (Accepts(exchange.Connection))
        {
            next.OnExchange(exchange);
        }
    }

    public void OnHttpRemark(in HttpRemark remark)
    {
        if (Accepts(remark.Connection))
        {
            next.OnHttpRemark(remark);
        }
    }

    public void OnClosed(in TcpSummary tcp, in HttpSummary http)
    {
        if (Accepts(tcp.Connection))
        {
            next.OnClosed(tcp, http);
        }
    }

    private bool Accepts(ConnectionId connection) => truths.Accepts(connection.Number);
}
