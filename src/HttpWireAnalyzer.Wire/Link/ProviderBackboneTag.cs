using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The I-TAG of provider backbone bridging; a whole Ethernet frame follows (IEEE 802.1Q §9.7).</summary>
/// <remarks>
/// <code>
/// +-----+-+-+-+-----+-----------------------------------------------+
/// | PCP |D|U|R| Res |         Service identifier (24)               |
/// +-----+-+-+-+-----+-----------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct ProviderBackboneTag
{
    public const int Length = 4;

    private const uint ServiceMask = 0x00FF_FFFF;

    private readonly ReadOnlySpan<byte> _octets;

    private ProviderBackboneTag(ReadOnlySpan<byte> octets) => _octets = octets;

    public uint Service => BinaryPrimitives.ReadUInt32BigEndian(_octets) & ServiceMask;

    public static bool TryParse(ReadOnlySpan<byte> octets, out ProviderBackboneTag header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Vlan, Length, octets.Length);
            return false;
        }

        header = new ProviderBackboneTag(octets);
        error = default;
        return true;
    }
}
