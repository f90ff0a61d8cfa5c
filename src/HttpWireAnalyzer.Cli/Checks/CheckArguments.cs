using System.CommandLine;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>What hwa check is asked for.</summary>
internal sealed record CheckRequest
{
    public required IReadOnlyList<string> Specs { get; init; }

    /// <summary>In place of the captures that specs name; empty for those.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    public string? JUnit { get; init; }

    public bool Json { get; init; }

    /// <summary>Annotations for GitHub Actions.</summary>
    public bool Annotates { get; init; }

    public string? Sarif { get; init; }

    /// <summary>A file of findings that are known; null without one.</summary>
    public string? Baseline { get; init; }

    public FailurePolicy Policy { get; init; } = FailurePolicy.Usual;

    public IReadOnlyList<string> Settings { get; init; } = [];

    public bool Quiet { get; init; }

    public string Colour { get; init; } = "auto";
}

/// <summary>Reads the arguments of hwa check.</summary>
internal static class CheckArguments
{
    /// <summary>For completion.</summary>
    public static readonly string[] OptionNames =
        ["--baseline", "--color", "--fail-on", "--format", "--help", "--inconclusive", "--json", "--junit", "--quiet", "--sarif", "--schema", "--set"];

    private static readonly string[] SpecEndings = [".yaml", ".yml"];

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public static CheckRequest Parse(IReadOnlyList<string> args, Terminal terminal)
    {
        var operands = new Argument<string[]>("SPEC") { Arity = ArgumentArity.ZeroOrMore };
        var junit = new Option<string?>("--junit");
        var sarif = new Option<string?>("--sarif");
        var json = new Option<bool>("--json");
        var format = new Option<string?>("--format");
        var baseline = new Option<string?>("--baseline");
        var failOn = new Option<string?>("--fail-on");
        var inconclusive = new Option<string?>("--inconclusive");
        var settings = new Option<string[]>("--set") { AllowMultipleArgumentsPerToken = false };
        var read = new Option<string[]>("-r") { AllowMultipleArgumentsPerToken = false };
        var quiet = new Option<bool>("-q", "--quiet");
        var colour = new Option<string?>("--color");
        var command = new Command("hwa") { operands, junit, sarif, json, format, baseline, failOn, inconclusive, settings, read, quiet, colour };
        var result = Arguments.Parse(command, args);
        string[] given = result.GetValue(operands) ?? [];
        if (Array.Find(given, word => word.Length > 1 && word[0] == '-') is { } unknown)
        {
            throw new UsageException($"no such option: {PrintableText.Of(unknown)}.{Suggestion.For(unknown, OptionNames)}");
        }

        List<string> specs = [.. given.Where(IsSpec)];
        List<string> captures = [.. result.GetValue(read) ?? [], .. given.Where(word => !IsSpec(word))];
        if (specs.Count == 0)
        {
            throw new UsageException("which spec? Name a file that ends in .yaml or .yml; hwa init CAPTURE writes one to begin with.");
        }

        if (captures.Contains(CaptureFile.StandardInputName) && specs.Count > 1)
        {
            throw new UsageException("standard input can be read for one spec.");
        }

        return new CheckRequest
        {
            Specs = specs,
            Captures = captures,
            JUnit = result.GetValue(junit),
            Sarif = result.GetValue(sarif),
            Json = result.GetValue(json),
            Annotates = FormatOf(result.GetValue(format), terminal),
            Baseline = result.GetValue(baseline),
            Policy = new FailurePolicy(
                Arguments.SeverityOf("--fail-on", result.GetValue(failOn)),
                Arguments.OneOf("--inconclusive", result.GetValue(inconclusive), "error", "skip") == "skip"),
            Settings = result.GetValue(settings) ?? [],
            Quiet = result.GetValue(quiet),
            Colour = Arguments.OneOf("--color", result.GetValue(colour), "auto", "always", "never"),
        };
    }

    private static bool IsSpec(string path) => SpecEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>GitHub says that it is there.</summary>
    private static bool FormatOf(string? given, Terminal terminal) => given is null
        ? terminal.Variable("GITHUB_ACTIONS") == "true"
        : Arguments.OneOf("--format", given, "text", "github") == "github";
}
