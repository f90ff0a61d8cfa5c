using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>IP over InfiniBand (LINKTYPE_IPOIB; RFC 4391 §6).</summary>
/// <remarks>
/// <code>
/// +---------------------------------------------------------------+
/// |                 Global route header (40)                      |
/// +-------------------------------+-------------------------------+
/// |         EtherType (2)         |         Reserved (2)          |
/// +-------------------------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct InfinibandFrame
{
    public const int Length = 44;

    private const int TypeAt = 40;

    private readonly ReadOnlySpan<byte> _octets;

    private InfinibandFrame(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[TypeAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out InfinibandFrame header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new InfinibandFrame(octets);
        error = default;
        return true;
    }
}
