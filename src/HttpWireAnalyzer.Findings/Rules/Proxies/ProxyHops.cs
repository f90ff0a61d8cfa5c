using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings.Rules.Proxies;

/// <summary>
/// The exchanges that proxies had with the servers behind them, so that one in front can be held against the one that the
/// proxy made of it: same method and path, within its time.
/// </summary>
internal sealed class ProxyHops
{
    /// <summary>As many back exchanges as can pass while one in front is under way, at ten thousand a second for a tenth.</summary>
    private const int Kept = 1024;

    /// <summary>Clocks of two interfaces differ, and a tap reorders.</summary>
    private const long Slack = 1_000_000;

    private readonly List<BackExchange> _recent = [];
    private int _next;

    public void Add(in ExchangeCase exchange)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } request || it.RequestTrace.Start.IsNone)
        {
            return;
        }

        var back = new BackExchange(
            request, it.Response, it.RequestTrace.Start, it.ResponseTrace.Start, it.Connection.Number, it.Ordinal, exchange.PoolName);
        if (_recent.Count < Kept)
        {
            _recent.Add(back);
            return;
        }

        _recent[_next] = back;
        _next = (_next + 1) % Kept;
    }

    /// <summary>What the proxy made of it; null where that was not seen, or not alone.</summary>
    public BackExchange? Behind(in ExchangeCase front)
    {
        ref readonly var it = ref front.Exchange;
        if (it.Request is not { } request)
        {
            return null;
        }

        var from = it.RequestTrace.Start.Time.Plus(-Slack);
        var to = it.ResponseTrace.End.IsNone ? it.EndedBy.Time : it.ResponseTrace.End.Time;
        BackExchange? found = null;
        foreach (var back in _recent)
        {
            if (!back.Taken
                && back.Pool.Client == front.Pool.Name.Server.Address
                && back.Pool.Server != front.Pool.Name.Server
                && back.Start.Time >= from && back.Start.Time <= to
                && back.Request.Method == request.Method
                && PathOf(back.Request.Target).SequenceEqual(PathOf(request.Target))
                && (found is null || back.Start.Number < found.Start.Number))
            {
                found = back;
            }
        }

        if (found is not null)
        {
            found.Taken = true;
        }

        return found;
    }

    /// <summary>That host, as a client, began a request between the two, which belongs to no other in front.</summary>
    public bool HasRequestOf(Address proxy, Timestamp from, Timestamp to) =>
        _recent.Exists(back => !back.Taken && back.Pool.Client == proxy && back.Start.Time >= from.Plus(-Slack) && back.Start.Time <= to);

    /// <summary>A proxy takes the absolute form and sends the origin form (RFC 9112 §3.2).</summary>
    private static ReadOnlySpan<char> PathOf(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? 0 : target.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : target.AsSpan(path);
    }
}

/// <summary>An exchange behind a proxy.</summary>
internal sealed record BackExchange(
    RequestHead Request, ResponseHead? Response, PacketRef Start, PacketRef ResponseStart, int Connection, int Ordinal, PoolName Pool)
{
    /// <summary>It belongs to an exchange in front.</summary>
    public bool Taken { get; set; }
}
