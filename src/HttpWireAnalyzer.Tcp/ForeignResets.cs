namespace HttpWireAnalyzer.Tcp;

/// <summary>RSTs that bear an end's address and another IP TTL than that end: a device on the way may have sent them.</summary>
public static class ForeignResets
{
    /// <summary>One router more or less is a change of the route.</summary>
    public const int LeastDifference = 2;

    /// <summary>What an end meant by its RST cannot be said: it may not be its own.</summary>
    public static bool MayBe(in TcpSummary tcp, Side side) =>
        !tcp.Close.NeverOpened && DifferenceOf(tcp.EndOf(side)) >= LeastDifference;

    /// <summary>A RST is the end's own, by its TTL or hop limit and that of the end's first.</summary>
    internal static bool IsOwn(byte timeToLive, in TcpEndpoint end) => int.Abs(timeToLive - end.TimeToLive) < LeastDifference;

    /// <summary>Between the TTL of the RST and that of the end's first segment; 0 where they cannot be compared.</summary>
    public static int DifferenceOf(in EndSummary end) =>
        end.Rst.IsNone || end.Counters.Packets - end.Counters.Rsts < 2
            ? 0
            : int.Abs(end.RstTimeToLive - end.TimeToLive);
}
