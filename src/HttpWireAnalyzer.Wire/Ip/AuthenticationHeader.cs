using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The IPsec authentication header (RFC 4302 §2); the payload behind it is in the clear.</summary>
/// <remarks>
/// <code>
/// +---------------+---------------+-------------------------------+
/// |  Next Header  |  Payload Len  |           RESERVED            |
/// +---------------+---------------+-------------------------------+
/// |                 Security Parameters Index (SPI)               |
/// +---------------------------------------------------------------+
/// |              Sequence Number, integrity check value           |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct AuthenticationHeader
{
    private const int LengthAt = 1;
    private const int ParametersIndexAt = 4;
    private const int LeastForLength = 8;

    private readonly ReadOnlySpan<byte> _octets;

    private AuthenticationHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public byte NextHeader => _octets[0];

    public int Length => _octets.Length;

    public uint ParametersIndex => BinaryPrimitives.ReadUInt32BigEndian(_octets[ParametersIndexAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out AuthenticationHeader header, out DecodeError error)
    {
        header = default;

        // RFC 4302 §2.2: the length is in 32-bit words minus two. Length 0 leaves no room for the sequence number;
        // such headers exist and are taken at their word.
        var length = octets.Length > LengthAt ? (octets[LengthAt] + 2) * 4 : LeastForLength;
        if (octets.Length < length)
        {
            error = DecodeError.Truncated(Layer.Ipv6Extension, length, octets.Length);
            return false;
        }

        header = new AuthenticationHeader(octets[..length]);
        error = default;
        return true;
    }
}
