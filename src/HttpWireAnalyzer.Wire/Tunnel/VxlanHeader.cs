using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The VXLAN header (RFC 7348 §5), with the next protocol of VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe).</summary>
/// <remarks>
/// <code>
/// +-+-+-+-+-+-+-+-+-----------------------------------------------+
/// |R|R|R|R|I|P|R|R|            Reserved           | Next Protocol |
/// +-+-+-+-+-+-+-+-+-----------------------------------------------+
/// |                VXLAN Network Identifier       |   Reserved    |
/// +-----------------------------------------------+---------------+
/// </code>
/// </remarks>
internal readonly ref struct VxlanHeader
{
    public const int Length = 8;

    private const int NextProtocolAt = 3;
    private const int IdentifierAt = 4;
    private const byte IdentifierFlag = 0x08;
    private const byte NextProtocolFlag = 0x04;

    private readonly ReadOnlySpan<byte> _octets;

    private VxlanHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public bool HasIdentifier => (_octets[0] & IdentifierFlag) != 0;

    public uint Identifier => BinaryPrimitives.ReadUInt32BigEndian(_octets[IdentifierAt..]) >> 8;

    public Carried Carries => (_octets[0] & NextProtocolFlag) == 0 ? Carried.Ethernet : _octets[NextProtocolAt] switch
    {
        1 => Carried.Ipv4,
        2 => Carried.Ipv6,
        3 => Carried.Ethernet,
        _ => Carried.Other,
    };

    public static bool TryParse(ReadOnlySpan<byte> octets, out VxlanHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, Length, octets.Length);
            return false;
        }

        header = new VxlanHeader(octets);
        error = default;
        return true;
    }
}
