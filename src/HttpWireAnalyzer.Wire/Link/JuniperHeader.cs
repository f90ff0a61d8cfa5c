using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>What Junos writes before each frame (LINKTYPE_JUNIPER_ETHER and its neighbours).</summary>
/// <remarks>
/// <code>
/// +-----------+-----------+----------------------+----------------+--------------
/// | "MGC" (3) | Flags (1) | Length of extensions | Extensions ... | Protocol (4)
/// +-----------+-----------+----------------------+----------------+--------------
///                          (2), by a flag                          little-endian, without a link header
/// </code>
/// </remarks>
internal readonly ref struct JuniperHeader
{
    private const int FixedLength = 4;
    private const int FlagsAt = 3;
    private const uint Ipv4 = 2;
    private const uint Ipv4OutOfMpls = 3;
    private const uint Ipv4IntoMpls = 4;
    private const uint Mpls = 5;
    private const uint Ipv6 = 6;
    private const uint Ipv6OutOfMpls = 7;
    private const uint Ipv6IntoMpls = 8;
    private const byte NoLinkHeaderFlag = 0x02;
    private const byte ExtensionsFlag = 0x80;

    /// <summary>In place of a link header.</summary>
    private const int ProtocolLength = 4;

    private readonly uint _protocol;

    private JuniperHeader(int length, bool hasLinkHeader, uint protocol)
    {
        Length = length;
        HasLinkHeader = hasLinkHeader;
        _protocol = protocol;
    }

    public int Length { get; }

    public bool HasLinkHeader { get; }

    /// <summary>Without a link header: what the number in its place says.</summary>
    public Carried Carries => _protocol switch
    {
        Ipv4 or Ipv4OutOfMpls => Carried.Ipv4,
        Ipv6 or Ipv6OutOfMpls => Carried.Ipv6,
        Mpls or Ipv4IntoMpls or Ipv6IntoMpls => Carried.Mpls,
        _ => Carried.Other,
    };

    public static bool TryParse(ReadOnlySpan<byte> octets, out JuniperHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var hasExtensions = octets.Length > FlagsAt && (octets[FlagsAt] & ExtensionsFlag) != 0;
        var length = FixedLength + (hasExtensions ? sizeof(ushort) : 0);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        if (!octets.StartsWith("MGC"u8))
        {
            error = DecodeError.Version(Layer.Link, 'M', octets[0]);
            return false;
        }

        var hasLinkHeader = (octets[FlagsAt] & NoLinkHeaderFlag) == 0;
        length += (hasExtensions ? BinaryPrimitives.ReadUInt16BigEndian(octets[FixedLength..]) : 0)
            + (hasLinkHeader ? 0 : ProtocolLength);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        var protocol = hasLinkHeader ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(octets[(length - ProtocolLength)..]);
        header = new JuniperHeader(length, hasLinkHeader, protocol);
        return true;
    }
}
