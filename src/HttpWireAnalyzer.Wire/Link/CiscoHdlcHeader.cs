using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>Cisco HDLC (LINKTYPE_C_HDLC; RFC 1547 §4.3.1).</summary>
/// <remarks>
/// <code>
/// +---------------+---------------+-------------------------------+
/// |  Address (1)  |  Control (1)  |       Protocol type (2)       |
/// +---------------+---------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct CiscoHdlcHeader
{
    public const int Length = 4;

    private const int TypeAt = 2;
    private const byte Unicast = 0x0F;
    private const byte Broadcast = 0x8F;

    private readonly ReadOnlySpan<byte> _octets;

    private CiscoHdlcHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public Carried Carries => EtherType.Carries(BinaryPrimitives.ReadUInt16BigEndian(_octets[TypeAt..]));

    public static bool TryParse(ReadOnlySpan<byte> octets, out CiscoHdlcHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        header = new CiscoHdlcHeader(octets);
        error = default;
        return true;
    }

    /// <summary>PPP link types carry Cisco HDLC too; the address octet tells (tcpdump.org/linktypes.html).</summary>
    public static bool LooksValid(ReadOnlySpan<byte> octets) =>
        octets.Length >= Length && octets[0] is Unicast or Broadcast && octets[1] == 0;
}
