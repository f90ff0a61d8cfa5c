namespace HttpWireAnalyzer.Http;

/// <summary>The head of a request, parsed once; equal heads share one object.</summary>
public sealed class RequestHead : MessageHead
{
    /// <summary>As sent: case matters (RFC 9110 §9.1).</summary>
    public required string Method { get; init; }

    /// <summary>As sent, Latin-1: origin, absolute, authority or asterisk form (RFC 9112 §3.2).</summary>
    public required string Target { get; init; }

    /// <summary>The Host field; null without one.</summary>
    public required string? Host { get; init; }

    /// <summary>RFC 9110 §9.2.2: GET, HEAD, PUT, DELETE, OPTIONS, TRACE.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>Expect: 100-continue (RFC 9110 §10.1.1).</summary>
    public required bool ExpectsContinue { get; init; }
}

/// <summary>The head of a response, parsed once; equal heads share one object.</summary>
public sealed class ResponseHead : MessageHead
{
    /// <summary>Three digits: 100 to 999; 0 for an HTTP/0.9 response, which has none.</summary>
    public required int Status { get; init; }

    public required string Reason { get; init; }
}
