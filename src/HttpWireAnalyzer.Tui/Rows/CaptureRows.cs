namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>What is kept of a capture for its lists: written by the analysis while the screen reads.</summary>
internal sealed class CaptureRows
{
    private long _connectionsLeftOut;
    private long _exchangesLeftOut;

    /// <summary>A connection's number is its place.</summary>
    public PagedRows<ConnectionRow> Connections { get; } = new(RowLimits.Connections);

    /// <summary>In the order in which they ended.</summary>
    public PagedRows<ExchangeRow> Exchanges { get; } = new(RowLimits.Exchanges);

    /// <summary>Beyond <see cref="RowLimits.Connections"/>.</summary>
    public long ConnectionsLeftOut => Volatile.Read(ref _connectionsLeftOut);

    public long ExchangesLeftOut => Volatile.Read(ref _exchangesLeftOut);

    public void LeaveOutConnection() => Interlocked.Increment(ref _connectionsLeftOut);

    public void LeaveOutExchange() => Interlocked.Increment(ref _exchangesLeftOut);
}
