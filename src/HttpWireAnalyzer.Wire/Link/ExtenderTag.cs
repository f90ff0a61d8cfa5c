using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The E-TAG of a bridge port extender, from behind its EtherType (IEEE 802.1BR §7.5).</summary>
/// <remarks>
/// <code>
/// +-----+-+-----------------------+---+---+-----------------------+
/// | PCP |D|  Ingress E-CID (12)   |Res|GRP|      E-CID (12)       |
/// +-----+-+-------+---------------+---+---+-----------------------+
/// | Ingress ext.  |  E-CID ext.   |           EtherType           |
/// +---------------+---------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct ExtenderTag
{
    public const int Length = 8;

    private const int TypeAt = 6;

    private readonly ReadOnlySpan<byte> _octets;

    private ExtenderTag(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[TypeAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out ExtenderTag header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new ExtenderTag(octets);
        error = default;
        return true;
    }
}
