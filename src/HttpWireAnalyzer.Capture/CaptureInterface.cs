using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture;

/// <summary>One interface that packets were captured on (pcapng IDB; a pcap file has one).</summary>
/// <param name="Name">if_name; null where the file does not say.</param>
/// <param name="SnapLength">Octets kept of each packet; 0 means no limit.</param>
public sealed record CaptureInterface(string? Name, LinkType LinkType, uint SnapLength, string? Filter)
{
    /// <summary>By the last statistics (ISB).</summary>
    public InterfaceCounts Counts { get; init; }

    /// <summary>Packets that the interface or the system dropped; null where unknown.</summary>
    public long? Dropped => Counts.Dropped;

    /// <summary>Packets that the capture lost, dropped ones and those that nobody was given; null where unknown.</summary>
    public long? Lost => InterfaceCounts.Sum([Dropped, Counts.Undelivered]);

    /// <summary>
    /// What they lost together: of one interface in several files of one recording the last count, which is the largest.
    /// </summary>
    public static long? LostBy(IEnumerable<CaptureInterface> interfaces) => InterfaceCounts.Sum(interfaces
        .Select((port, index) => (Port: port, Alone: port.Counts.Since is null ? index : -1))
        .GroupBy(each => (each.Alone, each.Port.Name, each.Port.LinkType, each.Port.Filter, each.Port.Counts.Since))
        .Select(one => one.Max(each => each.Port.Lost)));
}
