using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture;

/// <summary>One interface that packets were captured on (pcapng IDB; a pcap file has one).</summary>
/// <param name="Name">if_name; null where the file does not say.</param>
/// <param name="SnapLength">Octets kept of each packet; 0 means no limit.</param>
/// <param name="Dropped">Packets that the capture lost, by the last statistics (ISB); null where unknown.</param>
public sealed record CaptureInterface(string? Name, LinkType LinkType, uint SnapLength, string? Filter, long? Dropped);
