using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The IPv6 fragment header (RFC 8200 §4.5).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------+---+-+
/// |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
/// +---------------+---------------+-------------------------+---+-+
/// |                         Identification                        |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct Ipv6FragmentHeader
{
    public const int Length = 8;

    private const int OffsetAt = 2;
    private const int IdentificationAt = 4;
    private const int OffsetMask = 0xFFF8;
    private const int MoreFragmentsBit = 1;

    private readonly ReadOnlySpan<byte> _octets;

    private Ipv6FragmentHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public byte NextHeader => _octets[0];

    /// <summary>In octets: the field's place makes it eight times its value.</summary>
    public int FragmentOffset => BinaryPrimitives.ReadUInt16BigEndian(_octets[OffsetAt..]) & OffsetMask;

    public bool MoreFragments =>
        (BinaryPrimitives.ReadUInt16BigEndian(_octets[OffsetAt..]) & MoreFragmentsBit) != 0;

    /// <summary>A whole packet in one "fragment": never joined with others (RFC 6946 §4).</summary>
    public bool IsAtomic => FragmentOffset == 0 && !MoreFragments;

    public uint Identification => BinaryPrimitives.ReadUInt32BigEndian(_octets[IdentificationAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out Ipv6FragmentHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Fragment, Length, octets.Length);
            return false;
        }

        header = new Ipv6FragmentHeader(octets[..Length]);
        error = default;
        return true;
    }
}
