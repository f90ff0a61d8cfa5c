using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui;

/// <summary>The connection that is looked at.</summary>
internal sealed record DetailState
{
    public required int Number { get; init; }

    /// <summary>Null until it has been read.</summary>
    public ConnectionDetail? Detail { get; init; }

    /// <summary>How far the capture has been read for it.</summary>
    public double Share { get; init; }

    /// <summary>The packet to go to when it is there; 0 for none.</summary>
    public long GoTo { get; init; }

    /// <summary>The finding that it was opened for: its packets are the evidence; null where it was not.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Failure { get; init; }

    /// <summary>The story as lines; made again when the width changes.</summary>
    public IReadOnlyList<StoryRow> Story { get; init; } = [];

    public int StoryCursor { get; init; }

    public int StoryTop { get; init; }

    public StreamLayout? Stream { get; init; }

    public StreamForm Form { get; init; }

    /// <summary>Only what this side sent; null for both.</summary>
    public Tcp.Side? Side { get; init; }

    public int StreamTop { get; init; }

    public int PacketCursor { get; init; }

    public int PacketTop { get; init; }

    /// <summary>Of the packet under the cursor.</summary>
    public IReadOnlyList<PacketField> Tree { get; init; } = [];

    public int TreeCursor { get; init; }

    public int TreeTop { get; init; }

    public int HexTop { get; init; }

    public PacketPane Pane { get; init; }

    /// <summary>The part of its life that the timeline shows.</summary>
    public TimelineWindow Window { get; init; }

    public PacketDetail? Packet => Detail is { } detail && PacketCursor < detail.Packets.Count ? detail.Packets[PacketCursor] : null;
}

/// <summary>The panes of the packets view.</summary>
internal enum PacketPane : byte
{
    List,
    Tree,
    Octets,
}
