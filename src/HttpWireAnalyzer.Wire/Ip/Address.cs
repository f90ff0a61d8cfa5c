using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>An IPv6 address, or an IPv4 address in its IPv4-mapped form ::ffff:a.b.c.d (RFC 4291 §2.5.5.2).</summary>
/// <param name="High">The first eight octets, in network order.</param>
/// <param name="Low">The last eight octets, in network order.</param>
public readonly record struct Address(ulong High, ulong Low)
{
    private const ulong Ipv4MappedPrefix = 0x0000_FFFF_0000_0000;

    public bool IsIpv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == Ipv4MappedPrefix;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Address FromIpv4(uint address) => new(0, Ipv4MappedPrefix | address);

    /// <summary>Takes sixteen octets in network order.</summary>
    public static Address FromIpv6(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, High);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], Low);
        return IsIpv4 ? new IPAddress(octets[12..]).ToString() : new IPAddress(octets).ToString();
    }
}
