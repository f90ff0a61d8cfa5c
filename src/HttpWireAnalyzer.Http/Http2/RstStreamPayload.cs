using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of RST_STREAM (RFC 9113 §6.4): an error code, 32 bits.</summary>
internal readonly ref struct RstStreamPayload
{
    private const int Octets = 4;

    private readonly ReadOnlySpan<byte> _octets;

    private RstStreamPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public uint Code => BinaryPrimitives.ReadUInt32BigEndian(_octets);

    public static bool TryParse(ReadOnlySpan<byte> payload, out RstStreamPayload reset)
    {
        reset = new RstStreamPayload(payload);
        return payload.Length == Octets;
    }
}
