using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>Something that an end must not do, with the packet in which it did it first.</summary>
/// <param name="Sender">As the connection's ends are finally known.</param>
/// <param name="Count">How often it did.</param>
public readonly record struct WebSocketViolation(WebSocketRule Rule, Side Sender, PacketRef First, long Count);

/// <summary>The rules that are watched.</summary>
public enum WebSocketRule : byte
{
    /// <summary>The request has no Sec-WebSocket-Key of sixteen octets in base64 (RFC 6455 §4.1, item 7).</summary>
    KeyInvalid,

    /// <summary>Sec-WebSocket-Version is not 13 (RFC 6455 §4.1, item 9).</summary>
    VersionNot13,

    /// <summary>Sec-WebSocket-Accept is not what follows from the key, or missing (RFC 6455 §4.2.2, item 5.4).</summary>
    AcceptWrong,

    /// <summary>The server chose a subprotocol that the client had not offered (RFC 6455 §4.1).</summary>
    SubprotocolNotOffered,

    /// <summary>The server agreed to an extension that the client had not offered (RFC 6455 §4.1).</summary>
    ExtensionNotOffered,

    /// <summary>A client's frame that is not masked (RFC 6455 §5.1).</summary>
    ClientFrameNotMasked,

    /// <summary>A server's frame that is masked (RFC 6455 §5.1).</summary>
    ServerFrameMasked,

    /// <summary>A reserved bit that no agreed extension gives a meaning to (RFC 6455 §5.2, RFC 7692 §6).</summary>
    ReservedBitSet,

    /// <summary>An opcode that is reserved (RFC 6455 §5.2).</summary>
    ReservedOpcode,

    /// <summary>A length in more octets than needed (RFC 6455 §5.2).</summary>
    LengthNotMinimal,

    /// <summary>A length beyond 63 bits (RFC 6455 §5.2): the stream is not read any further.</summary>
    LengthTooLarge,

    /// <summary>A control frame in fragments (RFC 6455 §5.5).</summary>
    ControlFragmented,

    /// <summary>A control frame with more than 125 octets (RFC 6455 §5.5).</summary>
    ControlTooLong,

    /// <summary>A continuation, and no message to continue (RFC 6455 §5.4).</summary>
    NothingToContinue,

    /// <summary>A new message before the end of the one under way (RFC 6455 §5.4).</summary>
    MessageInterrupted,

    /// <summary>A Close frame with one octet: neither no code nor a whole one (RFC 6455 §5.5.1).</summary>
    CloseCodeCut,

    /// <summary>A close code that must not be sent, or is not defined (RFC 6455 §7.4).</summary>
    CloseCodeInvalid,

    /// <summary>A frame after the Close frame of the same end (RFC 6455 §5.5.1).</summary>
    FrameAfterClose,
}
