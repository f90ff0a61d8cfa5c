using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings;

/// <summary>What was out of the ordinary on a connection, until it ends. Most connections have none.</summary>
/// <remarks>Sides are as the events said; see <see cref="ConnectionCase.Actual"/>.</remarks>
public sealed class Trail
{
    private readonly List<HttpExchange> _exchanges = [];
    private readonly List<TcpRemark> _tcp = [];
    private readonly List<HttpRemark> _http = [];
    private readonly List<StreamGap> _gaps = [];

    /// <summary>Exchanges that did not end whole, repeat another, or had something odd: the first ones.</summary>
    public IReadOnlyList<HttpExchange> Exchanges => _exchanges;

    public IReadOnlyList<TcpRemark> TcpRemarks => _tcp;

    public IReadOnlyList<HttpRemark> HttpRemarks => _http;

    public IReadOnlyList<StreamGap> Gaps => _gaps;

    internal void Add(in HttpExchange exchange, FindingLimits limits)
    {
        if (_exchanges.Count < limits.NotableExchanges)
        {
            _exchanges.Add(exchange);
        }
    }

    internal void Add(in TcpRemark remark, FindingLimits limits)
    {
        if (_tcp.Count < limits.NotableRemarks)
        {
            _tcp.Add(remark);
        }
    }

    internal void Add(in HttpRemark remark, FindingLimits limits)
    {
        if (_http.Count < limits.NotableRemarks)
        {
            _http.Add(remark);
        }
    }

    internal void Add(in StreamGap gap, FindingLimits limits)
    {
        if (_gaps.Count < limits.NotableRemarks)
        {
            _gaps.Add(gap);
        }
    }
}
