using HttpWireAnalyzer.Cli.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Cli.Live;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Cli;

/// <summary>What a word of a command line may become. Nothing where it is a file's name.</summary>
internal static class WordCompletion
{
    /// <param name="before">The words before it, hwa included.</param>
    /// <param name="word">What has been typed of it, with its opening quote if it has one.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> before, string word)
    {
        var typed = word.TrimStart('\'', '"');
        if (before.Count == 1)
        {
            return Beginning(typed, [.. Verbs.Names, .. FilelessVerbs.Names, .. typed.StartsWith('-') ? OptionsOf(Verb.Summary) : []]);
        }

        if (FilelessVerbs.Find(before[1]) is not null)
        {
            return Beginning(typed, typed.StartsWith('-') ? OptionsOf(before[1]) : before[1] switch
            {
                "completion" => ["bash", "zsh", "fish"],
                "explain" => RuleBook.Cards.Select(card => card.Id),
                _ => [],
            });
        }

        var verb = Verbs.Find(before[1]) ?? Verb.Summary;
        return before[^1] switch
        {
            "-Y" => Filters(typed, Verbs.ScopeOf(verb)),
            "-e" => Names(typed, typed.LastIndexOf(',') + 1, verb),
            "--sort" => Names(typed, typed.StartsWith('-') ? 1 : 0, verb),
            "--color" => Beginning(typed, ["auto", "always", "never"]),
            "--fail-on" => Beginning(typed, Arguments.SeverityNames),
            "--profile" => Beginning(typed, PortProfile.All.Select(profile => profile.Name)),
            "--lang" => Beginning(typed, ["en", "ko"]),
            "--as" => Beginning(typed, ["http", "hex", "raw"]),
            "--side" => Beginning(typed, ["client", "server", "both"]),
            "-t" => Beginning(typed, ["relative", "delta", "absolute"]),
            "-r" or "-f" or "-c" or "-w" => [],
            _ => typed.StartsWith('-') ? Beginning(typed, OptionsOf(verb)) : [],
        };
    }

    private static IEnumerable<string> OptionsOf(Verb verb) => new CommandLine(verb).OptionNames;

    /// <summary>Of one of the <see cref="FilelessVerbs"/>, as its parser has them.</summary>
    private static IEnumerable<string> OptionsOf(string verb) => verb switch
    {
        "check" => new CheckArguments().OptionNames,
        "diff" => DiffVerb.OptionNames,
        "live" => new LiveCommandLine().OptionNames,
        "capture" => new CaptureCommandLine().OptionNames,
        "interfaces" or "-D" => InterfacesVerb.OptionNames,
        "explain" => ExplainVerb.OptionNames,
        "fields" => FieldsVerb.OptionNames,
        _ => ["--help"],
    };

    private static IEnumerable<string> Beginning(string typed, IEnumerable<string> words) =>
        words.Where(word => word.StartsWith(typed, StringComparison.Ordinal));

    /// <param name="kept">Characters that stay as they are: names before a comma, or the sign of the order.</param>
    private static IEnumerable<string> Names(string typed, int kept, Verb verb) => Verbs.FieldsOf(verb) is { } set
        ? Beginning(typed[kept..], FieldAliases.NamesOf(set)).Select(name => typed[..kept] + name)
        : [];

    private static IEnumerable<string> Filters(string typed, FilterScope scope)
    {
        var completion = FilterCompletion.Complete(typed, typed.Length, scope);
        return completion.Candidates.Select(candidate => typed[..completion.Replaced.Start] + candidate);
    }
}
