using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>One observation on a message, or on the stream between messages.</summary>
/// <param name="Ordinal">Of the exchange; 0 where it belongs to none.</param>
/// <param name="Offset">Stream offset.</param>
/// <param name="Value">Octets, depth or count, as the kind says; else 0.</param>
public readonly record struct HttpRemark(
    ConnectionId Connection, int Ordinal, Side Sender, HttpAnomalies Kind, long Offset, long Value, PacketRef Packet);

/// <summary>What can be odd about HTTP on the wire. Each leniency of a known parser is a remark of ours.</summary>
[Flags]
public enum HttpAnomalies : ulong
{
    None = 0,

    /// <summary>Transfer-Encoding and Content-Length together (RFC 9112 §6.1, §11.2).</summary>
    LengthAndTransferEncoding = 1ul << 0,

    /// <summary>Content-Length more than once, with the same value (RFC 9110 §8.6).</summary>
    RepeatedContentLength = 1ul << 1,

    /// <summary>Content-Length more than once, with values that differ (RFC 9112 §6.3, rule 5).</summary>
    ConflictingContentLength = 1ul << 2,

    /// <summary>Content-Length that is not 1*DIGIT, or beyond 2^63 - 1.</summary>
    InvalidContentLength = 1ul << 3,

    /// <summary>Transfer-Encoding that does not end in chunked, or names chunked twice.</summary>
    OddTransferEncoding = 1ul << 4,

    /// <summary>White space between field name and colon (RFC 9112 §5.1).</summary>
    SpaceBeforeColon = 1ul << 5,

    /// <summary>A folded field line (RFC 9112 §5.2).</summary>
    ObsoleteFolding = 1ul << 6,

    /// <summary>A line that ends in LF alone (RFC 9112 §2.2).</summary>
    BareLineFeed = 1ul << 7,

    /// <summary>CR that is not followed by LF (RFC 9112 §2.2).</summary>
    BareCarriageReturn = 1ul << 8,

    /// <summary>NUL or another control octet in a field line.</summary>
    ControlOctet = 1ul << 9,

    /// <summary>A field line without a colon, or with a name that is not a token.</summary>
    InvalidFieldLine = 1ul << 10,

    /// <summary>A start line that does not follow the grammar (RFC 9112 §3, §4).</summary>
    InvalidStartLine = 1ul << 11,

    /// <summary>Empty lines before the start line (RFC 9112 §2.2).</summary>
    LeadingEmptyLine = 1ul << 12,

    /// <summary>HTTP/1.1 request without Host, or with more than one (RFC 9112 §3.2).</summary>
    HostMissingOrRepeated = 1ul << 13,

    /// <summary>A head longer than the limit: its fields beyond it are not read. Value: octets.</summary>
    HeadTooLong = 1ul << 14,

    /// <summary>A chunk size that is not 1*HEXDIG, or too large (RFC 9112 §7.1).</summary>
    InvalidChunkSize = 1ul << 15,

    /// <summary>Chunk extensions (RFC 9112 §7.1.1).</summary>
    ChunkExtension = 1ul << 16,

    /// <summary>Chunk data that is not followed by CRLF.</summary>
    ChunkWithoutLineEnd = 1ul << 17,

    /// <summary>A response while no request is outstanding (RFC 9112 §9.2).</summary>
    UnsolicitedResponse = 1ul << 18,

    /// <summary>Octets that are no message where one ought to begin. Value: octets.</summary>
    Cruft = 1ul << 19,

    /// <summary>The reader lost its place after a hole and found it again at a start line. Value: octets passed over.</summary>
    Resynchronised = 1ul << 20,

    /// <summary>Content-Length or body where none may be (RFC 9110 §8.6): 1xx, 204.</summary>
    BodyNotAllowed = 1ul << 21,

    /// <summary>A request after the close option was sent or received (RFC 9112 §9.6).</summary>
    RequestAfterClose = 1ul << 22,

    /// <summary>A method that may not be repeated stands in a pipeline (RFC 9112 §9.3.2).</summary>
    NonIdempotentPipelined = 1ul << 23,

    /// <summary>The final response began before the request ended.</summary>
    EarlyResponse = 1ul << 24,

    /// <summary>1xx to an HTTP/1.0 request (RFC 9110 §15.2).</summary>
    InterimToHttp10 = 1ul << 25,

    /// <summary>Status code outside 100 to 599.</summary>
    OddStatus = 1ul << 26,

    /// <summary>More requests waited for an answer than are kept. Value: the limit.</summary>
    PipelineTooDeep = 1ul << 27,

    /// <summary>A trailer section longer than the limit: not kept.</summary>
    TrailersTooLong = 1ul << 28,

    /// <summary>
    /// HTTP/2: a frame that breaks a rule of its type, or stands where it may not (RFC 9113 §5.1, §6), or ends a message that is
    /// not as long as its content-length says (§8.1.1).
    /// </summary>
    InvalidFrame = 1ul << 29,

    /// <summary>HTTP/2: a field block that cannot be decoded (RFC 7541 §2.3.3, §3.3, §5.2).</summary>
    InvalidFieldBlock = 1ul << 30,

    /// <summary>HTTP/2: fields that refer to table entries which were not captured: marked, not guessed. Value: how many.</summary>
    UnknownFields = 1ul << 31,

    /// <summary>HTTP/2: an HPACK table larger than the other end allows (RFC 7541 §6.3).</summary>
    FieldTableTooLarge = 1ul << 32,

    /// <summary>HTTP/2: a field of HTTP/1 connections, such as Connection or Keep-Alive (RFC 9113 §8.2.2).</summary>
    ConnectionField = 1ul << 33,

    /// <summary>HTTP/2: more streams open at once than are followed. Value: the limit.</summary>
    TooManyStreams = 1ul << 34,

    /// <summary>A response to a client that began with TLS: the server speaks HTTP in clear text there.</summary>
    HttpAnswerToTls = 1ul << 35,

    /// <summary>A record of TLS as the answer to a request in clear text.</summary>
    TlsAnswerToHttp = 1ul << 36,

    /// <summary>A header of the PROXY protocol before the first message, which is nothing wrong. Value: octets.</summary>
    ProxyHeader = 1ul << 37,

    /// <summary>Transfer-Encoding in an HTTP/1.0 message, or in the response to an HTTP/1.0 request (RFC 9112 §6.1).</summary>
    TransferEncodingInHttp10 = 1ul << 38,

    /// <summary>A frame of HTTP/2 as the first that a server says to a request of HTTP/1: it speaks nothing else there (RFC 9113 §3.4).</summary>
    Http2AnswerToHttp1 = 1ul << 39,
}
