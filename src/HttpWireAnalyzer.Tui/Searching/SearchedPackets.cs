using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Packets: by what their lines say, and by their octets, which stand in the panes below.</summary>
internal sealed class SearchedPackets(PacketList list, IReadOnlyList<PacketDetail> packets) : ISearchedLines
{
    private readonly SearchedText _lines = new(packets.Count, at => list[at]);

    public int Count => packets.Count;

    public int Next(SoughtText text, int line, int direction)
    {
        var octets = text.AsOctets(asHex: false);
        for (var at = line + direction; at >= 0 && at < Count; at += direction)
        {
            if (octets.First(packets[at].Octets, 0) is not null || _lines.IsOn(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    public IEnumerable<FoundColumns> On(SoughtText text, int line) => _lines.On(text, line);
}
