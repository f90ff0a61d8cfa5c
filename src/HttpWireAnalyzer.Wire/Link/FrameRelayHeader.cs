using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>A frame relay header with RFC 2427 or Cisco encapsulation (LINKTYPE_FRELAY).</summary>
/// <remarks>
/// <code>
/// +---------------------------+--------------+---------+-------+----------------
/// | Q.922 address (2, 3 or 4) | Control 0x03 | [Pad 0] | NLPID | [SNAP 5]         RFC 2427 §3
/// +---------------------------+--------------+---------+-------+----------------
/// | Q.922 address (2, 3 or 4) | EtherType (2) |                                   Cisco
/// +---------------------------+--------------+
/// </code>
/// </remarks>
internal readonly ref struct FrameRelayHeader
{
    private const int LongestAddress = 4;
    private const byte LastAddressBit = 1;
    private const byte UnnumberedInformation = 0x03;
    private const byte Pad = 0;
    private const byte Ipv4 = 0xCC;
    private const byte Ipv6 = 0x8E;
    private const byte Snap = 0x80;
    private const int SnapLength = 5;
    private const int SnapTypeAt = 3;

    private FrameRelayHeader(int length, Carried carries)
    {
        Length = length;
        Carries = carries;
    }

    public int Length { get; }

    public Carried Carries { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out FrameRelayHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var at = 2;
        while (at < LongestAddress && at <= octets.Length && (octets[at - 1] & LastAddressBit) == 0)
        {
            at++;
        }

        var isCisco = octets.Length > at && octets[at] != UnnumberedInformation;
        var identifierAt = octets.Length > at + 1 && octets[at + 1] == Pad ? at + 2 : at + 1;
        var isSnap = !isCisco && octets.Length > identifierAt && octets[identifierAt] == Snap;
        var length = isCisco ? at + sizeof(ushort) : identifierAt + 1 + (isSnap ? SnapLength : 0);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Link, length, octets.Length);
            return false;
        }

        var typeAt = isSnap ? identifierAt + 1 + SnapTypeAt : at;
        var carries = isCisco || isSnap
            ? EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(octets[typeAt..]))
            : CarriesIdentifier(octets[identifierAt]);
        header = new FrameRelayHeader(length, carries);
        return true;
    }

    private static Carried CarriesIdentifier(byte identifier) => identifier switch
    {
        Ipv4 => Carried.Ipv4,
        Ipv6 => Carried.Ipv6,
        _ => Carried.Other,
    };
}
