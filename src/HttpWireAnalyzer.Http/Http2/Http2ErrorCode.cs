namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The error codes of RST_STREAM and GOAWAY (RFC 9113 §7), and that there was none of these frames.</summary>
public enum Http2ErrorCode : byte
{
    /// <summary>No such frame.</summary>
    None,
    NoError,
    ProtocolError,
    InternalError,
    FlowControlError,
    SettingsTimeout,
    StreamClosed,
    FrameSizeError,
    RefusedStream,
    Cancel,
    CompressionError,
    ConnectError,
    EnhanceYourCalm,
    InadequateSecurity,
    Http11Required,

    /// <summary>A code that the RFC does not name.</summary>
    Other,
}

/// <summary>Error codes as they are sent.</summary>
internal static class Http2ErrorCodes
{
    /// <summary>NO_ERROR is sent as 0, and stands here behind None.</summary>
    public static Http2ErrorCode Read(uint code) =>
        code < (uint)Http2ErrorCode.Other - 1 ? (Http2ErrorCode)(code + 1) : Http2ErrorCode.Other;
}
