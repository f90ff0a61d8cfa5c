using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The UDP header (RFC 768).</summary>
/// <remarks>
/// <code>
///  0      7 8     15 16    23 24    31
/// +--------+--------+--------+--------+
/// |   Source Port   | Destination Port|
/// +--------+--------+--------+--------+
/// |     Length      |    Checksum     |
/// +--------+--------+--------+--------+
/// </code>
/// </remarks>
internal readonly ref struct UdpHeader
{
    public const int Length = 8;

    private const int DestinationPortAt = 2;

    private readonly ReadOnlySpan<byte> _octets;

    private UdpHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_octets);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_octets[DestinationPortAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out UdpHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Udp, Length, octets.Length);
            return false;
        }

        header = new UdpHeader(octets);
        error = default;
        return true;
    }
}
