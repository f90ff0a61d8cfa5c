using System.Buffers.Binary;
using HttpWireAnalyzer.Wire.Link;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The GRE header (RFC 2784 §2, RFC 2890 §2), and that of PPTP (RFC 2637 §4.1), which is version 1.</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+---------+-+---------+-----+---------------------------+
/// |C|R|K|S|         |A|         | Ver |         Protocol Type     |
/// +-+-+-+-+---------+-+---------+-----+---------------------------+
/// |      Checksum (C or R)        |       Offset (C or R)         |
/// +-------------------------------+-------------------------------+
/// |                         Key (K)                               |
/// +---------------------------------------------------------------+
/// |                 Sequence Number (S)                           |
/// +---------------------------------------------------------------+
/// |     Routing (R), or Acknowledgment Number (A, version 1)      |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct GreHeader
{
    private const int FixedLength = 4;
    private const int ProtocolAt = 2;
    private const int OptionLength = 4;
    private const int RoutingLengthAt = 3;
    private const ushort ChecksumBit = 0x8000;
    private const ushort RoutingBit = 0x4000;
    private const ushort KeyBit = 0x2000;
    private const ushort SequenceBit = 0x1000;
    private const ushort AcknowledgmentBit = 0x0080;
    private const ushort VersionMask = 0x0007;
    private const ushort PointToPointVersion = 1;
    private const ushort Erspan2 = 0x88BE;
    private const ushort Erspan3 = 0x22EB;
    private const ushort CacheRedirect = 0x883E;

    /// <summary>Aruba's access points number their sessions in the type: 0x8200, 0x8210 and so on.</summary>
    private const ushort FirstWireless = 0x8200;
    private const ushort LastWireless = 0x8370;
    private const ushort WirelessStep = 0x000F;

    private readonly ushort _flags;
    private readonly ushort _protocol;

    private GreHeader(ushort flags, ushort protocol, uint key, int length)
    {
        _flags = flags;
        _protocol = protocol;
        Key = key;
        Length = length;
    }

    public int Length { get; }

    /// <summary>0 without one. In version 1: payload length and call id (RFC 2637 §4.1).</summary>
    public uint Key { get; }

    public bool IsErspan => _protocol is Erspan2 or Erspan3;

    /// <summary>ERSPAN type I has no header of its own, which shows in GRE's sequence number missing.</summary>
    public bool HasSequence => (_flags & SequenceBit) != 0;

    /// <summary>WCCP: four octets may stand before the packet (draft-mclaggan-wccp-v2rev1 §4.12).</summary>
    public bool IsCacheRedirect => _protocol == CacheRedirect;

    public Carried Carries => (_flags & VersionMask) switch
    {
        PointToPointVersion when !HasSequence => Carried.Other, // RFC 2637 §4.1: only an acknowledgment
        0 when IsWireless => Carried.Ieee80211,
        0 or PointToPointVersion => EtherType.Carries(_protocol),
        _ => Carried.Other,
    };

    private bool IsWireless => _protocol is >= FirstWireless and <= LastWireless && (_protocol & WirelessStep) == 0;

    public static bool TryParse(ReadOnlySpan<byte> octets, out GreHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        if (octets.Length < FixedLength)
        {
            error = DecodeError.Truncated(Layer.Tunnel, FixedLength, octets.Length);
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(octets);
        var isPointToPoint = (flags & VersionMask) == PointToPointVersion;
        var keyAt = FixedLength + ((flags & (ChecksumBit | RoutingBit)) != 0 ? OptionLength : 0);
        var length = keyAt
            + ((flags & KeyBit) != 0 ? OptionLength : 0)
            + ((flags & SequenceBit) != 0 ? OptionLength : 0)
            + (isPointToPoint && (flags & AcknowledgmentBit) != 0 ? OptionLength : 0);
        if (octets.Length < length
            || ((flags & RoutingBit) != 0 && !TrySkipRouting(octets, ref length)))
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        var key = (flags & KeyBit) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(octets[keyAt..]) : 0;
        header = new GreHeader(flags, BinaryPrimitives.ReadUInt16BigEndian(octets[ProtocolAt..]), key, length);
        return true;
    }

    /// <summary>RFC 1701: source route entries, up to one of family and length 0.</summary>
    private static bool TrySkipRouting(ReadOnlySpan<byte> octets, ref int length)
    {
        while (octets.Length >= length + OptionLength)
        {
            var entry = octets[length..];
            length += OptionLength + entry[RoutingLengthAt];
            if (BinaryPrimitives.ReadUInt32BigEndian(entry) == 0)
            {
                return true;
            }
        }

        length = Math.Max(length, octets.Length) + OptionLength;
        return false;
    }
}
