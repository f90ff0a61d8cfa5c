using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui;

/// <summary>One connection, read again from the capture: its story, its packets and its streams.</summary>
/// <param name="Pieces">In the order in which they became readable.</param>
/// <param name="PacketsLeftOut">Beyond what is kept.</param>
/// <param name="OctetsLeftOut">Of the streams.</param>
internal sealed record ConnectionDetail(
    int Number,
    Story Story,
    IReadOnlyList<PacketDetail> Packets,
    IReadOnlyList<StreamPiece> Pieces,
    long PacketsLeftOut,
    long OctetsLeftOut)
{
    /// <summary>Nanoseconds from the first packet to the last; 1 where they are none.</summary>
    public long Life { get; } = Packets.Count == 0 ? 1 : long.Max(1, Packets.Max(packet => packet.Packet.Time.Since(Packets[0].Packet.Time)));

    /// <summary>The greatest place in a stream, or acknowledgment.</summary>
    public long Furthest { get; } = Packets.Count == 0 ? 0 : Packets.Max(packet => long.Max(packet.Tracked.Offset, packet.Tracked.Acknowledged));
}

/// <summary>A packet of the connection, or an ICMP error that quotes it.</summary>
internal sealed record PacketDetail
{
    public required PacketRecord Record { get; init; }

    /// <summary>The frame as captured.</summary>
    public required byte[] Octets { get; init; }

    /// <summary>Null of an ICMP error.</summary>
    public Side? Sender { get; init; }

    public TcpFlags Flags { get; init; }

    public int PayloadLength { get; init; }

    public TrackedSegment Tracked { get; init; }

    public PacketRef Packet => Record.Packet;

    public SegmentMarks Marks => Tracked.Diagnosis.Marks;
}

/// <summary>Octets of one stream that became readable at once, or a hole in it.</summary>
/// <param name="Octets">Empty for a hole.</param>
/// <param name="Missing">Octets that were not captured.</param>
internal sealed record StreamPiece(Side Sender, long Offset, PacketRef Packet, byte[] Octets, long Missing);
