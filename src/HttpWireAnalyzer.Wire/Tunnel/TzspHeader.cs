using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The header of the TaZmen Sniffer Protocol, in which routers (MikroTik's) and access points send what they see.</summary>
/// <remarks>
/// <code>
/// +-------------+----------+----------------------+------------------------------+
/// | Version (1) | Type (1) | Encapsulates (2)     | Tags: type, length, value ...|
/// +-------------+----------+----------------------+------------------------------+
///                                                  types 0 (padding) and 1 (the end) alone have one octet
/// </code>
/// </remarks>
internal readonly ref struct TzspHeader
{
    private const int FixedLength = 4;
    private const int TypeAt = 1;
    private const int EncapsulatesAt = 2;
    private const byte Version1 = 1;
    private const byte ForTransmission = 1;
    private const byte PaddingTag = 0;
    private const byte EndTag = 1;
    private const ushort Ethernet = 1;
    private const ushort Wireless = 18;

    private readonly ushort _encapsulates;

    private TzspHeader(int length, ushort encapsulates)
    {
        Length = length;
        _encapsulates = encapsulates;
    }

    public int Length { get; }

    public Carried Carries => _encapsulates switch
    {
        Ethernet => Carried.Ethernet,
        Wireless => Carried.Ieee80211,
        _ => Carried.Other,
    };

    public static bool TryParse(ReadOnlySpan<byte> octets, out TzspHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        if (octets.Length < FixedLength)
        {
            error = DecodeError.Truncated(Layer.Tunnel, FixedLength, octets.Length);
            return false;
        }

        // Received (0) and for transmission (1) have a frame; the rest is configuration and keep-alive.
        if (octets[0] != Version1 || octets[TypeAt] > ForTransmission)
        {
            error = DecodeError.Version(Layer.Tunnel, Version1, octets[0]);
            return false;
        }

        var at = FixedLength;
        while (at < octets.Length && octets[at] != EndTag)
        {
            at += octets[at] == PaddingTag ? 1 : at + 1 < octets.Length ? 2 + octets[at + 1] : 2;
        }

        if (at >= octets.Length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, at + 1, octets.Length);
            return false;
        }

        header = new TzspHeader(at + 1, BinaryPrimitives.ReadUInt16BigEndian(octets[EncapsulatesAt..]));
        return true;
    }
}
