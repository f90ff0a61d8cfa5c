namespace HttpWireAnalyzer.Http;

/// <summary>The first line of a response (RFC 9112 §4).</summary>
/// <remarks><code>status-line = HTTP-version SP status-code SP [ reason-phrase ]</code></remarks>
internal readonly ref struct StatusLine
{
    /// <summary>Octets within which the status code must have come, white space included.</summary>
    public const int CodeWithin = 32;

    private StatusLine(HttpVersion version, int status, ReadOnlySpan<byte> reason, bool odd)
    {
        Version = version;
        Status = status;
        Reason = reason;
        IsOdd = odd;
    }

    public HttpVersion Version { get; }

    /// <summary>Three digits: 0 to 999.</summary>
    public int Status { get; }

    public ReadOnlySpan<byte> Reason { get; }

    /// <summary>Clear, but not by the grammar. A missing SP before an empty reason is so common that it is none.</summary>
    public bool IsOdd { get; }

    /// <summary>Takes a line without its end, or as much of it as holds the status code.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out StatusLine status)
    {
        status = default;
        int space = line.IndexOfAny((byte)' ', (byte)'\t');
        if (space < 0 || !VersionText.TryParse(line[..space], out HttpVersion version, out bool odd))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[space..].TrimStart(" \t"u8);
        odd |= line.Length - space - rest.Length != 1 || line[space] == (byte)'\t';
        if (rest.Length < 3 || line.Length - rest.Length + 3 > CodeWithin
            || !Characters.IsDigit(rest[0]) || !Characters.IsDigit(rest[1]) || !Characters.IsDigit(rest[2]))
        {
            return false;
        }

        int code = ((rest[0] - '0') * 100) + ((rest[1] - '0') * 10) + (rest[2] - '0');
        ReadOnlySpan<byte> after = rest[3..];
        if (!after.IsEmpty && after[0] != (byte)' ')
        {
            // Four digits are no status code; anything else is read as the reason.
            if (Characters.IsDigit(after[0]))
            {
                return false;
            }

            odd = true;
        }

        status = new StatusLine(version, code, Characters.Trim(after), odd);
        return true;
    }
}
