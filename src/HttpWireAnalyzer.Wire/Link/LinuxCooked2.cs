using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>Linux "cooked" capture, version 2 (LINKTYPE_LINUX_SLL2).</summary>
/// <remarks>
/// <code>
/// +---------------------------+
/// |     Protocol type (2)     |
/// +---------------------------+
/// |     Reserved (2)          |
/// +---------------------------+
/// |     Interface index (4)   |
/// +---------------------------+
/// |     ARPHRD_ type (2)      |
/// +-------------+-------------+
/// | Packet (1)  | Address length (1)
/// +-------------+-------------+
/// |     Address (8)           |
/// +---------------------------+
/// </code>
/// </remarks>
internal readonly ref struct LinuxCooked2
{
    public const int Length = 20;

    private readonly ReadOnlySpan<byte> _octets;

    private LinuxCooked2(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => LinuxCooked.CarriesProtocol(BinaryPrimitives.ReadUInt16BigEndian(_octets));

    public static bool TryParse(ReadOnlySpan<byte> octets, out LinuxCooked2 header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new LinuxCooked2(octets);
        error = default;
        return true;
    }
}
