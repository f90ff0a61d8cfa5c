using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Testing;

/// <summary>How one client uses its connections to one server.</summary>
public sealed class WirePool : WireRecord
{
    internal WirePool(KeptPool kept)
        : base(kept)
    {
    }

    public Address Client => PlaceBy("pool.client").Client.Address;

    public Endpoint Server => PlaceBy("pool.server.address", "pool.server.port").Server;

    public long Connections => Number("pool.connections")!.Value;

    public long Exchanges => Number("pool.exchanges")!.Value;

    /// <summary>Share of its exchanges that found a connection open.</summary>
    public double? ReuseRatio => Ratio("pool.reuse_ratio");

    /// <summary>Most connections open at once.</summary>
    public long MostOpen => Number("pool.open.max")!.Value;

    /// <summary>Most connections busy at once.</summary>
    public long MostBusy => Number("pool.busy.max")!.Value;

    /// <summary>Longest idle time after which a connection carried another request that was answered.</summary>
    public TimeSpan? LongestIdleReused => Duration("pool.idle_before_reuse.max");

    /// <summary>Connections whose first FIN was the client's.</summary>
    public long ClosedByClient => Number("pool.closed_by.client")!.Value;

    public long ClosedByServer => Number("pool.closed_by.server")!.Value;

    /// <summary>Those that ended with a RST and no FIN before it.</summary>
    public long ClosedByReset => Number("pool.closed_by.rst")!.Value;

    /// <summary>Exchanges unanswered, cut off, or answered with 502, 503 or 504.</summary>
    public long Failed => Number("pool.failed")!.Value;

    /// <summary>Exchanges that repeat a failed one.</summary>
    public long Retries => Number("pool.retries")!.Value;

    /// <summary>Those of a method that is not idempotent.</summary>
    public long UnsafeRetries => Number("pool.retries.unsafe")!.Value;
}
