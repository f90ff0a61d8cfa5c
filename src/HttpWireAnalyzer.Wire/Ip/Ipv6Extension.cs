using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>
/// An IPv6 extension header of the uniform form (RFC 6564 §3): hop-by-hop and destination options, routing, mobility
/// (RFC 6275), host identity (RFC 7401) and shim6 (RFC 5533).
/// </summary>
/// <remarks>
/// <code>
/// +---------------+---------------+-------------------------------+
/// |  Next Header  |  Hdr Ext Len  |                               |
/// +---------------+---------------+        Data, by kind          +
/// |                  (8 * Hdr Ext Len + 8 octets in all)          |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct Ipv6Extension
{
    public const int MinimumLength = 8;

    private const int LengthAt = 1;
    private const int OptionsAt = 2;
    private const int RoutingTypeAt = 2;
    private const int SegmentsLeftAt = 3;
    private const int CompressionAt = 4;
    private const int PadAt = 5;
    private const int RoutingAddressesAt = 8;
    private const int AddressLength = 16;
    private const byte Pad1 = 0;
    private const byte JumboPayload = 0xC2;

    private readonly ReadOnlySpan<byte> _octets;

    private Ipv6Extension(ReadOnlySpan<byte> octets) => _octets = octets;

    public byte NextHeader => _octets[0];

    public int Length => _octets.Length;

    public static bool TryParse(ReadOnlySpan<byte> octets, out Ipv6Extension header, out DecodeError error)
    {
        header = default;
        var length = octets.Length > LengthAt ? (octets[LengthAt] + 1) * 8 : MinimumLength;
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Ipv6Extension, length, octets.Length);
            return false;
        }

        header = new Ipv6Extension(octets[..length]);
        error = default;
        return true;
    }

    /// <summary>The jumbo payload option (RFC 2675 §2): octets behind the IPv6 header, this header included.</summary>
    public bool TryGetJumboLength(out uint length)
    {
        var options = _octets[OptionsAt..];
        while (options.Length >= 2)
        {
            if (options[0] == Pad1)
            {
                options = options[1..];
                continue;
            }

            var end = options[1] + 2;
            if (end > options.Length)
            {
                break;
            }

            if (options[0] == JumboPayload && options[1] == sizeof(uint))
            {
                length = BinaryPrimitives.ReadUInt32BigEndian(options[2..]);
                return true;
            }

            options = options[end..];
        }

        length = 0;
        return false;
    }

    /// <summary>Of a routing header that has not reached its end: where the packet is going to.</summary>
    /// <param name="destination">Where it is going to next.</param>
    public bool TryGetFinalDestination(Address destination, out Address address)
    {
        const byte Source = 0; // RFC 2460 §4.4
        const byte Home = 2; // RFC 6275 §6.4
        const byte Compressed = 3; // RFC 6554 §3
        const byte Segments = 4; // RFC 8754 §2

        address = default;
        var addresses = _octets[RoutingAddressesAt..];
        if (_octets[SegmentsLeftAt] == 0)
        {
            return false;
        }

        switch (_octets[RoutingTypeAt])
        {
            case Source or Home when addresses.Length >= AddressLength:
                address = Address.FromIpv6(addresses[((addresses.Length / AddressLength - 1) * AddressLength)..]);
                return true;
            case Segments when addresses.Length >= AddressLength:
                // The list is backwards, and options may stand behind it.
                address = Address.FromIpv6(addresses);
                return true;
            case Compressed:
                return TryGetCompressed(addresses, destination, out address);
            default:
                return false;
        }
    }

    /// <summary>RFC 6554 §3: the last address has what differs from the destination's prefix; padding follows.</summary>
    private bool TryGetCompressed(ReadOnlySpan<byte> addresses, Address destination, out Address address)
    {
        var prefix = _octets[CompressionAt] & 0x0F;
        var end = addresses.Length - (_octets[PadAt] >> 4);
        var start = end - (AddressLength - prefix);
        if (start < 0)
        {
            address = default;
            return false;
        }

        Span<byte> whole = stackalloc byte[AddressLength];
        destination.CopyTo(whole);
        addresses[start..end].CopyTo(whole[prefix..]);
        address = Address.FromIpv6(whole);
        return true;
    }
}
