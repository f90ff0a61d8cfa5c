namespace HttpWireAnalyzer.Http;

/// <summary>Whether the connection persists after an exchange, and why (RFC 9112 §9.3).</summary>
public readonly record struct Persistence(PersistenceVerdict Verdict, PersistenceRule Rule);

/// <summary>May the connection be used again?</summary>
public enum PersistenceVerdict : byte
{
    /// <summary>A message is missing or cut: no rule applies.</summary>
    Unknown,
    Persistent,
    Closes,
    Tunnel,
}

/// <summary>The rule that decided, in the order of RFC 9112 §9.3.</summary>
public enum PersistenceRule : byte
{
    None,

    /// <summary>The request carries the close option.</summary>
    CloseInRequest,

    /// <summary>The response carries the close option.</summary>
    CloseInResponse,

    /// <summary>HTTP/1.1 or later: persists by default.</summary>
    Http11Default,

    /// <summary>HTTP/1.0 with keep-alive in both messages.</summary>
    Http10KeepAlive,

    /// <summary>HTTP/1.0 without keep-alive in both messages.</summary>
    Http10Default,

    /// <summary>The body ends with the connection (RFC 9112 §6.3, rule 8).</summary>
    CloseDelimited,

    /// <summary>
    /// A Transfer-Encoding that readers may take in different ways: in HTTP/1.0, or in a request beside Content-Length
    /// (RFC 9112 §6.1).
    /// </summary>
    FaultyFraming,

    /// <summary>CONNECT or Upgrade.</summary>
    Switched,

    /// <summary>HTTP/2: persists (RFC 9113 §9.1).</summary>
    Http2Default,

    /// <summary>HTTP/2: a GOAWAY had been sent (RFC 9113 §6.8).</summary>
    Goaway,
}
