using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>BSD loopback encapsulation (LINKTYPE_NULL, LINKTYPE_LOOP): an address family, then the packet.</summary>
/// <remarks>
/// <code>
/// +---------------------------+
/// |    Address family (4)     |   NULL: byte order of the writer; LOOP: network order
/// +---------------------------+
/// </code>
/// </remarks>
internal readonly ref struct BsdLoopback
{
    public const int Length = 4;

    private const uint Inet = 2;
    private const uint Inet6Linux = 10;
    private const uint Inet6Windows = 23;
    private const uint Inet6OpenBsd = 24;
    private const uint Inet6FreeBsd = 28;
    private const uint Inet6Darwin = 30;
    private const uint LargestFamily = 0xFFFF;

    private readonly uint _family;

    private BsdLoopback(uint family) => _family = family;

    public Carried Carries => CarriesOf(_family);

    /// <summary>By the number of an address family in any of these systems.</summary>
    public static Carried CarriesOf(uint family) => family switch
    {
        Inet => Carried.Ipv4,
        Inet6Linux or Inet6Windows or Inet6OpenBsd or Inet6FreeBsd or Inet6Darwin => Carried.Ipv6,
        _ => Carried.Other,
    };

    public static bool TryParse(ReadOnlySpan<byte> octets, out BsdLoopback header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        // Families are small: a large value is one read in the wrong order, whichever link type the file claims.
        var family = BinaryPrimitives.ReadUInt32LittleEndian(octets);
        header = new BsdLoopback(family > LargestFamily ? BinaryPrimitives.ReverseEndianness(family) : family);
        error = default;
        return true;
    }
}
