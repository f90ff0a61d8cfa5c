using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The GTP-U header of a message that carries a packet, with its extensions (3GPP TS 29.281 §5).</summary>
/// <remarks>
/// <code>
///   8   7   6   5   4   3   2   1
/// +-----------+---+---+---+---+---+---------------+-------------------------------+
/// |  Version  |PT | * | E | S | PN| Message Type  |            Length             |
/// +-----------+---+---+---+---+---+---------------+-------------------------------+
/// |                      Tunnel Endpoint Identifier (TEID)                        |
/// +-------------------------------+---------------+-------------------------------+
/// |   Sequence Number             | N-PDU Number  |  Next Extension Header Type   |  if E, S or PN
/// +-------------------------------+---------------+-------------------------------+
/// | Length in 4 octets |  contents ...            |  Next Extension Header Type   |  while the type is not 0
/// +--------------------+--------------------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct GtpUHeader
{
    private const int FixedLength = 8;
    private const int OptionalLength = 4;
    private const int TypeAt = 1;
    private const int LengthAt = 2;
    private const int TunnelAt = 4;
    private const int NextExtensionAt = 11;
    private const byte VersionMask = 0xF0;
    private const byte Version1UserPlane = 0x30;
    private const byte OptionalFlags = 0x07;
    private const byte ExtensionFlag = 0x04;
    private const byte PacketMessage = 0xFF;

    private GtpUHeader(int length, int messageLength, uint tunnel)
    {
        Length = length;
        MessageLength = messageLength;
        Tunnel = tunnel;
    }

    /// <summary>Octets before the packet.</summary>
    public int Length { get; }

    /// <summary>Octets of header and packet together, by the length field.</summary>
    public int MessageLength { get; }

    public uint Tunnel { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out GtpUHeader header, out DecodeError error)
    {
        header = default;
        error = default;
        var length = FixedLength + (!octets.IsEmpty && (octets[0] & OptionalFlags) != 0 ? OptionalLength : 0);
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Tunnel, length, octets.Length);
            return false;
        }

        if ((octets[0] & VersionMask) != Version1UserPlane || octets[TypeAt] != PacketMessage)
        {
            error = DecodeError.Version(Layer.Tunnel, Version1UserPlane, octets[0] & VersionMask);
            return false;
        }

        if ((octets[0] & ExtensionFlag) != 0)
        {
            var next = octets[NextExtensionAt];
            while (next != 0)
            {
                // §5.2.1: the length is in units of four octets, and 0 is no length.
                var extension = octets.Length > length ? octets[length] * 4 : 0;
                if (extension == 0 || octets.Length < length + extension)
                {
                    error = DecodeError.Truncated(Layer.Tunnel, length + Math.Max(extension, 4), octets.Length);
                    return false;
                }

                length += extension;
                next = octets[length - 1];
            }
        }

        header = new GtpUHeader(
            length,
            FixedLength + BinaryPrimitives.ReadUInt16BigEndian(octets[LengthAt..]),
            BinaryPrimitives.ReadUInt32BigEndian(octets[TunnelAt..]));
        return true;
    }
}
