using System.Buffers.Binary;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>What may stand before the IPv6 packet in a Teredo datagram (RFC 4380 §5.1.1).</summary>
/// <remarks>
/// <code>
/// +--------+--------+--------+--------+----------------------------------+
/// |  0x00  |  0x01  | ID-len | AU-len | id, value, nonce (8), confirm (1)|  authentication
/// +--------+--------+--------+--------+----------------------------------+
/// |  0x00  |  0x00  |  Port (2)       |   IPv4 address (4)               |  origin indication
/// +--------+--------+-----------------+----------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct TeredoHeader
{
    private const ushort Origin = 0x0000;
    private const ushort Authentication = 0x0001;
    private const int OriginLength = 8;
    private const int AuthenticationLength = 13;
    private const int IdLengthAt = 2;
    private const int ValueLengthAt = 3;
    private const ulong TeredoPrefix = 0x2001_0000;
    private const ulong LinkLocalPrefix = 0xFE80_0000;

    private TeredoHeader(int length, bool hasTeredoAddress)
    {
        Length = length;
        HasTeredoAddress = hasTeredoAddress;
    }

    /// <summary>Octets before the IPv6 packet: often none.</summary>
    public int Length { get; }

    /// <summary>One end is in 2001::/32 (RFC 4380 §2.6) or link-local, as every Teredo packet has it.</summary>
    public bool HasTeredoAddress { get; }

    /// <summary>Takes only what holds a whole IPv6 packet, by its length.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, int lengthOnWire, out TeredoHeader header)
    {
        header = default;
        var length = 0;
        if (octets.Length > ValueLengthAt && BinaryPrimitives.ReadUInt16BigEndian(octets) == Authentication)
        {
            length = AuthenticationLength + octets[IdLengthAt] + octets[ValueLengthAt];
        }

        if (octets.Length >= length + OriginLength
            && BinaryPrimitives.ReadUInt16BigEndian(octets[length..]) == Origin)
        {
            length += OriginLength;
        }

        if (octets.Length < length || !Ipv6Header.TryParse(octets[length..], out var ip, out _)
            || ip.PayloadLength + Ipv6Header.Length > lengthOnWire - length)
        {
            return false;
        }

        header = new TeredoHeader(length, IsTeredo(ip.Source) || IsTeredo(ip.Destination));
        return true;
    }

    private static bool IsTeredo(Address address) => (address.High >> 32) is TeredoPrefix or LinkLocalPrefix;
}
