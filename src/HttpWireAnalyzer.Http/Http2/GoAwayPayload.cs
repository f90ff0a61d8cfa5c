using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of GOAWAY (RFC 9113 §6.8).</summary>
/// <remarks>
/// <code>
/// +-+-------------------------------------------------------------+
/// |R|                    Last-Stream-ID (31)                      |
/// +-+-------------------------------------------------------------+
/// |                        Error Code (32)                        |
/// +---------------------------------------------------------------+
/// |                  Additional Debug Data (*)                    |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct GoAwayPayload
{
    public const int FixedOctets = 8;

    private readonly ReadOnlySpan<byte> _octets;

    private GoAwayPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int LastStream => BinaryPrimitives.ReadInt32BigEndian(_octets) & int.MaxValue;

    public uint Code => BinaryPrimitives.ReadUInt32BigEndian(_octets[4..]);

    /// <summary>For people alone: many servers say there why they close.</summary>
    public ReadOnlySpan<byte> DebugData => _octets[FixedOctets..];

    public static bool TryParse(ReadOnlySpan<byte> payload, out GoAwayPayload goAway)
    {
        goAway = new GoAwayPayload(payload);
        return payload.Length >= FixedOctets;
    }
}
