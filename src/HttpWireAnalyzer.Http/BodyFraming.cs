using System.Diagnostics;

namespace HttpWireAnalyzer.Http;

/// <summary>How the length of one body is known.</summary>
/// <param name="Length">
/// Octets for <see cref="BodyRule.ContentLength"/> and, as a guess, <see cref="BodyRule.InvalidContentLength"/>, where -1
/// is "until close"; else 0.
/// </param>
internal readonly record struct BodyFraming(BodyRule Rule, long Length)
{
    /// <summary>RFC 9112 §6.3 for a request.</summary>
    public static BodyFraming Decide(RequestHead request)
    {
        // RFC 1945 §4.1: a Simple-Request is one line.
        if (request.Version == HttpVersion.Http09)
        {
            return new BodyFraming(BodyRule.NoBodyInRequest, 0);
        }

        // Rules 1 and 2 are about responses.
        if (request.TransferCoding != TransferCoding.None)
        {
            return request.TransferCoding == TransferCoding.Chunked
                ? Chunked(request)

                // Rule 4: the length of a request cannot be determined; the server MUST respond 400 and close.
                : new BodyFraming(BodyRule.TransferEncodingUnknowable, 0);
        }

        // Rule 7: a request without either has no body.
        return OfContentLength(request) ?? new BodyFraming(BodyRule.NoBodyInRequest, 0);
    }

    /// <summary>RFC 9112 §6.3 for a response; null as the request means that it is not known.</summary>
    public static BodyFraming Decide(RequestHead? request, ResponseHead response)
    {
        // RFC 1945 §6: a Simple-Response is octets until close.
        if (response.Version == HttpVersion.Http09 && response.Status == 0)
        {
            return new BodyFraming(BodyRule.SimpleResponse, 0);
        }

        // RFC 9110 §15.2.2: after 101 the other protocol begins at once.
        if (response.Status == 101)
        {
            return new BodyFraming(BodyRule.Upgraded, 0);
        }

        // Rule 2: any 2xx to CONNECT, 204 too; Content-Length and Transfer-Encoding are to be ignored.
        if (request?.Method == "CONNECT" && response.Status is >= 200 and < 300)
        {
            return new BodyFraming(BodyRule.Tunnel, 0);
        }

        // Rule 1: responses to HEAD, and 1xx, 204, 304, end with their head whatever the fields say.
        if (request?.Method == "HEAD" || response.Status is (>= 100 and < 200) or 204 or 304)
        {
            return new BodyFraming(BodyRule.NoBodyByStatusOrHead, 0);
        }

        if (response.TransferCoding != TransferCoding.None)
        {
            return response.TransferCoding == TransferCoding.Chunked
                ? Chunked(response)

                // Rule 4: until the server closes.
                : new BodyFraming(BodyRule.TransferEncodingUntilClose, 0);
        }

        // Rule 8: until close. Rule 5 makes the client close: without any number the rest is the response's.
        var framing = OfContentLength(response) ?? new BodyFraming(BodyRule.UntilClose, 0);
        return framing is { Rule: BodyRule.InvalidContentLength, Length: 0 } ? framing with { Length = -1 } : framing;
    }

    /// <summary>What <see cref="MessageTrace.ExpectedBodyOctets"/> says.</summary>
    public long Expected => Rule == BodyRule.ContentLength ? Length : -1;

    /// <summary>It was decided by fields that are not there: not to be said of a head of which a part is missing.</summary>
    public bool RestsOnAbsence => Rule is BodyRule.NoBodyInRequest or BodyRule.UntilClose;

    /// <summary>Where the body ends, if there is one, nobody knows (RFC 9112 §6.3, rules 4 and 5).</summary>
    public bool IsGuess => Rule is BodyRule.TransferEncodingUnknowable or BodyRule.InvalidContentLength;

    /// <summary>The message ends with its head.</summary>
    public bool EndsWithHead => Rule switch
    {
        BodyRule.NoBodyByStatusOrHead or BodyRule.Tunnel or BodyRule.TransferEncodingUnknowable
            or BodyRule.NoBodyInRequest or BodyRule.Upgraded => true,
        BodyRule.ContentLength or BodyRule.InvalidContentLength => Length == 0,
        BodyRule.ChunkedOverLength or BodyRule.Chunked or BodyRule.TransferEncodingUntilClose or BodyRule.UntilClose
            or BodyRule.SimpleResponse => false,
        _ => throw new UnreachableException(),
    };

    // Rule 3: Transfer-Encoding overrides Content-Length. Rule 4: chunked tells the length itself.
    private static BodyFraming Chunked(MessageHead head) =>
        new(head.ContentLength == -1 ? BodyRule.Chunked : BodyRule.ChunkedOverLength, 0);

    private static BodyFraming? OfContentLength(MessageHead head) => head.ContentLength switch
    {
        -1 => null,

        // Rule 5: an unrecoverable error. The analyzer has to go on, and says that it guesses.
        -2 => new BodyFraming(BodyRule.InvalidContentLength, head.GuessedLength),

        // Rule 6.
        _ => new BodyFraming(BodyRule.ContentLength, head.ContentLength),
    };
}
