using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>The first line of a request (RFC 9112 §3).</summary>
/// <remarks>
/// <code>
/// request-line   = method SP request-target SP HTTP-version
/// Simple-Request = "GET" SP Request-URI                        (RFC 1945 §4.1)
/// </code>
/// Told apart by its end: the last " HTTP/" begins the version, whatever stands in the target.
/// </remarks>
internal readonly ref struct RequestLine
{
    /// <summary>Longest method that is taken for one: the registry's longest has 17 letters (UPDATEREDIRECTREF).</summary>
    public const int MethodLimit = 64;

    private RequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, HttpVersion version, bool odd)
    {
        Method = method;
        Target = target;
        Version = version;
        IsOdd = odd;
    }

    public ReadOnlySpan<byte> Method { get; }

    public ReadOnlySpan<byte> Target { get; }

    /// <summary>Http09 where the line has no version.</summary>
    public HttpVersion Version { get; }

    public bool IsVersionless { get; private init; }

    /// <summary>Clear, but not by the grammar.</summary>
    public bool IsOdd { get; }

    // RFC 9113 §3.4: "PRI * HTTP/2.0".
    public bool IsHttp2Preface =>
        Version == HttpVersion.Other && Method.SequenceEqual("PRI"u8) && Target.SequenceEqual("*"u8);

    /// <summary>Takes a line without its end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, out RequestLine request)
    {
        request = default;
        var line = octets.TrimStart(" \t"u8);
        var isIndented = line.Length != octets.Length;
        var methodLength = MethodLength(line);
        if (methodLength is 0 or > MethodLimit || !IsSpace(line[methodLength..]))
        {
            return false;
        }

        var method = line[..methodLength];
        var isToken = Characters.TokenLength(method) == methodLength;
        var rest = line[methodLength..];
        var versionAt = LastVersion(rest);
        var target = Characters.Trim(versionAt < 0 ? rest : rest[..versionAt]);
        if (versionAt > 0 && !target.IsEmpty)
        {
            var versionText = rest[(versionAt + 1)..];
            var hasSpaceInTarget = target.ContainsAny((byte)' ', (byte)'\t');
            var hasVersion = VersionText.TryParse(Characters.Trim(versionText), out var version, out var oddVersion);
            if (!hasVersion && !(StartLine.IsKnownMethod(method) && BeginsTarget(target)))
            {
                return false;
            }

            // Surplus octets before a method make no token of it, and servers answer 400: all the rest has to be in order.
            if (!isToken && (oddVersion || hasSpaceInTarget || !BeginsTarget(target)))
            {
                return false;
            }

            // One SP on either side of a target that has neither white space nor controls (RFC 9112 §3).
            var odd = oddVersion || isIndented || !isToken || versionAt != target.Length + 1 || IsSpace(versionText[^1..])
                || rest[0] != (byte)' ' || rest[versionAt] != (byte)' '
                || hasSpaceInTarget || target.ContainsAny(Characters.Control);
            request = new RequestLine(method, target, version, odd);
            return true;
        }

        // Without a version only a method that is known and a target that begins as one tell that this is a request at all:
        // Redis has "GET name", NATS "CONNECT {". With more words behind it only a path does, for other protocols have those
        // methods and a version of their own: "OPTIONS * RTSP/1.0".
        target = Characters.Trim(rest);
        var hasSpace = target.ContainsAny((byte)' ', (byte)'\t');
        if (!BeginsTarget(target) || (hasSpace && target[0] != (byte)'/') || !StartLine.IsKnownMethod(method))
        {
            return false;
        }

        // RFC 1945 §4.1: HTTP/0.9 has GET only.
        var oddLine = isIndented || hasSpace || rest[0] != (byte)' ' || !method.SequenceEqual("GET"u8);
        request = new RequestLine(method, target, HttpVersion.Http09, oddLine)
        {
            IsVersionless = true,
        };
        return true;
    }

    /// <summary>
    /// Takes the beginning of a line whose end was not captured: a method that is known, a target that begins as one does,
    /// and the version if all of it is there.
    /// </summary>
    public static bool TryParseCut(ReadOnlySpan<byte> line, out RequestLine request)
    {
        var method = Characters.TokenLength(line);
        var rest = method < line.Length ? line[(method + 1)..] : default;
        var space = rest.IndexOf((byte)' ');
        var target = space < 0 ? rest : rest[..space];
        var version = space < 0 ? default : rest[(space + 1)..];
        if (!BeginsTarget(target) || line[method] != (byte)' ' || !StartLine.IsKnownMethod(line[..method])
            || !VersionText.TryParseCut(version, out var known))
        {
            request = default;
            return false;
        }

        request = new RequestLine(line[..method], target, known, odd: false);
        return true;
    }

    /// <summary>What stands where a method ought to: octets that are seen, whether or not they are a token.</summary>
    public static int MethodLength(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAnyExceptInRange((byte)'!', (byte)'~');
        return end < 0 ? line.Length : end;
    }

    /// <summary>RFC 9112 §3: a recipient may take any white space for the one SP that the grammar wants.</summary>
    public static bool IsSpace(ReadOnlySpan<byte> octets) => octets is [(byte)' ' or (byte)'\t', ..];

    /// <summary>As the origin, absolute and asterisk forms do (RFC 9112 §3.2), with no control in it.</summary>
    private static bool BeginsTarget(ReadOnlySpan<byte> octets) =>
        (octets is [(byte)'/' or (byte)'*', ..] || (octets.Length >= 4 && Ascii.EqualsIgnoreCase(octets[..4], "http"u8)))
        && !octets.ContainsAny(Characters.Control);

    /// <summary>Where the last " HTTP/" begins, in any case; -1 without one.</summary>
    private static int LastVersion(ReadOnlySpan<byte> rest)
    {
        for (var slash = rest.LastIndexOf((byte)'/'); slash >= 5; slash = rest[..slash].LastIndexOf((byte)'/'))
        {
            if (rest[slash - 5] is (byte)' ' or (byte)'\t' && Ascii.EqualsIgnoreCase(rest[(slash - 4)..slash], "HTTP"u8))
            {
                return slash - 5;
            }
        }

        return -1;
    }
}

