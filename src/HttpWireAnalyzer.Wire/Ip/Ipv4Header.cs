using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The IPv4 header, options included (RFC 791 §3.1).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------------+-------------------------------+
/// |Version|  IHL  |Type of Service|          Total Length         |
/// +-------+-------+---------------+-----+-------------------------+
/// |         Identification        |Flags|      Fragment Offset    |
/// +---------------+---------------+-----+-------------------------+
/// |  Time to Live |    Protocol   |         Header Checksum       |
/// +---------------+---------------+-------------------------------+
/// |                       Source Address                          |
/// +---------------------------------------------------------------+
/// |                    Destination Address                        |
/// +---------------------------------------------------------------+
/// |                           [Options]                           |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct Ipv4Header
{
    public const int MinimumLength = 20;
    public const int Version = 4;
    public const int SourceAt = 12;

    private const int TotalLengthAt = 2;
    private const int IdentificationAt = 4;
    private const int FragmentAt = 6;
    private const int TimeToLiveAt = 8;
    private const int ProtocolAt = 9;
    private const int DestinationAt = 16;
    private const int MoreFragmentsBit = 0x2000;
    private const int FragmentOffsetMask = 0x1FFF;

    private readonly ReadOnlySpan<byte> _octets;

    private Ipv4Header(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Length => _octets.Length;

    public int TotalLength => NetworkOrder.U16(_octets, TotalLengthAt);

    public ushort Identification => NetworkOrder.U16(_octets, IdentificationAt);

    public bool IsFragment => (FragmentField & (MoreFragmentsBit | FragmentOffsetMask)) != 0;

    public bool MoreFragments => (FragmentField & MoreFragmentsBit) != 0;

    /// <summary>In octets.</summary>
    public int FragmentOffset => (FragmentField & FragmentOffsetMask) * 8;

    public byte TimeToLive => NetworkOrder.U8(_octets, TimeToLiveAt);

    public byte Protocol => NetworkOrder.U8(_octets, ProtocolAt);

    public Address Source => Address.FromIpv4(NetworkOrder.U32(_octets, SourceAt));

    /// <summary>The end that TCP speaks with, also while a source route leads through others (RFC 791 §3.1, RFC 1122 §4.2.3.8).</summary>
    public Address Destination =>
        Length > MinimumLength && Ipv4SourceRoute.TryFind(_octets[MinimumLength..], out var route)
            ? route.FinalDestination
            : Address.FromIpv4(NetworkOrder.U32(_octets, DestinationAt));

    /// <summary>Source and destination in one number, the source above.</summary>
    public ulong Addresses => NetworkOrder.U64(_octets, SourceAt);

    /// <summary>RFC 791 §3.1: the one's complement sum over the header, checksum included, is all ones, in any byte order.</summary>
    public bool ChecksumHolds => InternetChecksum.Fold(InternetChecksum.WordsOfHeader(_octets)) == InternetChecksum.AllOnes;

    /// <summary>A datagram in one piece that carries <paramref name="protocol"/>: four fields, one load.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsWhole(byte protocol)
    {
        const ulong Fragment = (ulong)(MoreFragmentsBit | FragmentOffsetMask) << 32;
        const ulong Protocol = 0xFF << 16;
        return (NetworkOrder.U64(_octets, IdentificationAt) & (Fragment | Protocol)) == (ulong)protocol << 16;
    }

    private int FragmentField => NetworkOrder.U16(_octets, FragmentAt);

    /// <summary>One without options, of octets that are known to begin with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ipv4Header Bare(ReadOnlySpan<byte> octets) => new(octets[..MinimumLength]);

    /// <param name="error">Meaningful where it could not be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> octets, out Ipv4Header header, out DecodeError error)
    {
        var length = octets.Length < MinimumLength ? 0 : (octets[0] & 0x0F) * 4;
        if (length < MinimumLength || length > octets.Length || octets[0] >> 4 != Version)
        {
            header = default;
            error = ErrorOf(octets, length);
            return false;
        }

        header = new Ipv4Header(octets[..length]);
        Unsafe.SkipInit(out error);
        return true;
    }

    /// <summary>Whether octets that another header promised to be IPv4 plausibly are.</summary>
    public static bool LooksValid(ReadOnlySpan<byte> octets) =>
        TryParse(octets, out var header, out _)
        && (header.TotalLength == 0 || header.TotalLength >= header.Length);

    private static DecodeError ErrorOf(ReadOnlySpan<byte> octets, int length) =>
        octets.Length < MinimumLength ? DecodeError.Truncated(Layer.Ipv4, MinimumLength, octets.Length)
        : octets[0] >> 4 != Version ? DecodeError.Version(Layer.Ipv4, Version, octets[0] >> 4)
        : length < MinimumLength ? DecodeError.TooSmall(Layer.Ipv4, MinimumLength, length)
        : DecodeError.Truncated(Layer.Ipv4, length, octets.Length);
}
