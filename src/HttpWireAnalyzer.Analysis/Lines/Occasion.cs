namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// What an event was said on: a packet, which came to one line only; a tick, which came to all before the packet of
/// the same number; or the end of the capture.
/// </summary>
internal readonly record struct Occasion
{
    private readonly long _order;

    private Occasion(long order) => _order = order;

    public static Occasion End => new(long.MaxValue);

    public static Occasion Tick(long before) => new(2 * before);

    public static Occasion Packet(long number) => new((2 * number) + 1);

    /// <summary>Several lines may have something to say on it: always that connections leave.</summary>
    public bool IsShared => _order == long.MaxValue || (_order & 1) == 0;

    public bool IsBefore(Occasion other) => _order < other._order;
}
