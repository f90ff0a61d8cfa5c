namespace HttpWireAnalyzer.Http;

/// <summary>Finds the empty line that ends a head.</summary>
internal static class HeadEnd
{
    /// <summary>
    /// The octets up to and with the empty line, or -1 where it is not there yet. An octet before
    /// <paramref name="from"/> cannot begin the line ends in question.
    /// </summary>
    /// <remarks>
    /// RFC 9112 §2.2: a recipient MAY recognize a single LF as a line terminator and ignore any CR before it. Every
    /// end is therefore LF CR LF or LF LF, whichever comes first: two vectorised searches, whatever the mixture.
    /// </remarks>
    public static int Find(ReadOnlySpan<byte> octets, int from)
    {
        ReadOnlySpan<byte> rest = octets[from..];
        int usual = rest.IndexOf("\n\r\n"u8);
        int bare = (usual < 0 ? rest : rest[..(usual + 1)]).IndexOf("\n\n"u8);
        if (bare >= 0)
        {
            return from + bare + 2;
        }

        return usual < 0 ? -1 : from + usual + 3;
    }
}
