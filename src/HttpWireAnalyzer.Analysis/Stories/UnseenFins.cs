using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>FINs that the capture most likely lacks (<see cref="EndSummary.HasUnseenFin"/>), by the packets that acknowledged them.</summary>
internal static class UnseenFins
{
    /// <summary>The packet that acknowledged that of <paramref name="side"/>; none where it sent none, or nobody kept what was acknowledged.</summary>
    public static PacketRef AcknowledgedOf(in TcpSummary tcp, Side side, AckHistory? acknowledgments)
    {
        ref readonly var end = ref tcp.EndOf(side);
        return end.HasUnseenFin && acknowledgments is not null
            ? acknowledgments.FirstCovering(tcp.Actual(side.Other()), end.Counters.Delivered + end.Counters.Gap + 1)
            : default;
    }
}
