using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of HEADERS (RFC 9113 §6.2), PUSH_PROMISE (§6.6) and CONTINUATION (§6.10): a fragment of a field block.</summary>
/// <remarks>
/// <code>
/// +---------------+
/// |[Pad Length (8)]                                  HEADERS and PUSH_PROMISE, with the flag PADDED
/// +-+-------------+-----------------------------------------------+
/// |[E]                 [Stream Dependency (31)]                   |    HEADERS, with the flag PRIORITY
/// +-+-------------+-----------------------------------------------+
/// |[Weight (8)]   |
/// +-+-------------+-----------------------------------------------+
/// |[R]                 [Promised Stream ID (31)]                  |    PUSH_PROMISE
/// +-+-------------------------------------------------------------+
/// |                  Field Block Fragment (*)                     |
/// +---------------------------------------------------------------+
/// |                         [Padding (*)]                         |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct FieldBlockPayload
{
    private const int PriorityOctets = 5;
    private const int PromiseOctets = 4;

    private FieldBlockPayload(ReadOnlySpan<byte> fragment, int promised)
    {
        Fragment = fragment;
        PromisedStream = promised;
    }

    public ReadOnlySpan<byte> Fragment { get; }

    /// <summary>0 but in PUSH_PROMISE.</summary>
    public int PromisedStream { get; }

    /// <summary>False where the padding, or what stands before the fragment, is longer than the payload.</summary>
    public static bool TryParse(
        Http2FrameType type, Http2FrameFlags flags, ReadOnlySpan<byte> payload, out FieldBlockPayload block)
    {
        block = default;
        if (type == Http2FrameType.Continuation)
        {
            block = new FieldBlockPayload(payload, 0);
            return true;
        }

        var padding = 0;
        if ((flags & Http2FrameFlags.Padded) != 0)
        {
            if (payload.IsEmpty)
            {
                return false;
            }

            padding = payload[0];
            payload = payload[1..];
        }

        var isPromise = type == Http2FrameType.PushPromise;
        var before = isPromise ? PromiseOctets : (flags & Http2FrameFlags.Priority) != 0 ? PriorityOctets : 0;
        if (before + padding > payload.Length)
        {
            return false;
        }

        var promised = isPromise ? BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue : 0;
        block = new FieldBlockPayload(payload[before..^padding], promised);
        return true;
    }
}
