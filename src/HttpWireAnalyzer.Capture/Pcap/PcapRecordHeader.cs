using System.Buffers.Binary;
using System.Runtime.InteropServices;

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
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PcapRecordHeader(uint Seconds, uint Fraction, uint FirstLength, uint SecondLength)
{
    public const int UsualLength = 16;
    public const int ModifiedLength = 24;

    private PcapRecordHeader Turned => new(
        BinaryPrimitives.ReverseEndianness(Seconds),
        BinaryPrimitives.ReverseEndianness(Fraction),
        BinaryPrimitives.ReverseEndianness(FirstLength),
        BinaryPrimitives.ReverseEndianness(SecondLength));

    /// <param name="octets">At least <see cref="UsualLength"/> of them.</param>
    public static PcapRecordHeader Read(ReadOnlySpan<byte> octets, ByteOrder order)
    {
        // All four at once: there is one for each packet.
        var header = MemoryMarshal.Read<PcapRecordHeader>(octets);
        return order.IsBigEndian == BitConverter.IsLittleEndian ? header.Turned : header;
    }
}
