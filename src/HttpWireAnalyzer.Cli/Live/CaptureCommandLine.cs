using System.CommandLine;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Turns the arguments of hwa capture into a <see cref="CaptureRequest"/>.</summary>
internal sealed class CaptureCommandLine
{
    /// <summary>Nobody waits for a line.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    private const string UsualKept = "64MB";
    private const string UsualAfter = "5s";
    private const string UsualMostFiles = "10";

    /// <summary>Less would not hold the history of one connection.</summary>
    private const long LeastKept = 1_000_000;

    private readonly LiveArguments _live = new();
    private readonly RecordingArguments _recording = new();
    private readonly Option<string?> _on = new("--on");
    private readonly Option<string[]> _onFinding = new("--on-finding") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _settings = new("--set") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _keep = new("--keep");
    private readonly Option<string?> _after = new("--after");
    private readonly Option<string?> _atMost = new("--at-most");
    private readonly Option<bool> _quiet = new("-q", "--quiet");
    private readonly Command _command;

    public CaptureCommandLine()
    {
        _command = new Command("capture") { _on, _onFinding, _settings, _keep, _after, _atMost, _quiet };
        _live.AddTo(_command);
        _recording.AddTo(_command);
    }

    public IEnumerable<string> OptionNames => Arguments.OptionNames(_command);

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public CaptureRequest Parse(IReadOnlyList<string> args)
    {
        var result = Arguments.Parse(_command, args, out var behind);

        var request = new CaptureRequest(
            _live.Of(result, behind, Timeout),
            _recording.Of(result, _live.StopOf(result)) ?? throw new UsageException("where to? -w OUT.pcapng names a file, -w - is standard output."),
            result.GetValue(_on),
            RulesOf(result.GetValue(_onFinding) ?? []),
            result.GetValue(_settings) ?? [],
            new TriggerOptions(
                Size("--keep", result.GetValue(_keep) ?? UsualKept),
                Duration("--after", result.GetValue(_after) ?? UsualAfter),
                Count("--at-most", result.GetValue(_atMost) ?? UsualMostFiles)),
            result.GetValue(_quiet));
        var hasTriggerOptions = new[] { _keep, _after, _atMost }.Any(option => result.GetValue(option) is not null);
        if (request is { On: not null, OnFindings.Count: > 0 })
        {
            throw new UsageException("--on and --on-finding: give one of them.");
        }

        if (request is { Settings.Count: > 0, OnFindings.Count: 0 })
        {
            throw new UsageException("--set goes with --on-finding ID.");
        }

        return !request.WaitsForReason && hasTriggerOptions
            ? throw new UsageException("--keep, --after and --at-most go with --on FILTER or --on-finding ID.")
            : request.WaitsForReason && (request.Recording.IsStandardOutput || request.Recording is not { Rotation: null, StopAfterOctets: null })
                ? throw new UsageException("--on and --on-finding make files of their own: -w names them, without -b, -a filesize or -.")
                : request;
    }

    private static List<RuleCard> RulesOf(IEnumerable<string> ids)
    {
        var cards = new List<RuleCard>();
        foreach (var id in ids.SelectMany(given => given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var card = RuleNames.Find(id, out var problem) ?? throw new UsageException(problem);
            cards.Add(card.NeedsWholeCapture
                ? throw new UsageException($"{card.Id} is known only when the capture has ended: it can set off no recording.")
                : card);
        }

        return cards;
    }

    private static long Size(string option, string given) => QuantityReader.Octets(given) is { } octets and >= LeastKept
        ? octets
        : throw new UsageException($"{option} takes a size of 1MB or more, not '{given}'.");

    private static TimeSpan Duration(string option, string given) => QuantityReader.Nanoseconds(given) is { } nanoseconds
        ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new UsageException($"{option} takes a duration such as 5s, not '{given}'.");

    private static int Count(string option, string given) => (int?)Arguments.Count(given, int.MaxValue)
        ?? throw new UsageException($"{option} takes a number of files, not '{given}'.");
}
