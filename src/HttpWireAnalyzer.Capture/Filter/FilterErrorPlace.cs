namespace HttpWireAnalyzer.Capture.Filter;

/// <summary>
/// Where in a BPF filter the error is, which libpcap does not say: at the first token that nothing could follow with
/// which the filter up to there would compile.
/// </summary>
internal static class FilterErrorPlace
{
    /// <summary>Of each kind of thing that the grammar (pcap-filter(7)) may want next, one.</summary>
    private static readonly string[] Continuations =
    [
        "", " 1", " 80-81", " 1.2.3.4", " 1.0.0.0/8", " 00:00:00:00:00:00", " tcp", " host 1.2.3.4", " = 1", " 1 = 1",
        "[1] = 1", "1] = 1", "] = 1", " mask 255.0.0.0", " \\tcp",
    ];

    /// <param name="message">libpcap's, which may name the token.</param>
    /// <param name="compiles">Whether a filter compiles.</param>
    /// <returns>The token; of no length and behind the filter where it only ends too soon.</returns>
    public static (int Start, int Length) Find(string filter, string message, Predicate<string> compiles)
    {
        if (Named(filter, message) is { } named)
        {
            return named;
        }

        var open = 0;
        var from = 0;
        while (NextToken(filter, from) is { Length: > 0 } token)
        {
            open += filter[token.Start] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            from = token.Start + token.Length;
            string closing = new(')', Math.Max(0, open));
            if (!Continuations.Any(next => compiles(filter[..from] + next + closing)))
            {
                return token;
            }
        }

        return (filter.TrimEnd().Length, 0);
    }

    // As in: unknown host 'x'.
    private static (int Start, int Length)? Named(string filter, string message)
    {
        var parts = message.Split('\'', '"');
        if (parts.Length < 3 || parts[1].Length == 0)
        {
            return null;
        }

        var at = filter.IndexOf(parts[1], StringComparison.Ordinal);
        return at < 0 ? null : (at, parts[1].Length);
    }

    private static (int Start, int Length) NextToken(string filter, int from)
    {
        while (from < filter.Length && char.IsWhiteSpace(filter[from]))
        {
            from++;
        }

        var end = from;
        while (end < filter.Length && IsOfWord(filter[end]))
        {
            end++;
        }

        // What is not of a word is a token of its own; operators of two characters are not worth telling apart.
        return (from, Math.Max(end, Math.Min(from + 1, filter.Length)) - from);
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character is '.' or ':' or '-' or '_' or '/' or '\\';
}
