using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The PPPoE session header; PPP follows (RFC 2516 §4).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------+-------+---------------+-------------------------------+
/// |  VER  | TYPE  |      CODE     |          SESSION_ID           |
/// +-------+-------+---------------+-------------------------------+
/// |            LENGTH             |            payload
/// +-------------------------------+-------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct PppoeHeader
{
    public const int Length = 6;

    private const int CodeAt = 1;
    private const int SessionAt = 2;

    private readonly ReadOnlySpan<byte> _octets;

    private PppoeHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>Code 0 is session data; all others are discovery (RFC 2516 §5).</summary>
    public bool IsSession => _octets[CodeAt] == 0;

    public ushort Session => BinaryPrimitives.ReadUInt16BigEndian(_octets[SessionAt..]);

    public static bool TryParse(ReadOnlySpan<byte> octets, out PppoeHeader header, out DecodeError error)
    {
        header = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Ppp, Length, octets.Length);
            return false;
        }

        header = new PppoeHeader(octets);
        error = default;
        return true;
    }
}