/// <summary>HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3).</summary>
internal static class VersionText
{
    private const int LengthLimit = 13;
    private const int UsualLength = 8;

    /// <summary>Takes as much of a version as there is: <see cref="HttpVersion.Missing"/> where that is not all.</summary>
    public static bool TryParseCut(ReadOnlySpan<byte> text, out HttpVersion version)
    {
        var first = "HTTP/1."u8;
        version = HttpVersion.Missing;
        return text.Length < UsualLength
            ? first.StartsWith(text)
            : TryParse(text, out version, out var odd) && !odd;
    }

    /// <summary>Takes "HTTP/" in any case and what follows it, if it is short and begins with a digit.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out HttpVersion version, out bool odd)
    {
        version = HttpVersion.Other;
        odd = true;
        if (text.Length is < 6 or > LengthLimit || !Ascii.EqualsIgnoreCase(text[..5], "HTTP/"u8)
            || !Characters.IsDigit(text[5]) || text.IndexOfAny((byte)' ', (byte)'\t') >= 0)
        {
            return false;
        }

        if (text.Length == UsualLength && text[6] == (byte)'.' && Characters.IsDigit(text[7]))
        {
            // HTTP-name is case-sensitive (RFC 9112 §2.3). RFC 9110 §2.5: a minor version above 1 is read as 1.1, and the
            // major version names the syntax: that of a start line is 1.
            version = (text[5], text[7]) switch
            {
                ((byte)'1', (byte)'0') => HttpVersion.Http10,
                ((byte)'1', _) => HttpVersion.Http11,
                ((byte)'0', (byte)'9') => HttpVersion.Http09,
                _ => HttpVersion.Other,
            };
            odd = version == HttpVersion.Other || !text.StartsWith("HTTP"u8);
        }

        return true;
    }
}
