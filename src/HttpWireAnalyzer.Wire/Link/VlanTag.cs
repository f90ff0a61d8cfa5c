using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>An 802.1Q or 802.1ad tag, from behind its EtherType (IEEE 802.1Q §9.6).</summary>
/// <remarks>
/// <code>
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-----+-+-----------------------+-------------------------------+
/// | PCP |D|         VLAN id       |           EtherType           |
/// +-----+-+-----------------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct VlanTag
{
    public const int Length = 4;

    private const int TypeAt = 2;
    private const int IdMask = 0x0FFF;

    private readonly ReadOnlySpan<byte> _octets;

    private VlanTag(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>0 to 4095; 0 is a priority without a VLAN.</summary>
    public int Id => BinaryPrimitives.ReadUInt16BigEndian(_octets) & IdMask;

    public Carried Carries
    {
        get
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(_octets[TypeAt..]);
            return type < EtherType.Least ? Carried.Llc : EtherType.Carries(type);
        }
    }

    public static bool TryParse(ReadOnlySpan<byte> octets, out VlanTag header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Vlan, Length, octets.Length);
            return false;
        }

        header = new VlanTag(octets);
        error = default;
        return true;
    }
}
