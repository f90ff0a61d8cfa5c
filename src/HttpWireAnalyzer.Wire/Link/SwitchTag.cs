using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>What switches put in front of a frame between themselves, from behind its EtherType: only its end matters here.</summary>
/// <remarks>
/// <code>
/// E-TAG of a bridge port extender (IEEE 802.1BR §7.5)
/// +-----+-+-----------------------+---+---+-----------------------+
/// | PCP |D|  Ingress E-CID (12)   |Res|GRP|      E-CID (12)       |
/// +-----+-+-------+---------------+---+---+-----------------------+
/// | Ingress ext.  |  E-CID ext.   |           EtherType           |
/// +---------------+---------------+-------------------------------+
///
/// Cisco's VN-Tag, which names virtual interfaces
/// +-+-+---------------------------+-+-+---+-----------------------+
/// |D|P| Destination interface (14)|L|R|Ver| Source interface (12) |
/// +-+-+---------------------------+-+-+---+-----------------------+
/// |           EtherType           |
/// +-------------------------------+
///
/// Cisco's FabricPath; a whole Ethernet frame follows
/// +---------------------+-----------+
/// | Forwarding tag (10) |  TTL (6)  |
/// +---------------------+-----------+
/// </code>
/// </remarks>
internal readonly ref struct SwitchTag
{
    public const int ExtenderLength = 8;
    public const int InterfaceLength = 6;
    public const int FabricLength = 2;

    private readonly ReadOnlySpan<byte> _octets;

    private SwitchTag(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>Of one that ends with an EtherType.</summary>
    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[^sizeof(ushort)..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, int length, out SwitchTag header, out DecodeError error)
    {
        header = default;
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        header = new SwitchTag(octets[..length]);
        error = default;
        return true;
    }
}
