using System.CommandLine;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Checks;

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

    /// <summary>A report for programs stands on standard output, and no text beside it.</summary>
    public bool FillsOutput => Json || JUnit == OutputFile.StandardOutputName || Sarif == OutputFile.StandardOutputName;

    public bool Quiet { get; init; }

    public Colouring Colour { get; init; }
}

/// <summary>Reads the arguments of hwa check.</summary>
internal sealed class CheckArguments
{
    private static readonly string[] SpecEndings = [".yaml", ".yml"];

    private readonly Argument<string[]> _operands = new("SPEC") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _junit = new("--junit");
    private readonly Option<string?> _sarif = new("--sarif");
    private readonly Option<bool> _json = new("--json");
    private readonly Option<string?> _format = new("--format");
    private readonly Option<string?> _baseline = new("--baseline");
    private readonly Option<string?> _failOn = new("--fail-on");
    private readonly Option<string?> _inconclusive = new("--inconclusive");
    private readonly Option<string[]> _settings = new("--set") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _read = new("-r") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _quiet = new("-q", "--quiet");
    private readonly Option<string?> _colour = new("--color");
    private readonly Option<bool> _schema = new("--schema");
    private readonly Command _command;

    public CheckArguments() => _command = new Command("hwa")
    {
        _operands, _junit, _sarif, _json, _format, _baseline, _failOn, _inconclusive, _settings, _read, _quiet, _colour, _schema,
    };

    public IEnumerable<string> OptionNames => Arguments.OptionNames(_command);

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public CheckRequest Parse(IReadOnlyList<string> args, Terminal terminal)
    {
        var result = Arguments.Parse(_command, args);
        var given = result.GetValue(_operands) ?? [];
        Arguments.RefuseOptions(given, OptionNames);
        List<string> specs = [.. given.Where(IsSpec)];
        List<string> captures = [.. result.GetValue(_read) ?? [], .. given.Where(word => !IsSpec(word))];
        if (specs.Count == 0)
        {
            throw new UsageException("which spec? Name a file that ends in .yaml or .yml; hwa init CAPTURE writes one to begin with.");
        }

        if (captures.Contains(CaptureFile.StandardInputName) && specs.Count > 1)
        {
            throw new UsageException("standard input can be read for one spec.");
        }

        string?[] outputs = [result.GetValue(_junit), result.GetValue(_sarif), result.GetValue(_json) ? OutputFile.StandardOutputName : null];
        if (outputs.Count(path => path == OutputFile.StandardOutputName) > 1)
        {
            throw new UsageException("standard output takes one report: --json, --junit - or --sarif -.");
        }

        return new CheckRequest
        {
            Specs = specs,
            Captures = captures,
            JUnit = result.GetValue(_junit),
            Sarif = result.GetValue(_sarif),
            Json = result.GetValue(_json),
            Annotates = FormatOf(result.GetValue(_format), terminal),
            Baseline = result.GetValue(_baseline),
            Policy = new FailurePolicy(
                Arguments.SeverityOf("--fail-on", result.GetValue(_failOn)),
                Arguments.OneOf("--inconclusive", result.GetValue(_inconclusive), "error", "skip") == "skip"),
            Settings = result.GetValue(_settings) ?? [],
            Quiet = result.GetValue(_quiet),
            Colour = Colourings.Read(result.GetValue(_colour)),
        };
    }

    private static bool IsSpec(string path) => SpecEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>GitHub says that it is there.</summary>
    private static bool FormatOf(string? given, Terminal terminal) => given is null
        ? terminal.Variable("GITHUB_ACTIONS") == "true"
        : Arguments.OneOf("--format", given, "text", "github") == "github";
}
