using System.CommandLine;
using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli;

/// <summary>What the command lines of all verbs have in common.</summary>
internal static class Arguments
{
    /// <summary>The worst first.</summary>
    public static readonly Severity[] Severities = [Severity.Error, Severity.Warning, Severity.Note, Severity.Info];

    /// <summary>As options and files say them.</summary>
    public static readonly string[] SeverityNames = [.. Severities.Select(severity => SeverityText.Of(severity, Language.English))];

    /// <exception cref="UsageException">They are not what the command takes.</exception>
    public static ParseResult Parse(Command command, IReadOnlyList<string> args)
    {
        var result = command.Parse(args, new ParserConfiguration
        {
            // A file named @x is a file.
            ResponseFileTokenReplacer = null,
        });
        return result.Errors.Count == 0 ? result : throw new UsageException(Repeated(command, result) ?? result.Errors[0].Message);
    }

    /// <summary>Null where no option is given more often than it can be.</summary>
    private static string? Repeated(Command command, ParseResult result)
    {
        var option = command.Options.FirstOrDefault(option => option is not Option<bool>
            && option.Arity.MaximumNumberOfValues == 1 && result.GetResult(option) is { IdentifierTokenCount: > 1 });
        return option is null ? null
            : $"{option.Name} is given more than once{(option.Name is "-f" or "-Y" ? ": join its filters with &&" : "")}.";
    }

    /// <param name="behind">What stands behind "--", where nothing is an option.</param>
    /// <exception cref="UsageException">They are not what the command takes.</exception>
    public static ParseResult Parse(Command command, IReadOnlyList<string> args, out IReadOnlyList<string> behind)
    {
        var end = args.ToList().IndexOf("--");
        behind = end < 0 ? [] : [.. args.Skip(end + 1)];
        return Parse(command, end < 0 ? args : [.. args.Take(end)]);
    }

    /// <summary>Every spelling of every option of the command, and --help: for completion.</summary>
    public static IEnumerable<string> OptionNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").Order(StringComparer.Ordinal);

    /// <summary>Refuses what looks like an option where none is left: the parser takes what it does not know for a file, or a word.</summary>
    /// <param name="known">The options that the verb has.</param>
    /// <param name="more">What is said behind it.</param>
    /// <exception cref="UsageException">One of the words looks like one.</exception>
    public static void RefuseOptions(IEnumerable<string> words, IEnumerable<string> known, string more = "")
    {
        if (words.FirstOrDefault(word => word.Length > 1 && word[0] == '-') is { } unknown)
        {
            throw new UsageException($"no such option: {unknown}.{Suggestion.For(unknown, known)}{more}");
        }
    }

    /// <summary>A number as options take it: digits alone, from 1 to <paramref name="most"/>; null for anything else.</summary>
    public static long? Count(string? given, long most = long.MaxValue) =>
        long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= most
            ? count
            : null;

    /// <summary>One of the words that an option takes; the first where it was not given.</summary>
    /// <exception cref="UsageException">It is another one.</exception>
    public static string OneOf(string option, string? given, params string[] allowed)
    {
        if (given is null)
        {
            return allowed[0];
        }

        return allowed.Contains(given, StringComparer.Ordinal)
            ? given
            : throw new UsageException(
                $"{option} takes {string.Join(", ", allowed)}, not '{given}'.{Suggestion.For(given, allowed)}");
    }

    /// <summary>A level that an option takes; the worst where it was not given.</summary>
    /// <exception cref="UsageException">It is another word.</exception>
    public static Severity SeverityOf(string option, string? given) =>
        Severities[Array.IndexOf(SeverityNames, OneOf(option, given, SeverityNames))];
}
