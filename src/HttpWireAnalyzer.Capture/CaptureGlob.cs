using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HttpWireAnalyzer.Capture;

/// <summary>Files by pattern: * and ? within a name, ** over folders; the same order everywhere.</summary>
public static class CaptureGlob
{
    /// <summary>Files of one pattern. One that fits more is refused: what is left out would be taken for looked at.</summary>
    private const int Most = 10_000;

    private static readonly char[] Wild = ['*', '?'];

    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 32,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The file itself where it is no pattern; else those that are there, by name.</summary>
    /// <param name="folder">What a relative pattern is relative to.</param>
    /// <exception cref="CaptureFormatException">There are more than 10,000.</exception>
    public static IReadOnlyList<string> Find(string folder, string pattern) => Find(folder, pattern, Most);

    internal static IReadOnlyList<string> Find(string folder, string pattern, int most)
    {
        var first = pattern.IndexOfAny(Wild);
        if (first < 0)
        {
            return [Plain(Path.Combine(folder, pattern))];
        }

        // What stands before the first folder with a sign in it is looked up as it is.
        var slash = pattern.LastIndexOf('/', first);
        var root = slash < 0 ? folder : Path.Combine(folder, pattern[..int.Max(slash, 1)]);
        var rest = pattern[(slash + 1)..];
        if (!Directory.Exists(root.Length == 0 ? "." : root))
        {
            return [];
        }

        var match = new Regex(PatternOf(rest), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        var files = rest.Contains('/', StringComparison.Ordinal)
            ? Directory.EnumerateFiles(root.Length == 0 ? "." : root, "*", Everywhere)
            : Directory.EnumerateFiles(root.Length == 0 ? "." : root);
        List<string> found =
        [
            .. files
                .Select(file => Path.GetRelativePath(root.Length == 0 ? "." : root, file).Replace('\\', '/'))
                .Where(file => match.IsMatch(file))
                .Take(most + 1),
        ];
        return found.Count <= most
            ? [.. found.Order(StringComparer.Ordinal).Select(file => Plain(Path.Combine(root, file)))]
            : throw new CaptureFormatException(string.Create(
                CultureInfo.InvariantCulture, $"{pattern}: more than {most} files fit this: give patterns that fit fewer"));
    }

    /// <summary>Without "..": as short as it can be said from here, unless it was said from the root.</summary>
    private static string Plain(string path) =>
        Path.IsPathRooted(path) ? Path.GetFullPath(path) : Path.GetRelativePath(".", path);

    private static string PatternOf(string glob)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < glob.Length; i++)
        {
            if (string.CompareOrdinal(glob, i, "**/", 0, 3) == 0)
            {
                pattern.Append("(.*/)?");
                i += 2;
            }
            else
            {
                pattern.Append(glob[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var letter => Regex.Escape(letter.ToString()),
                });
            }
        }

        return pattern.Append('$').ToString();
    }
}
