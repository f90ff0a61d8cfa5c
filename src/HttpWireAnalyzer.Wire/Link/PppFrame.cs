using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>A PPP frame, with or without the HDLC-like head and with either length of protocol (RFC 1661 §2).</summary>
/// <remarks>
/// <code>
/// +----------+----------+----------------+-------------+
/// | Address  | Control  |    Protocol    | Information |
/// |   0xFF   |   0x03   | 8 or 16 bits   |             |
/// +----------+----------+----------------+-------------+
///  RFC 1662 §3.1; may be left out (RFC 1661 §6.6)
/// </code>
/// </remarks>
internal readonly ref struct PppFrame
{
    private const byte AllStations = 0xFF;
    private const byte UnnumberedInformation = 0x03;
    private const ushort Ipv4 = 0x0021;
    private const ushort Ipv6 = 0x0057;
    private const ushort MplsUnicast = 0x0281;
    private const ushort MplsMulticast = 0x0283;

    private readonly ushort _protocol;

    private PppFrame(ushort protocol, int headerLength)
    {
        _protocol = protocol;
        HeaderLength = headerLength;
    }

    public int HeaderLength { get; }

    public Carried Carries => _protocol switch
    {
        Ipv4 => Carried.Ipv4,
        Ipv6 => Carried.Ipv6,
        MplsUnicast or MplsMulticast => Carried.Mpls,
        _ => Carried.Other,
    };

    public static bool TryParse(ReadOnlySpan<byte> octets, out PppFrame frame, out DecodeError error)
    {
        frame = default;
        var at = octets.Length > 1 && octets[0] == AllStations && octets[1] == UnnumberedInformation ? 2 : 0;

        // RFC 1661 §2: the last octet of a protocol number is odd and no other is; so an odd first octet is all of it
        // (protocol field compression, §6.5).
        var length = octets.Length > at && (octets[at] & 1) != 0 ? 1 : sizeof(ushort);
        if (octets.Length < at + length)
        {
            error = DecodeError.Truncated(Layer.Ppp, at + length, octets.Length);
            return false;
        }

        var protocol = length == 1 ? octets[at] : BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);
        frame = new PppFrame(protocol, at + length);
        error = default;
        return true;
    }
}
