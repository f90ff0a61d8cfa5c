namespace HttpWireAnalyzer.Query;

/// <summary>The word that was probably meant.</summary>
public static class Suggestion
{
    /// <summary>So many letters at least stand for more.</summary>
    private const int Fewest = 3;

    /// <summary>" Did you mean 'x'?", or nothing where no word is near.</summary>
    public static string For(string given, IEnumerable<string> candidates)
    {
        // The distance costs time in proportion to both lengths, and no name is nearly so long.
        const int Longest = 100;
        if (given.Length > Longest)
        {
            return "";
        }

        var known = candidates.ToList();
        var near = known
            .Select(word => (Word: word, Distance: Distance(given, word)))
            .Where(candidate => candidate.Distance <= int.Max(1, int.Max(given.Length, candidate.Word.Length) / 3)
                && (candidate.Distance < LettersOf(given) || given.Equals(candidate.Word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        var meant = Shortest(known.Where(word => Begins(given, word))) ?? Shortest(known.Where(word => Ends(given, word))) ?? near.Word ?? Shortest(known.Where(word => Abbreviates(given, word)));
        return meant is null ? "" : $" Did you mean '{meant}'?";
    }

    /// <summary>Without the dashes of an option: two that have one letter each are one letter apart, and have none in common.</summary>
    private static int LettersOf(string given) => given.TrimStart('-').Length;

    private static string? Shortest(IEnumerable<string> words) =>
        words.OrderBy(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The word begins with it: typing broke off.</summary>
    private static bool Begins(string given, string word) => given.Length >= Fewest && word.StartsWith(given, StringComparison.Ordinal);

    /// <summary>Without what stands before its last point: severity for finding.severity.</summary>
    private static bool Ends(string given, string word) => given.Length > 0 && word.EndsWith("." + given, StringComparison.Ordinal);

    /// <summary>The word is not much longer and has its letters in that order: rst for reset.</summary>
    private static bool Abbreviates(string given, string word)
    {
        if (given.Length < Fewest || word.Length == 0 || word.Length > 2 * given.Length || given[0] != word[0])
        {
            return false;
        }

        var at = 0;
        foreach (var letter in word)
        {
            at += at < given.Length && given[at] == letter ? 1 : 0;
        }

        return at == given.Length;
    }

    /// <summary>Levenshtein's: letters to add, remove or change.</summary>
    private static int Distance(string one, string other)
    {
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                var change = previous[j] + (one[i] == other[j] ? 0 : 1);
                current[j + 1] = int.Min(change, int.Min(previous[j + 1], current[j]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
