using System.Buffers.Binary;

namespace HttpWireAnalyzer.Capture;

/// <summary>The order in which a file, or a section of one, was written: that of the capturing machine.</summary>
internal readonly record struct ByteOrder(bool IsBigEndian)
{
    public ushort U16(ReadOnlySpan<byte> octets, int offset)
    {
        var value = BinaryPrimitives.ReadUInt16LittleEndian(octets[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    public uint U32(ReadOnlySpan<byte> octets, int offset)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(octets[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>64 bits as pcapng writes times (draft-ietf-opsawg-pcapng §4.3): the upper half first, each half in this order.</summary>
    public ulong Ticks(ReadOnlySpan<byte> octets, int offset) =>
        ((ulong)U32(octets, offset) << 32) | U32(octets, offset + sizeof(uint));

    public ulong U64(ReadOnlySpan<byte> octets, int offset)
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(octets[offset..]);
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }
}
