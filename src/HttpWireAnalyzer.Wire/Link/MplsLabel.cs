using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>One entry of an MPLS label stack (RFC 3032 §2.1).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------+-----+-+---------------+
/// |                Label                  |  TC |S|      TTL      |
/// +---------------------------------------+-----+-+---------------+
/// </code>
/// </remarks>
internal readonly ref struct MplsLabel
{
    public const int Length = 4;

    private const int LabelShift = 12;
    private const uint BottomBit = 0x100;

    private readonly ReadOnlySpan<byte> _octets;

    private MplsLabel(ReadOnlySpan<byte> octets) => _octets = octets;

    public uint Label => BinaryPrimitives.ReadUInt32BigEndian(_octets) >> LabelShift;

    public bool IsBottom => (BinaryPrimitives.ReadUInt32BigEndian(_octets) & BottomBit) != 0;

    public static bool TryParse(ReadOnlySpan<byte> octets, out MplsLabel header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Mpls, Length, octets.Length);
            return false;
        }

        header = new MplsLabel(octets);
        error = default;
        return true;
    }
}
