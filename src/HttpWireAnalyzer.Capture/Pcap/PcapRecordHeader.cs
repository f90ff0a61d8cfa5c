namespace HttpWireAnalyzer.Capture.Pcap;

/// <summary>What stands before each packet (draft-ietf-opsawg-pcap §5).</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |                      Timestamp (Seconds)                      |  0
/// +---------------------------------------------------------------+
/// |            Timestamp (Microseconds or nanoseconds)            |  4
/// +---------------------------------------------------------------+
/// |                    Captured Packet Length                     |  8
/// +---------------------------------------------------------------+
/// |                    Original Packet Length                     | 12
/// +---------------------------------------------------------------+
/// </code>
/// The modified variant of 1999 adds an interface index, a protocol and a packet type, and pads them: 8 octets.
/// </remarks>
internal readonly ref struct PcapRecordHeader(ReadOnlySpan<byte> octets, ByteOrder order)
{
    public const int UsualLength = 16;
    public const int ModifiedLength = 24;

    private const int FractionOffset = 4;
    private const int FirstLengthOffset = 8;
    private const int SecondLengthOffset = 12;

    private readonly ReadOnlySpan<byte> _octets = octets[..UsualLength];

    public uint Seconds => order.U32(_octets, 0);

    public uint Fraction => order.U32(_octets, FractionOffset);

    public uint FirstLength => order.U32(_octets, FirstLengthOffset);

    public uint SecondLength => order.U32(_octets, SecondLengthOffset);
}
