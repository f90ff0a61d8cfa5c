namespace HttpWireAnalyzer.Http;

/// <summary>Finds the empty line that ends a head.</summary>
internal static class HeadEnd
{
    /// <summary>The longest end: LF CR CR LF.</summary>
    public const int Longest = 4;

    /// <summary>
    /// The octets up to and with the empty line, or -1 where it is not there yet. An octet before
    /// <paramref name="from"/> cannot begin the line ends in question.
    /// </summary>
    /// <remarks>
    /// RFC 9112 §2.2: a recipient MAY recognize a single LF as a line terminator and ignore any CR before it. Every
    /// end is therefore LF LF, or LF and an empty line that begins with CR, whichever comes first: two vectorised
    /// searches, whatever the mixture. LF CR stands nowhere else in a head that is in order.
    /// </remarks>
    public static int Find(ReadOnlySpan<byte> octets, int from)
    {
        var rest = octets[from..];
        var usual = FindWithCarriageReturn(rest);
        var bare = (usual < 0 ? rest : rest[..usual]).IndexOf("\n\n"u8);
        var end = bare < 0 ? usual : bare + 2;
        return end < 0 ? -1 : from + end;
    }

    /// <summary>
    /// The length of the empty line that the octets begin with; 0 without one. CR CR LF is one: where a text file's line ends
    /// are made of lines that have theirs already, each line ends so (decision 35).
    /// </summary>
    public static int EmptyLine(ReadOnlySpan<byte> octets) => octets switch
    {
        [Characters.LineFeed, ..] => 1,
        [Characters.CarriageReturn, Characters.LineFeed, ..] => 2,
        [Characters.CarriageReturn, Characters.CarriageReturn, Characters.LineFeed, ..] => 3,
        _ => 0,
    };

    private static int FindWithCarriageReturn(ReadOnlySpan<byte> octets)
    {
        var line = 0;
        for (var found = octets.IndexOf("\n\r"u8); found >= 0; found = octets[line..].IndexOf("\n\r"u8))
        {
            line += found + 1;
            var length = EmptyLine(octets[line..]);
            if (length > 0)
            {
                return line + length;
            }
        }

        return -1;
    }
}
