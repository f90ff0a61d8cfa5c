using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The loose or strict source route among the options of an IPv4 header (RFC 791 §3.1).</summary>
/// <remarks>
/// <code>
/// +----------+--------+---------+-----------------------------
/// | Type (1) | Length | Pointer | Addresses (4 each) ...
/// +----------+--------+---------+-----------------------------
///  131, 137            counts from 1, at the type
/// </code>
/// </remarks>
internal readonly ref struct Ipv4SourceRoute
{
    private const int LengthAt = 1;
    private const int PointerAt = 2;
    private const int AddressesAt = 3;
    private const int AddressLength = 4;
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte Loose = 131;
    private const byte Strict = 137;

    private readonly ReadOnlySpan<byte> _octets;

    private Ipv4SourceRoute(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>The last one: where the packet is going to in the end.</summary>
    public Address FinalDestination =>
        Address.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(_octets[^AddressLength..]));

    /// <summary>Behind its end the route is only a record, and the header's destination is the final one.</summary>
    private bool IsUnderWay => _octets[PointerAt] <= _octets.Length;

    /// <summary>False where there is none, or none that has not come to its end.</summary>
    public static bool TryFind(ReadOnlySpan<byte> options, out Ipv4SourceRoute route)
    {
        while (options.Length > LengthAt && options[0] != EndOfOptions)
        {
            var length = options[0] == NoOperation ? 1 : options[LengthAt];
            if (length == 0 || length > options.Length)
            {
                break;
            }

            if (options[0] is Loose or Strict && length > AddressesAt && (length - AddressesAt) % AddressLength == 0)
            {
                route = new Ipv4SourceRoute(options[..length]);
                return route.IsUnderWay;
            }

            options = options[length..];
        }

        route = default;
        return false;
    }
}
