using System.Buffers.Binary;
using HttpWireAnalyzer.Wire.Link;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The Geneve header, options included (RFC 8926 §3.4).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---+-----------+-+-+-----------+-------------------------------+
/// |Ver|  Opt Len  |O|C|    Rsvd.  |          Protocol Type        |
/// +---+-----------+-+-+-----------+---------------+---------------+
/// |        Virtual Network Identifier (VNI)       |    Reserved   |
/// +-----------------------------------------------+---------------+
/// |                    Variable-Length Options                    |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct GeneveHeader
{
    private const int FixedLength = 8;
    private const int ProtocolAt = 2;
    private const int IdentifierAt = 4;
    private const int OptionLengthMask = 0x3F;

    private readonly ReadOnlySpan<byte> _octets;

    private GeneveHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Length => _octets.Length;

    public uint Identifier => BinaryPrimitives.ReadUInt32BigEndian(_octets[IdentifierAt..]) >> 8;

    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[ProtocolAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out GeneveHeader header, out DecodeError error)
    {
        header = default;
        var length = octets.IsEmpty ? FixedLength : FixedLength + ((octets[0] & OptionLengthMask) * 4);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        if (octets[0] >> 6 != 0)
        {
            error = DecodeError.Version(Layer.Tunnel, 0, octets[0] >> 6);
            return false;
        }

        header = new GeneveHeader(octets[..length]);
        error = default;
        return true;
    }
}
