namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>What every pcapng block begins and ends with (draft-ietf-opsawg-pcapng §3.1).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |                          Block Type                           |  0
/// +---------------------------------------------------------------+
/// |                      Block Total Length                       |  4
/// +---------------------------------------------------------------+
/// /               Block Body, padded to 32 bits                   /  8
/// +---------------------------------------------------------------+
/// |                      Block Total Length                       |
/// +---------------------------------------------------------------+
/// </code></remarks>
internal readonly record struct BlockFrame(BlockType Type, uint TotalLength)
{
    public const int HeaderLength = 8;
    public const int TrailerLength = 4;
    public const int LeastLength = HeaderLength + TrailerLength;
    public const int TotalLengthOffset = 4;

    /// <summary>Octets that the block takes in the file.</summary>
    /// <remarks>
    /// Draft §3.1: the total length is a multiple of 4. Some writers leave their padding out of it; the next block is
    /// then found as Wireshark finds it, by rounding up, and the trailing length has to agree.
    /// </remarks>
    public long PaddedLength => (TotalLength + 3L) & ~3L;

    public bool IsUnpadded => TotalLength % 4 != 0;

    public static BlockFrame Of(ReadOnlySpan<byte> octets, ByteOrder order) =>
        new((BlockType)order.U32(octets, 0), order.U32(octets, TotalLengthOffset));

    /// <summary>Whether the length after the block is the length before it.</summary>
    public bool IsClosedBy(ReadOnlySpan<byte> octets, ByteOrder order) =>
        order.U32(octets, (int)PaddedLength - TrailerLength) == TotalLength;
}

/// <summary>The blocks that are read or written (draft-ietf-opsawg-pcapng §4, §8.1); the others are passed over.</summary>
internal enum BlockType : uint
{
    InterfaceDescription = 1,
    ObsoletePacket = 2,
    SimplePacket = 3,
    InterfaceStatistics = 5,
    EnhancedPacket = 6,
    DecryptionSecrets = 10,
    SectionHeader = 0x0a0d0d0a,
}
