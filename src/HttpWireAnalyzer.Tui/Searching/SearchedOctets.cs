namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Octets, so many to a line: by their letters, and by their digits.</summary>
/// <param name="digits">The column of a line's first octet in digits.</param>
/// <param name="letters">The column of its letter.</param>
internal sealed class SearchedOctets(byte[] octets, int perLine, int digits, int letters) : ISearchedLines
{
    public int Count => (octets.Length + perLine - 1) / perLine;

    public int Next(SoughtText text, int line, int direction)
    {
        var sought = text.AsOctets(asHex: true);
        var match = direction > 0 ? sought.First(octets, (line + 1) * perLine) : sought.Last(octets, int.Max(0, line * perLine));
        return match is { } found ? found.At / perLine : -1;
    }

    public IEnumerable<FoundColumns> On(SoughtText text, int line)
    {
        var sought = text.AsOctets(asHex: true);
        var (start, end) = (line * perLine, int.Min((line + 1) * perLine, octets.Length));
        var columns = new List<FoundColumns>();
        var from = int.Max(0, start - sought.Length + 1);
        while (sought.First(octets, from) is { } found && found.At < end)
        {
            if (found.End > start)
            {
                columns.AddRange(FoundColumns.OfOctets(digits, letters, int.Max(found.At, start) - start, int.Min(found.End, end) - start));
            }

            from = found.End;
        }

        return columns;
    }
}
