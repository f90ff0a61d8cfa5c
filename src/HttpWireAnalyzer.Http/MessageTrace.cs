using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>Where one message stands: in its stream and in the capture. All zero where the message was not seen.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct MessageTrace
{
    /// <summary>Stream offset of the first octet of the start line; of HTTP/2, of the frame that begins the message.</summary>
    public long HeadOffset;

    /// <summary>Stream offset of the first octet after the head.</summary>
    public long BodyOffset;

    /// <summary>Stream offset of the first octet after the message.</summary>
    public long EndOffset;

    /// <summary>The packet that made the first octet contiguous.</summary>
    public PacketRef Start;

    /// <summary>The packet that made the last octet of the head contiguous.</summary>
    public PacketRef HeadEnd;

    /// <summary>The packet that made the last octet contiguous.</summary>
    public PacketRef End;

    /// <summary>The rule of RFC 9112 §6.3 that gave the body's length.</summary>
    public BodyRule Rule;

    /// <summary>Body octets as sent: chunk framing and trailers not counted, content coding not removed.</summary>
    public long BodyOctets;

    /// <summary>What Content-Length promised; -1 where the rule is another.</summary>
    public long ExpectedBodyOctets;

    /// <summary>Body octets that were not captured.</summary>
    public long MissingOctets;

    /// <summary>Chunks with data; 0 without chunked coding.</summary>
    public int Chunks;

    /// <summary>
    /// CRC-32C of a request's first 64 KiB of body octets, as <see cref="BodyOctets"/> counts them; 0 without a body,
    /// where one of these octets is missing, and for responses, whose bodies are not touched. It tells whether a
    /// request is an earlier one sent again.
    /// </summary>
    public uint BodyDigest;

    /// <summary>HTTP/2: the code with which this message's sender reset the stream (RST_STREAM); None where it did not.</summary>
    public Http2ErrorCode Reset;

    /// <summary>Trailer section as sent (RFC 9112 §7.1.2), without its last empty line; null without one.</summary>
    public string? Trailers;

    /// <summary>Seen to its end.</summary>
    public bool Complete;
}

/// <summary>How the length of a body is known: RFC 9112 §6.3, its rules in their order.</summary>
public enum BodyRule : byte
{
    /// <summary>The message, or the part of its head that would tell, was not seen.</summary>
    None,

    /// <summary>Rule 1: a response to HEAD, or with status 1xx, 204 or 304, has no body.</summary>
    NoBodyByStatusOrHead = 1,

    /// <summary>Rule 2: a 2xx to CONNECT is followed by a tunnel.</summary>
    Tunnel = 2,

    /// <summary>Rule 3: Transfer-Encoding beats Content-Length, and its last coding is chunked.</summary>
    ChunkedOverLength = 3,

    /// <summary>Rule 4: Transfer-Encoding, its last coding chunked.</summary>
    Chunked = 4,

    /// <summary>Rule 4: Transfer-Encoding without chunked at its end, in a response: until close.</summary>
    TransferEncodingUntilClose = 5,

    /// <summary>Rule 4: the same in a request: the length cannot be known.</summary>
    TransferEncodingUnknowable = 6,

    /// <summary>Rule 5: Content-Length is invalid: the framing cannot be recovered.</summary>
    InvalidContentLength = 7,

    /// <summary>Rule 6: Content-Length.</summary>
    ContentLength = 8,

    /// <summary>Rule 7: a request without either has no body.</summary>
    NoBodyInRequest = 9,

    /// <summary>Rule 8: a response without either goes on until close.</summary>
    UntilClose = 10,

    /// <summary>The connection left HTTP: 101 (RFC 9110 §7.8).</summary>
    Upgraded = 11,

    /// <summary>HTTP/0.9: a response of nothing but octets, until close (RFC 1945 §3.1).</summary>
    SimpleResponse = 12,

    /// <summary>HTTP/2: DATA frames, until one says END_STREAM (RFC 9113 §8.1).</summary>
    Frames = 13,
}
