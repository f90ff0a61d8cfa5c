using System.Runtime.InteropServices;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings;

/// <summary>The exchanges of a <see cref="Trail"/> that ended in one way, but for those inside tunnels. For foreach: it allocates nothing.</summary>
public struct EndedExchanges
{
    private readonly List<HttpExchange>? _exchanges;
    private readonly ExchangeEnd _end;
    private int _at = -1;

    internal EndedExchanges(List<HttpExchange>? exchanges, ExchangeEnd end)
    {
        _exchanges = exchanges;
        _end = end;
    }

    public readonly ref readonly HttpExchange Current => ref CollectionsMarshal.AsSpan(_exchanges)[_at];

    public readonly EndedExchanges GetEnumerator() => this;

    public bool MoveNext()
    {
        var exchanges = CollectionsMarshal.AsSpan(_exchanges);
        while (++_at < exchanges.Length)
        {
            if (exchanges[_at].End == _end && exchanges[_at].TunnelDepth == 0)
            {
                return true;
            }
        }

        return false;
    }
}
