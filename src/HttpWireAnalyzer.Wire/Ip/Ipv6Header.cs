using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The IPv6 header (RFC 8200 §3).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+---------------+---------------------------------------+
/// |Version| Traffic Class |              Flow Label               |
/// +-------+---------------+-------+---------------+---------------+
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// +-------------------------------+---------------+---------------+
/// |                     Source Address (16)                       |
/// +---------------------------------------------------------------+
/// |                  Destination Address (16)                     |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct Ipv6Header
{
    public const int Length = 40;
    public const int Version = 6;

    private const int PayloadLengthAt = 4;
    private const int NextHeaderAt = 6;
    private const int HopLimitAt = 7;
    private const int SourceAt = 8;
    private const int DestinationAt = 24;

    private readonly ReadOnlySpan<byte> _octets;

    private Ipv6Header(ReadOnlySpan<byte> octets) => _octets = octets;

    public int PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_octets[PayloadLengthAt..]);

    public byte NextHeader => _octets[NextHeaderAt];

    public byte HopLimit => _octets[HopLimitAt];

    public Address Source => Address.FromIpv6(_octets[SourceAt..]);

    public Address Destination => Address.FromIpv6(_octets[DestinationAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out Ipv6Header header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Ipv6, Length, octets.Length);
            return false;
        }

        if (octets[0] >> 4 != Version)
        {
            error = DecodeError.Version(Layer.Ipv6, Version, octets[0] >> 4);
            return false;
        }

        header = new Ipv6Header(octets[..Length]);
        error = default;
        return true;
    }

    /// <summary>Whether octets that another header promised to be IPv6 plausibly are.</summary>
    /// <param name="lengthOnWire">Octets that there are for header and payload.</param>
    public static bool LooksValid(ReadOnlySpan<byte> octets, int lengthOnWire) =>
        TryParse(octets, out var header, out _) && header.PayloadLength <= lengthOnWire - Length;
}
