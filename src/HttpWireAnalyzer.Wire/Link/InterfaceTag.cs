using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>Cisco's VN-Tag, which names virtual interfaces, from behind its EtherType.</summary>
/// <remarks>
/// <code>
/// +-+-+---------------------------+-+-+---+-----------------------+
/// |D|P| Destination interface (14)|L|R|Ver| Source interface (12) |
/// +-+-+---------------------------+-+-+---+-----------------------+
/// |           EtherType           |
/// +-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct InterfaceTag
{
    public const int Length = 6;

    private const int TypeAt = 4;

    private readonly ReadOnlySpan<byte> _octets;

    private InterfaceTag(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[TypeAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out InterfaceTag header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new InterfaceTag(octets);
        error = default;
        return true;
    }
}
