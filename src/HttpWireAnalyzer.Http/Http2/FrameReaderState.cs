namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Where the reader of one stream of frames stands.</summary>
/// <remarks>
/// <code>
/// state    | octets                                           | gap
/// ---------|--------------------------------------------------|------------------------------------------
/// Preface  | 24 of them, as RFC 9113 §3.4 has them -> Header; | Hunt
///          | others -> Opaque                                 |
/// Answer   | "HTTP/1." and a status -> Opaque; else Header    | Hunt
/// Header   | 9 of them -> Payload, PadLength, Data, Passed    | Hunt: frames may be lost
/// Payload  | the rest of the frame -> Header                  | Hunt
/// PadLength| one -> Data                                      | Hunt
/// Data     | the last before the padding -> Passed, or Header | within the frame: goes on; else Hunt
/// Passed   | the rest of the frame -> Header                  | within the frame: goes on; else Hunt
/// Hunt     | a chunk that is made of whole frames -> Header   | -
/// Opaque   | -                                                | -
/// </code>
/// </remarks>
internal enum FrameReaderState : byte
{
    /// <summary>The client begins with 24 octets that are no frame.</summary>
    Preface,

    /// <summary>A server that does not speak HTTP/2 answers the client's preface in HTTP/1.</summary>
    Answer,
    Header,

    /// <summary>Of a frame that is read as a whole.</summary>
    Payload,

    /// <summary>Of a padded DATA frame.</summary>
    PadLength,

    /// <summary>Octets of DATA, which are counted and not kept.</summary>
    Data,

    /// <summary>Octets that nobody looks at: padding, and frames that are too long to be kept.</summary>
    Passed,

    /// <summary>Not at a known place: only a chunk that begins with whole, faultless frames helps.</summary>
    Hunt,

    /// <summary>No HTTP/2.</summary>
    Opaque,
}
