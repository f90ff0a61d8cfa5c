using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of PING (RFC 9113 §6.7): eight octets, which the acknowledgment repeats.</summary>
internal readonly ref struct PingPayload
{
    public const int Octets = 8;

    private readonly ReadOnlySpan<byte> _octets;

    private PingPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public ulong Opaque => BinaryPrimitives.ReadUInt64BigEndian(_octets);

    public static bool TryParse(ReadOnlySpan<byte> payload, out PingPayload ping)
    {
        ping = new PingPayload(payload);
        return payload.Length == Octets;
    }
}
