using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>A message of Linux's netfilter log (LINKTYPE_NFLOG): attributes, one of them the packet.</summary>
/// <remarks>
/// <code>
/// +------------+-------------+-----------------+
/// | Family (1) | Version (1) | Resource id (2) |
/// +------------+-------------+-----------------+
/// |  TLV length (2), type (2), value, padding to 4 ...  (byte order of the writer)
/// +--------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct NflogMessage
{
    private const int HeadLength = 4;
    private const int AttributeHeadLength = 4;
    private const int TypeAt = 2;

    /// <summary>The two upper bits are netlink flags.</summary>
    private const int TypeMask = 0x3FFF;

    private const int PayloadType = 9;

    private NflogMessage(int payloadAt, int payloadLength)
    {
        PayloadAt = payloadAt;
        PayloadLength = payloadLength;
    }

    /// <summary>0 when no packet was logged with the message.</summary>
    public int PayloadAt { get; }

    /// <summary>By the attribute; the capture may hold less.</summary>
    public int PayloadLength { get; }

    public static bool TryParse(ReadOnlySpan<byte> octets, out NflogMessage message, out DecodeError error)
    {
        message = default;
        error = default;
        var at = HeadLength;
        while (at + AttributeHeadLength <= octets.Length)
        {
            var attribute = octets[at..];
            var length = (int)BinaryPrimitives.ReadUInt16LittleEndian(attribute);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(attribute[TypeAt..]) & TypeMask;
            if ((type & 0xFF) == 0 && type != 0)
            {
                // The types are below 256, so this writer was big-endian.
                length = BinaryPrimitives.ReadUInt16BigEndian(attribute);
                type = BinaryPrimitives.ReadUInt16BigEndian(attribute[TypeAt..]) & TypeMask;
            }

            if (length < AttributeHeadLength)
            {
                error = DecodeError.TooSmall(Layer.Link, AttributeHeadLength, length) with { Offset = at };
                return false;
            }

            if (type == PayloadType)
            {
                message = new NflogMessage(at + AttributeHeadLength, length - AttributeHeadLength);
                return true;
            }

            at += (length + 3) & ~3;
        }

        if (octets.Length < HeadLength || at > octets.Length)
        {
            error = DecodeError.Truncated(Layer.Link, Math.Max(at, HeadLength), octets.Length);
            return false;
        }

        return true;
    }
}
