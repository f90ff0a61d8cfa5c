using System.Diagnostics.CodeAnalysis;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Frame types (RFC 9113 §6). Others are to be ignored (§4.1).</summary>
public enum Http2FrameType : byte
{
    Data = 0x0,
    Headers = 0x1,

    /// <summary>Deprecated (RFC 9113 §5.3.2), and still sent.</summary>
    Priority = 0x2,
    RstStream = 0x3,
    Settings = 0x4,
    PushPromise = 0x5,
    Ping = 0x6,
    GoAway = 0x7,
    WindowUpdate = 0x8,
    Continuation = 0x9,
}

/// <summary>Flags; which of them a frame can have depends on its type.</summary>
[Flags]
[SuppressMessage("Design", "CA1069:Enums values should not be duplicated", Justification = "END_STREAM and ACK are one bit, of different types.")]
internal enum Http2FrameFlags : byte
{
    None = 0,

    /// <summary>DATA and HEADERS: the sender's last frame of the message.</summary>
    EndStream = 0x1,

    /// <summary>SETTINGS and PING.</summary>
    Ack = 0x1,

    /// <summary>HEADERS, PUSH_PROMISE and CONTINUATION: no CONTINUATION follows.</summary>
    EndHeaders = 0x4,

    /// <summary>DATA, HEADERS and PUSH_PROMISE.</summary>
    Padded = 0x8,

    /// <summary>HEADERS.</summary>
    Priority = 0x20,
}
