using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Writes one packet (draft-ietf-opsawg-pcapng §4.3; <see cref="PacketBlock"/> has its box).</summary>
internal static class EnhancedPacketBlock
{
    /// <remarks>A time before 1970 is written as 1970: ticks have no sign, and no tap counts backwards from there.</remarks>
    public static void Write(BlockBuffer buffer, in PacketRecord record, ReadOnlySpan<byte> octets, PacketNotes? notes)
    {
        buffer.Begin(BlockType.EnhancedPacket);
        buffer.U32(record.Interface);
        buffer.Time(record.Packet.Time);
        buffer.U32((uint)octets.Length);
        buffer.U32((uint)record.OriginalLength);
        buffer.Padded(octets);
        if (notes is not null)
        {
            Write(buffer, notes);
        }

        buffer.End();
    }

    private static void Write(BlockBuffer buffer, PacketNotes notes)
    {
        foreach (var comment in notes.Comments)
        {
            buffer.Option(BlockOption.Comment, comment);
        }

        if (notes.Flags is { } flags)
        {
            buffer.Option32(PacketOption.Flags, flags);
        }

        buffer.EndOptions();
    }
}
