using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>Packets as evidence: in capture order, each once, none left out but those that were not seen.</summary>
public static class Evidence
{
    public static IReadOnlyList<PacketRef> Of(params ReadOnlySpan<PacketRef> packets)
    {
        var seen = new List<PacketRef>(packets.Length);
        foreach (var packet in packets)
        {
            if (!packet.IsNone && !seen.Contains(packet))
            {
                seen.Add(packet);
            }
        }

        seen.Sort((a, b) => a.Number.CompareTo(b.Number));
        return seen;
    }
}
