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

        var options = OptionsOf(before[1]).ToList();
        if (options.Contains(before[^1]) && ValuesOf(before[^1], before[1], typed) is { } values)
        {
            return values;
        }

        return Beginning(typed, typed.StartsWith('-') ? options : OperandsOf(before[1]));
    }

    /// <summary>What the option takes; null where it takes nothing, or a file or a number.</summary>
    private static IEnumerable<string>? ValuesOf(string option, string verb, string typed) => option switch
    {
        "-Y" => Filters(typed, FilelessVerbs.Find(verb) is null ? Verbs.ScopeOf(Listed(verb)) : FilterScope.Connections),
        "--on" => Filters(typed, FilterScope.Connections),
        "-e" => Names(typed, typed.LastIndexOf(',') + 1, Listed(verb)),
        "--sort" => Names(typed, typed.StartsWith('-') ? 1 : 0, Listed(verb)),
        "--color" => Beginning(typed, Colourings.Names),
        "--theme" => Beginning(typed, Themes.Names),
        "--fail-on" when verb == "diff" => [],
        "--fail-on" => Beginning(typed, Arguments.SeverityNames),
        "--on-finding" => Beginning(typed, RuleBook.Cards.Where(card => !card.NeedsWholeCapture).Select(card => card.Id)),
        "--inconclusive" => Beginning(typed, ["error", "skip"]),
        "--format" => Beginning(typed, ["text", "github"]),
        "--only" => Beginning(typed, ["conns", "exchanges"]),
        "--profile" => Beginning(typed, PortProfile.All.Select(profile => profile.Name)),
        "--lang" => Beginning(typed, ["en", "ko"]),
        "--as" => Beginning(typed, ["http", "hex", "raw"]),
        "--side" => Beginning(typed, ["client", "server", "both"]),
        "-Q" => Beginning(typed, ["in", "out", "inout"]),
        "-t" => Beginning(typed, ["relative", "delta", "absolute"]),
        "-r" or "-f" or "-c" or "-w" => [],
        _ => null,
    };

    /// <summary>What the verb takes beside options; nothing where that is a file.</summary>
    private static IEnumerable<string> OperandsOf(string verb) => verb switch
    {
        "completion" => ["bash", "zsh", "fish"],
        "explain" => RuleBook.Cards.Select(card => card.Id),
        _ => [],
    };

    /// <summary>hwa FILE is hwa summary FILE.</summary>
    private static Verb Listed(string verb) => Verbs.Find(verb) ?? Verb.Summary;

    private static IEnumerable<string> OptionsOf(Verb verb) => new CommandLine(verb).OptionNames;

    /// <summary>As the verb's parser has them.</summary>
    private static IEnumerable<string> OptionsOf(string verb) => verb switch
    {
        _ when FilelessVerbs.Find(verb) is null => OptionsOf(Listed(verb)),
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
