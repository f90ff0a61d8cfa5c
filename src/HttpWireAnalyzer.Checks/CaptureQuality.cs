using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Checks;

/// <summary>Holds the capture against what is required of it.</summary>
internal sealed class CaptureQuality : IConnectionSink
{
    private long _oneSided;
    private long _gaps;

    public long Connections { get; private set; }

    public long Exchanges { get; private set; }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => Exchanges++;

    public void OnConnection(ConnectionRecord connection)
    {
        Connections++;
        _gaps += connection.Gaps;
        _oneSided += connection.IsOneSided ? 1 : 0;
    }

    /// <summary>In the order of the kinds.</summary>
    public IReadOnlyList<UnmetRequirement> Unmet(Requirements require, CaptureTotals totals)
    {
        var unmet = new List<UnmetRequirement>();
        AtMost(RequirementKind.Dropped, require.Dropped, totals.Lost ?? 0, unmet);
        AtMost(RequirementKind.Gaps, require.Gaps, _gaps, unmet);
        AtMost(RequirementKind.BothDirections, require.BothDirections ? 0 : null, _oneSided, unmet);
        var damages = totals.Remarks.Count(remark => remark.Kind is not CaptureRemarkKind.Odd);
        AtMost(RequirementKind.CompleteFile, require.CompleteFile ? 0 : null, damages, unmet);
        AtLeast(RequirementKind.MinConnections, require.MinConnections, Connections, unmet);
        AtLeast(RequirementKind.MinExchanges, require.MinExchanges, Exchanges, unmet);
        AtLeast(RequirementKind.Duration, require.MinDuration, SpanOf(totals), unmet);
        return unmet;
    }

    /// <summary>Earliest packet to latest, in nanoseconds.</summary>
    public static long SpanOf(CaptureTotals totals) => totals.Packets == 0 ? 0 : totals.Latest.Since(totals.Earliest);

    private static void AtMost(RequirementKind kind, long? wanted, long found, List<UnmetRequirement> unmet)
    {
        if (found > wanted)
        {
            unmet.Add(new UnmetRequirement(kind, wanted.Value, found));
        }
    }

    private static void AtLeast(RequirementKind kind, long? wanted, long found, List<UnmetRequirement> unmet)
    {
        if (found < wanted)
        {
            unmet.Add(new UnmetRequirement(kind, wanted.Value, found));
        }
    }
}
