using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>The first line of a response (RFC 9112 §4).</summary>
/// <remarks><code>status-line = HTTP-version SP status-code SP [ reason-phrase ]</code></remarks>
internal readonly ref struct StatusLine
{
    /// <summary>Octets within which the status code must have come, white space included.</summary>
    public const int CodeWithin = 32;

    /// <summary>Octets that tell a status line from anything else: "HTTP/".</summary>
    public const int NameLength = 5;

    /// <summary>Octets up to the status code, as nearly all status lines have them: "HTTP/1.1 200".</summary>
    public const int UsualLength = 12;

    private StatusLine(HttpVersion version, int status, ReadOnlySpan<byte> reason, bool odd)
    {
        Version = version;
        Status = status;
        Reason = reason;
        IsOdd = odd;
    }

    public HttpVersion Version { get; }

    /// <summary>Three digits: 0 to 999; 0 where there are no three.</summary>
    public int Status { get; }

    public bool HasStatus { get; private init; }

    /// <summary>What stands in place of a status code included, where none can be read.</summary>
    public ReadOnlySpan<byte> Reason { get; }

    /// <summary>Clear, but not by the grammar. A missing SP before an empty reason is so common that it is none.</summary>
    public bool IsOdd { get; }

    /// <summary>
    /// Takes a line without its end, or as much of it as holds the status code. The version tells that it is a response: a
    /// server that sends "HTTP/1.1 OK" has answered, and no client can read it (RFC 9112 §4). Where that is no version,
    /// as in "HTTP/ 200" and in SHOUTcast's "ICY 200 OK", the status code has to tell it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out StatusLine status)
    {
        status = default;
        var line = octets.TrimStart(" \t"u8);
        var space = line.IndexOfAny((byte)' ', (byte)'\t');
        var name = space < 0 ? line : line[..space];
        var hasVersion = VersionText.TryParse(name, out var version, out var odd);
        var rest = line[name.Length..].TrimStart(" \t"u8);
        if (line.Length - rest.Length + 3 > CodeWithin || !BeginsWithCode(rest))
        {
            status = new StatusLine(version, 0, Characters.Trim(rest), odd: true);
            return hasVersion;
        }

        if (!hasVersion && !MayBegin(line))
        {
            return false;
        }

        var code = ((rest[0] - '0') * 100) + ((rest[1] - '0') * 10) + (rest[2] - '0');
        var after = rest[3..];
        odd |= line.Length != octets.Length || line.Length - name.Length - rest.Length != 1
            || line[name.Length] == (byte)'\t' || after is [not (byte)' ', ..];
        status = new StatusLine(version, code, Characters.Trim(after), odd) { HasStatus = true };
        return true;
    }

    /// <summary>
    /// Takes the beginning of a line whose end did not come, if it follows the grammar as far as it goes: the version, and
    /// the status code, if all of it is there.
    /// </summary>
    public static bool TryParseBeginning(ReadOnlySpan<byte> line, out StatusLine status)
    {
        var pattern = "HTTP/#.# ###"u8;
        status = default;
        if (line.IsEmpty)
        {
            return false;
        }

        for (var at = 0; at < Math.Min(line.Length, pattern.Length); at++)
        {
            if (pattern[at] == (byte)'#' ? !Characters.IsDigit(line[at]) : line[at] != pattern[at])
            {
                return false;
            }
        }

        if (line.Length >= pattern.Length)
        {
            return TryParse(line, out status) && !status.IsOdd;
        }

        var version = pattern.IndexOf((byte)' ');
        var hasVersion = VersionText.TryParseCut(line[..Math.Min(line.Length, version)], out var known);
        status = new StatusLine(known, 0, default, odd: false);
        return hasVersion;
    }

    /// <summary>The octets are, or may become, a status line.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> octets)
    {
        var line = octets.TrimStart(" \t"u8);
        return AgreesWith(line, "HTTP/"u8) || AgreesWith(line, "ICY "u8);
    }

    /// <summary>As far as both go.</summary>
    private static bool AgreesWith(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> name)
    {
        var length = Math.Min(octets.Length, name.Length);
        return Ascii.EqualsIgnoreCase(octets[..length], name[..length]);
    }

    /// <summary>Three digits and not a fourth; anything else behind them is read as the reason.</summary>
    private static bool BeginsWithCode(ReadOnlySpan<byte> octets) =>
        octets.Length >= 3 && Characters.IsDigit(octets[0]) && Characters.IsDigit(octets[1]) && Characters.IsDigit(octets[2])
        && (octets.Length == 3 || !Characters.IsDigit(octets[3]));
}
