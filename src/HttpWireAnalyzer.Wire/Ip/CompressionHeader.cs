using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The header of a compressed IP payload (RFC 3173 §3.1).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Next Header  |     Flags     |  Compression Parameter Index  |
/// +---------------+---------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct CompressionHeader
{
    public const int Length = 4;

    private const int IndexAt = 2;
    private const ushort Deflate = 2;
    private const ushort LeastNegotiated = 256;

    private readonly ReadOnlySpan<byte> _octets;

    private CompressionHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    public byte NextHeader => _octets[0];

    /// <summary>DEFLATE by its well-known index, or an index whose algorithm the ends agreed on out of sight.</summary>
    public bool MayBeDeflate =>
        BinaryPrimitives.ReadUInt16BigEndian(_octets[IndexAt..]) is Deflate or >= LeastNegotiated;

    public static bool TryParse(ReadOnlySpan<byte> octets, out CompressionHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Ipv6Extension, Length, octets.Length);
            return false;
        }

        header = new CompressionHeader(octets[..Length]);
        error = default;
        return true;
    }
}
