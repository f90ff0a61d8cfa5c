namespace HttpWireAnalyzer.Http;

/// <summary>Where the reader of one stream stands.</summary>
/// <remarks>
/// <code>
/// state      | octets                                      | gap                           | end of stream
/// -----------|---------------------------------------------|-------------------------------|----------------
/// Start      | start line -> Head, or the body's state     | Hunt: a message may be lost   | -
///            | TLS, HTTP/2 -> Opaque; neither -> Hunt      |                               |
///            | (behind a guess: known methods alone)       |                               |
/// Head       | its end -> the body's state, or Start;      | what is there, cut; Hunt      | cut
///            | too long, or no start line -> Hunt          |                               |
/// FixedBody  | the last octet -> Start; so does, where the | within: goes on; else Hunt    | cut
///            | length is a guess, a chunk that begins with |                               |
///            | a request line, or a status line where the  |                               |
///            | next request's acknowledgment stood         |                               |
/// Chunked    | the last empty line -> Start; broken -> Hunt| within one chunk's data: goes | cut
///            |                                             | on; else lost, Hunt           |
/// UntilClose | -                                           | goes on                       | FIN: whole; else cut
/// Withheld   | request line -> Start; else the body's state| the body's state              | withheld
/// Hunt       | a chunk that begins with a start line       | -                             | -
///            | -> Start; where the acknowledgment of a     |                               |
///            | request that waits stood, or a body ends    |                               |
///            | that ought not to be there, the beginning of|                               |
///            | a status line -> Head, and back if it is    |                               |
///            | none                                        |                               |
/// Opaque     | -                                           | -                             | -
/// </code>
/// A reader is moved from outside in four cases only: 101 puts both to Opaque, and so does the HTTP/2 preface; a final
/// response before the body of an "Expect: 100-continue" request puts the request's reader from the body's state to
/// Withheld; octets from the other end settle a held HTTP/0.9 line; a request that comes after its response in the
/// capture may give the response's body another rule. CONNECT moves nobody: what is in the tunnel is found out like at
/// the start.
/// </remarks>
internal enum ReaderState : byte
{
    /// <summary>At the first octet of what ought to be a message, or in empty lines before it.</summary>
    Start,

    /// <summary>Octets of a head that is not whole are in the buffer.</summary>
    Head,

    /// <summary>A body whose remaining length is known.</summary>
    FixedBody,

    /// <summary>A body in chunked coding.</summary>
    Chunked,

    /// <summary>A body that ends with the stream.</summary>
    UntilClose,

    /// <summary>A body that the client may leave out, because the answer came before it (RFC 9110 §10.1.1).</summary>
    Withheld,

    /// <summary>
    /// Not at a known place: only a chunk that begins with a whole start line helps, or a status line where an answer may begin.
    /// </summary>
    Hunt,

    /// <summary>Another protocol's octets.</summary>
    Opaque,
}

/// <summary>How a message ended.</summary>
internal enum MessageFate : byte
{
    Whole,

    /// <summary>Its framing is broken: where it ends cannot be known.</summary>
    Broken,

    /// <summary>The rest is in a hole, or is a head too long to be read.</summary>
    Lost,

    /// <summary>The client left the body out.</summary>
    Withheld,

    /// <summary>The stream ended first.</summary>
    Cut,

    /// <summary>The capture ended first.</summary>
    Unfinished,
}
