using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Takes what the message stage gives: its exchanges, and what tracking said of the connection, passed on in
/// capture order. For each connection: opened, then the rest, then closed.
/// </summary>
public interface IExchangeSink
{
    void OnOpened(in ConnectionOpening opening);

    void OnStateChange(in TcpStateChange change);

    /// <inheritdoc cref="IStreamSink.StateInputs"/>
    uint StateInputs => uint.MaxValue;

    void OnTcpRemark(in TcpRemark remark);

    void OnGap(in StreamGap gap);

    /// <summary>
    /// A request's head is whole and nothing else was outstanding: the connection is busy since its first octet.
    /// It is idle again with the exchange that leaves nothing <see cref="HttpExchange.Outstanding"/>.
    /// </summary>
    void OnBusy(ConnectionId connection, PacketRef since);

    /// <summary>An exchange ended, well or badly. On one connection: in order of the requests, but for HTTP/2, whose streams do not wait for each other.</summary>
    void OnExchange(in HttpExchange exchange);

    void OnHttpRemark(in HttpRemark remark);

    void OnClosed(in TcpSummary tcp, in HttpSummary http);

    /// <inheritdoc cref="IStreamSink.Expect"/>
    void Expect(int slot)
    {
    }
}
