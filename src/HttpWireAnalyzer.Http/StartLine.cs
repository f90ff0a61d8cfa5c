using System.Buffers.Binary;
using System.Text;
using HttpWireAnalyzer.Http.Http2;

namespace HttpWireAnalyzer.Http;

/// <summary>What the first octets of a stream, or of a message, turn out to be.</summary>
internal enum StartLineKind : byte
{
    /// <summary>They can still become a start line.</summary>
    NeedMore,

    /// <summary>Nothing that is known here.</summary>
    None,

    Request,

    /// <summary>A known method and a target, no version: HTTP/0.9, or a broken request line.</summary>
    VersionlessRequest,

    Response,

    /// <summary>A TLS record of a handshake, or an alert (RFC 8446 §5.1).</summary>
    Tls,

    /// <summary>The client's connection preface (RFC 9113 §3.4).</summary>
    Http2Preface,
}

/// <summary>Tells what octets are by their content alone, on any port.</summary>
internal static class StartLine
{
    /// <summary>RFC 8446 §5.1, §4: handshake(22), version 3.x, two octets of length, client_hello(1) or server_hello(2).</summary>
    private const int HelloOctets = 6;
    private const byte Handshake = 22;

    /// <summary>RFC 8446 §5.2: the most that any record has.</summary>
    private const int MostInRecord = (16 * 1024) + 256;

    private static readonly string[] KnownMethods =
    [
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PROPFIND", "PROPPATCH",
        "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE",
    ];

    /// <summary>Judges octets where a message ought to begin; a start line that is odd, but clear, is accepted.</summary>
    public static StartLineKind Classify(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return StartLineKind.NeedMore;
        }

        if (octets[0] == Handshake)
        {
            return IsHello(octets) ? StartLineKind.Tls
                : octets.Length < HelloOctets && MayBeHello(octets) ? StartLineKind.NeedMore : StartLineKind.None;
        }

        // RFC 8446 §6: what a server of TLS makes of a request.
        if (octets is [0x15, 0x03, <= 0x04, 0, 2, ..])
        {
            return StartLineKind.Tls;
        }

        // RFC 9113 §3.4: a server may send its SETTINGS before the client's preface, which then shows what they are.
        if (octets[0] == 0)
        {
            return Http2Preface.MayBeServers(octets) ? StartLineKind.NeedMore : StartLineKind.None;
        }

        // RFC 9112 §3, §4: a recipient may ignore white space before a start line.
        var line = FirstLine(octets, out var whole).TrimStart(" \t"u8);
        if (line.Length >= StatusLine.NameLength && StatusLine.MayBegin(line))
        {
            return whole || line.Length >= StatusLine.CodeWithin ? ClassifyStatusLine(line) : StartLineKind.NeedMore;
        }

        return whole ? ClassifyRequestLine(line) : ClassifyPartOfRequestLine(line);
    }

    /// <summary>
    /// Judges a place where nothing says that a message begins: a line that follows the grammar, as far as it goes, or
    /// nothing.
    /// </summary>
    public static bool IsUnmistakable(ReadOnlySpan<byte> octets, out StartLineKind kind)
    {
        kind = IsHello(octets) ? StartLineKind.Tls : StartLineKind.None;
        if (kind == StartLineKind.Tls)
        {
            return true;
        }

        if (Characters.TokenLength(octets[..Math.Min(octets.Length, 1)]) == 0)
        {
            return false;
        }

        var line = FirstLine(octets, out var whole);
        if (!whole)
        {
            kind = KindOfCut(line);
        }
        else if (StatusLine.TryParse(line, out var status) && !status.IsOdd)
        {
            kind = StartLineKind.Response;
        }
        else if (RequestLine.TryParse(line, out var request) && (!request.IsOdd || request.IsHttp2Preface))
        {
            kind = request.IsHttp2Preface ? StartLineKind.Http2Preface : StartLineKind.Request;
        }

        return kind != StartLineKind.None;
    }

    /// <summary>
    /// The octets are, or may become, a known method and a space. Stricter than the grammar, for use where a body is
    /// as likely.
    /// </summary>
    public static bool MayBeginKnownMethod(ReadOnlySpan<byte> octets)
    {
        foreach (var known in KnownMethods)
        {
            var length = Math.Min(octets.Length, known.Length);
            if (Ascii.Equals(octets[..length], known.AsSpan(0, length))
                && (octets.Length == length || octets[length] == (byte)' '))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsKnownMethod(ReadOnlySpan<byte> method) => KnownMethod(method) is not null;

    /// <summary>The method as a shared string; null for one that is not in the list. Case matters (RFC 9110 §9.1).</summary>
    public static string? KnownMethod(ReadOnlySpan<byte> method)
    {
        foreach (var known in KnownMethods)
        {
            if (Ascii.Equals(method, known))
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>
    /// The first line without its end, which is LF and any CR before it (RFC 9112 §2.2); all there is where no LF has come.
    /// </summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> octets, out bool whole)
    {
        var lineFeed = octets.IndexOf(Characters.LineFeed);
        whole = lineFeed >= 0;
        return whole ? octets[..lineFeed].TrimEnd(Characters.CarriageReturn) : octets;
    }

    /// <summary>Of a line whose end is in a later segment, or was cut off by the snap length.</summary>
    private static StartLineKind KindOfCut(ReadOnlySpan<byte> line) =>
        StatusLine.TryParse(line, out var status) && !status.IsOdd ? StartLineKind.Response
        : RequestLine.TryParseCut(line, out _) ? StartLineKind.Request
        : StartLineKind.None;

    private static bool IsHello(ReadOnlySpan<byte> octets) => octets.Length >= HelloOctets && MayBeHello(octets);

    /// <summary>As far as the octets go.</summary>
    private static bool MayBeHello(ReadOnlySpan<byte> octets) =>
        octets is [Handshake, ..]
        && octets is not [_, not 0x03, ..]
        && octets is not [_, _, > 0x04, ..]
        && (octets.Length < 5 || BinaryPrimitives.ReadUInt16BigEndian(octets[3..]) is > 0 and <= MostInRecord)
        && octets is not [_, _, _, _, _, not (0x01 or 0x02), ..];

    private static StartLineKind ClassifyStatusLine(ReadOnlySpan<byte> line) =>
        StatusLine.TryParse(line, out _) ? StartLineKind.Response : StartLineKind.None;

    private static StartLineKind ClassifyRequestLine(ReadOnlySpan<byte> line)
    {
        if (!RequestLine.TryParse(line, out var request))
        {
            return StartLineKind.None;
        }

        if (request.IsHttp2Preface)
        {
            return StartLineKind.Http2Preface;
        }

        return request.IsVersionless ? StartLineKind.VersionlessRequest : StartLineKind.Request;
    }

    private static StartLineKind ClassifyPartOfRequestLine(ReadOnlySpan<byte> line)
    {
        var method = RequestLine.MethodLength(line);
        if (method == line.Length)
        {
            // A status line in pieces waits here, too.
            return method <= RequestLine.MethodLimit ? StartLineKind.NeedMore : StartLineKind.None;
        }

        return method is > 0 and <= RequestLine.MethodLimit && RequestLine.IsSpace(line[method..])
            ? StartLineKind.NeedMore
            : StartLineKind.None;
    }
}
