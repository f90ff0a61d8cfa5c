using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>The failed exchange that a request repeats.</summary>
/// <param name="Connection">Number of the connection that carried it.</param>
/// <param name="Ordinal">Its place there.</param>
/// <param name="Delay">From its failure to the first octet of the repeated request, nanoseconds.</param>
/// <param name="FailedAt">The packet that settled that it had failed.</param>
/// <param name="IsUnsafe">
/// The method is not idempotent, and the request was not refused: what it asked for may be done twice (RFC 9110 §9.2.2).
/// </param>
public sealed record RetriedExchange(
    int Connection, int Ordinal, ExchangeFailure Failure, long Delay, PacketRef FailedAt, bool IsUnsafe);

/// <summary>Why a client may want to repeat a request.</summary>
public enum ExchangeFailure : byte
{
    None,

    /// <summary>The connection ended with no answer (RFC 9112 §9.3.1).</summary>
    Unanswered,

    /// <summary>The connection ended before the request was whole.</summary>
    RequestTruncated,

    /// <summary>The connection ended before the answer was whole.</summary>
    ResponseTruncated,

    /// <summary>A whole answer, with status 502, 503 or 504 (RFC 9110 §15.6).</summary>
    ServerError,

    /// <summary>HTTP/2: the server did not process it, and said so (RFC 9113 §8.7): to repeat it is safe.</summary>
    Refused,

    /// <summary>The client closed before an answer began, and waited for none (RFC 9112 §9.5).</summary>
    GivenUp,
}
