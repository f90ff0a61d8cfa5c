namespace HttpWireAnalyzer.Http;

/// <summary>RFC 9112 §9.3: does the connection persist after an exchange?</summary>
internal static class PersistenceRules
{
    /// <summary>Null messages were not seen; <paramref name="body"/> is the response's.</summary>
    public static Persistence Decide(RequestHead? request, ResponseHead? response, BodyRule body)
    {
        if (body is BodyRule.Tunnel or BodyRule.Upgraded)
        {
            return new Persistence(PersistenceVerdict.Tunnel, PersistenceRule.Switched);
        }

        // "If the close connection option is present, the connection will not persist after the current response."
        if (request is not null && Has(request, ConnectionOptions.Close))
        {
            return new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInRequest);
        }

        if (response is not null && Has(response, ConnectionOptions.Close))
        {
            return new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseInResponse);
        }

        // §6.3, rule 8: a body that ends with the connection leaves nothing to persist. Rule 5: the client MUST close.
        if (body is BodyRule.UntilClose or BodyRule.TransferEncodingUntilClose or BodyRule.SimpleResponse
            or BodyRule.InvalidContentLength)
        {
            return new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseDelimited);
        }

        // A version that is none of these says nothing of what its end does.
        if (request is null or { Version: HttpVersion.Missing or HttpVersion.Other }
            || response is null or { Version: HttpVersion.Other })
        {
            return new Persistence(PersistenceVerdict.Unknown, PersistenceRule.None);
        }

        // §6.1: who gets Transfer-Encoding in HTTP/1.0 MUST close the connection after the message; so MUST a server that gets it
        // in a request beside Content-Length.
        var usual = OfVersions(request, response);
        return usual.Verdict == PersistenceVerdict.Persistent && (IsFaulty(request) || IsFaultyHttp10(response))
            ? new Persistence(PersistenceVerdict.Closes, PersistenceRule.FaultyFraming)
            : usual;
    }

    private static Persistence OfVersions(RequestHead request, ResponseHead response)
    {
        // "If the received protocol is HTTP/1.1 (or later), the connection will persist."
        if (IsHttp11(request) && IsHttp11(response))
        {
            return new Persistence(PersistenceVerdict.Persistent, PersistenceRule.Http11Default);
        }

        // "If the received protocol is HTTP/1.0, the keep-alive option is present …": each end receives one message,
        // and an HTTP/1.0 client knows of the server's consent by the option alone (appendix C.2.2).
        var requestKeeps = IsHttp11(request) || Has(request, ConnectionOptions.KeepAlive);
        return requestKeeps && Has(response, ConnectionOptions.KeepAlive)
            ? new Persistence(PersistenceVerdict.Persistent, PersistenceRule.Http10KeepAlive)
            : new Persistence(PersistenceVerdict.Closes, PersistenceRule.Http10Default);
    }

    private static bool Has(MessageHead head, ConnectionOptions option) => (head.Connection & option) != 0;

    private static bool IsFaulty(RequestHead request) =>
        IsFaultyHttp10(request) || request is { TransferCoding: not TransferCoding.None, ContentLength: not -1 };

    private static bool IsFaultyHttp10(MessageHead head) =>
        head is { Version: HttpVersion.Http10, TransferCoding: not TransferCoding.None };

    private static bool IsHttp11(MessageHead head) => head.Version == HttpVersion.Http11;
}
