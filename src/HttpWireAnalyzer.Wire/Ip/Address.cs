using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>An IPv6 address, or an IPv4 address in its IPv4-mapped form ::ffff:a.b.c.d (RFC 4291 §2.5.5.2).</summary>
/// <remarks>
/// A packet of IPv6 may carry the mapped form itself, although it should not (RFC 6890 §2.2.3). It is another address than
/// the IPv4 one, and has a prefix of ours here that no end of a connection can have: ff00::/8 is multicast (RFC 4291 §2.7).
/// </remarks>
/// <param name="High">The first eight octets, in network order.</param>
/// <param name="Low">The last eight octets, in network order.</param>
public readonly record struct Address(ulong High, ulong Low)
{
    private const ulong Ipv4MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>Adds nothing to a checksum, as the mapped form does: the words of the prefix are 0 or all ones.</summary>
    private const ulong MappedInIpv6 = 0xFFFF_0000_0000_0000;

    public bool IsIpv4 => High == 0 && HasMappedForm(Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Address FromIpv4(uint address) => new(0, Ipv4MappedPrefix | address);

    /// <summary>Takes sixteen octets in network order.</summary>
    public static Address FromIpv6(ReadOnlySpan<byte> octets)
    {
        var high = BinaryPrimitives.ReadUInt64BigEndian(octets);
        var low = BinaryPrimitives.ReadUInt64BigEndian(octets[8..]);
        return new Address(high == 0 && HasMappedForm(low) ? MappedInIpv6 : high, low);
    }

    /// <summary>Sixteen octets in network order; those of an IPv4 address are the last four.</summary>
    public void CopyTo(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt64BigEndian(octets, High == MappedInIpv6 && HasMappedForm(Low) ? 0 : High);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Low);
    }

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        CopyTo(octets);
        return IsIpv4 ? new IPAddress(octets[12..]).ToString() : new IPAddress(octets).ToString();
    }

    private static bool HasMappedForm(ulong low) => (low & 0xFFFF_FFFF_0000_0000) == Ipv4MappedPrefix;
}
