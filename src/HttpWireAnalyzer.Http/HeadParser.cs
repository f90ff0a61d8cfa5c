using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>Makes a head of octets that have been found to begin with a start line.</summary>
internal static class HeadParser
{
    private static readonly string[] KnownReasons =
    [
        "OK", "Not Modified", "No Content", "Found", "Moved Permanently", "Not Found", "Bad Request", "Continue",
        "Switching Protocols", "Connection established", "Partial Content", "Created", "Forbidden", "Unauthorized",
    ];

    /// <summary>
    /// Stands for the head that an HTTP/0.9 response has not (RFC 1945 §6: Simple-Response = [ Entity-Body ]).
    /// </summary>
    public static readonly ResponseHead SimpleResponse =
        new(HttpVersion.Http09, 0, string.Empty, default, new FieldReading());

    /// <summary>Null where the first line is no request line after all.</summary>
    public static RequestHead? ParseRequest(ReadOnlySpan<byte> octets)
    {
        if (!RequestLine.TryParse(StartLine.FirstLine(octets, out _), out var line))
        {
            return null;
        }

        var fields = Read(octets, line.Version, line.IsOdd);

        // A line without a version is HTTP/0.9, which has no fields (RFC 1945 §4.1).
        if (line.IsVersionless && fields.Count > 0)
        {
            fields.Note(HttpAnomalies.InvalidStartLine, 0);
        }

        // RFC 9112 §3.2: 400 for an HTTP/1.1 request that lacks Host or has more than one. In the lines that are missing
        // of a head there may be one.
        if (line.Version == HttpVersion.Http11 && (fields.HostLines > 1 || (fields.HostLines == 0 && EndsWithEmptyLine(octets))))
        {
            fields.Note(HttpAnomalies.HostMissingOrRepeated, 0);
        }

        return new RequestHead(line, octets, fields);
    }

    private static bool EndsWithEmptyLine(ReadOnlySpan<byte> octets) =>
        octets.EndsWith("\n\r\n"u8) || octets.EndsWith("\n\n"u8) || octets.EndsWith("\n\r\r\n"u8);

    /// <summary>Null where the first line is no status line after all.</summary>
    public static ResponseHead? ParseResponse(ReadOnlySpan<byte> octets)
    {
        if (!StatusLine.TryParse(StartLine.FirstLine(octets, out _), out var line))
        {
            return null;
        }

        var fields = Read(octets, line.Version, line.IsOdd);
        if (line.HasStatus && line.Status is < 100 or > 599)
        {
            fields.Note(HttpAnomalies.OddStatus, 0);
        }

        // RFC 9110 §8.6: no Content-Length in 1xx and 204; RFC 9112 §6.1: no Transfer-Encoding either.
        var bodyless = line.Status is (>= 100 and < 200) or 204;
        if (bodyless && (fields.ContentLength != -1 || fields.TransferCoding != TransferCoding.None))
        {
            fields.Note(HttpAnomalies.BodyNotAllowed, 0);
        }

        return Response(line, octets, fields);
    }

    /// <summary>
    /// A head of which the capture holds a part of the start line, and no line whole; null where that part does not tell.
    /// </summary>
    public static MessageHead? ParseCutStartLine(ReadOnlySpan<byte> octets)
    {
        var line = octets.TrimEnd(Characters.CarriageReturn);
        return StatusLine.TryParse(line, out var status) && !status.IsOdd
            ? Response(status, octets, new FieldReading())
            : ParseCutRequestLine(line, octets);
    }

    /// <summary>A head that ends within its start line; null where that is the beginning of none, or of any line.</summary>
    public static MessageHead? ParseBeginning(ReadOnlySpan<byte> octets)
    {
        var line = octets.TrimEnd(Characters.CarriageReturn);
        return StatusLine.TryParseBeginning(line, out var status)
            ? Response(status, octets, new FieldReading())
            // Up to its version a line may be another protocol's: nothing of what was sent is missing.
            : line.Count((byte)' ') >= 2 ? ParseCutRequestLine(line, octets) : null;
    }

    private static ResponseHead Response(in StatusLine line, ReadOnlySpan<byte> octets, FieldReading fields) =>
        new(line.Version, line.Status, Reason(line.Reason), octets, fields);

    private static RequestHead? ParseCutRequestLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> octets) =>
        RequestLine.TryParseCut(line, out var request) ? new RequestHead(request, octets, new FieldReading()) : null;

    private static FieldReading Read(ReadOnlySpan<byte> octets, HttpVersion version, bool oddStartLine)
    {
        FieldReading fields = new();
        if (oddStartLine)
        {
            fields.Note(HttpAnomalies.InvalidStartLine, 0);
        }

        var lineFeed = octets.IndexOf(Characters.LineFeed);
        fields.CheckLine(lineFeed < 0 ? octets : octets[..(lineFeed + 1)], 0);
        foreach (var field in new HeadFields(octets))
        {
            fields.Take(field);
        }

        // The empty line itself may end in LF alone, or have a CR too many.
        if (octets.EndsWith("\n\n"u8))
        {
            fields.Note(HttpAnomalies.BareLineFeed, octets.Length - 1);
        }
        else if (octets.EndsWith("\n\r\r\n"u8))
        {
            fields.Note(HttpAnomalies.BareCarriageReturn, octets.Length - 3);
        }

        fields.Conclude(version);
        return fields;
    }

    private static string Reason(ReadOnlySpan<byte> reason)
    {
        foreach (var known in KnownReasons)
        {
            if (Ascii.Equals(reason, known))
            {
                return known;
            }
        }

        return Encoding.Latin1.GetString(reason);
    }
}
