namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Notices a display filter where a capture filter (pcap-filter(7)) is wanted.</summary>
public static class DisplayFilterGuess
{
    /// <summary>It names a field: those have points in their names, and no word of BPF is one.</summary>
    public static bool IsOne(string filter)
    {
        var names = FilterScope.All.SelectMany(scope => scope.Names).Where(name => name.Contains('.', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at < filter.Length; at++)
        {
            var end = at;
            while (end < filter.Length && (char.IsAsciiLetterOrDigit(filter[end]) || filter[end] is '.' or '_'))
            {
                end++;
            }

            if (names.Contains(filter[at..end]))
            {
                return true;
            }

            at = end;
        }

        return false;
    }
}
