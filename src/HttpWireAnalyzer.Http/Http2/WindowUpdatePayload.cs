using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of WINDOW_UPDATE (RFC 9113 §6.9): a reserved bit and an increment, 31 bits, not 0.</summary>
internal readonly ref struct WindowUpdatePayload
{
    private const int Octets = 4;

    private readonly ReadOnlySpan<byte> _octets;

    private WindowUpdatePayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Increment => BinaryPrimitives.ReadInt32BigEndian(_octets) & int.MaxValue;

    public static bool TryParse(ReadOnlySpan<byte> payload, out WindowUpdatePayload update)
    {
        update = new WindowUpdatePayload(payload);
        return payload.Length == Octets && update.Increment > 0;
    }
}
