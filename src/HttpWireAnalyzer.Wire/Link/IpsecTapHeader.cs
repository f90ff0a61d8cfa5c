using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>What the BSDs' enc(4) interface puts before a packet that IPsec has opened (LINKTYPE_ENC).</summary>
/// <remarks>
/// <code>
/// +--------------------+-------------------------------+-----------+
/// | Address family (4) | Security parameters index (4) | Flags (4) |
/// +--------------------+-------------------------------+-----------+
///  as in BsdLoopback    network order
/// </code>
/// </remarks>
internal readonly ref struct IpsecTapHeader
{
    public const int Length = 12;

    private const int ParametersIndexAt = 4;

    private readonly ReadOnlySpan<byte> _octets;
    private readonly BsdLoopback _family;

    private IpsecTapHeader(ReadOnlySpan<byte> octets, BsdLoopback family)
    {
        _octets = octets;
        _family = family;
    }

    public Carried Carries => _family.Carries;

    public uint ParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_octets[ParametersIndexAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out IpsecTapHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length || !BsdLoopback.TryParse(octets, out var family, out error))
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new IpsecTapHeader(octets, family);
        return true;
    }
}
