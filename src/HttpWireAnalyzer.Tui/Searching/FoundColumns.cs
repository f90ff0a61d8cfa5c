namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Columns of a line.</summary>
internal readonly record struct FoundColumns(int From, int Width)
{
    /// <summary>Of a line of octets: their digits, in two columns each with a blank between, two between eights, and their letters.</summary>
    /// <param name="digits">Where the first octet's digits stand.</param>
    /// <param name="letters">Where its letter stands.</param>
    public static IEnumerable<FoundColumns> OfOctets(int digits, int letters, int from, int to)
    {
        var first = digits + Geometry.DigitsAt(from);
        yield return new FoundColumns(first, digits + Geometry.DigitsAt(to - 1) + 2 - first);
        yield return new FoundColumns(letters + from, to - from);
    }
}
