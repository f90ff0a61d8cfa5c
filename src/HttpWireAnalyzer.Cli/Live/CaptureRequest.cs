using System.CommandLine;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What the command line of hwa capture asks for.</summary>
/// <param name="On">The display filter that has packets written; null writes all of them.</param>
/// <param name="OnFindings">The rules whose findings have packets written; empty where <paramref name="On"/> or nothing does.</param>
/// <param name="Settings">Thresholds of those rules, as given to --set.</param>
/// <param name="Trigger">How much is written then.</param>
internal sealed record CaptureRequest(
    LiveOptions Capture, RecordingOptions Recording, string? On, IReadOnlyList<RuleCard> OnFindings, IReadOnlyList<string> Settings,
    TriggerOptions Trigger, bool Quiet)
{
    /// <summary>Nobody waits for a line.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    private const string UsualKept = "64MB";
    private const string UsualAfter = "5s";
    private const string UsualMostFiles = "10";

    /// <summary>Less would not hold the history of one connection.</summary>
    private const long LeastKept = 1_000_000;

    /// <summary>Packets are kept until something happens, and are not all written.</summary>
    public bool WaitsForReason => On is not null || OnFindings.Count > 0;

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public static CaptureRequest Of(IReadOnlyList<string> args)
    {
        var live = new LiveArguments();
        var recording = new RecordingArguments();
        var on = new Option<string?>("--on");
        var onFinding = new Option<string[]>("--on-finding") { AllowMultipleArgumentsPerToken = false };
        var settings = new Option<string[]>("--set") { AllowMultipleArgumentsPerToken = false };
        var keep = new Option<string?>("--keep");
        var after = new Option<string?>("--after");
        var atMost = new Option<string?>("--at-most");
        var quiet = new Option<bool>("-q", "--quiet");
        var command = new Command("capture") { on, onFinding, settings, keep, after, atMost, quiet };
        live.AddTo(command);
        recording.AddTo(command);

        var result = Arguments.Parse(command, args, out var behind);

        var request = new CaptureRequest(
            live.Of(result, behind, Timeout),
            recording.Of(result, live.StopOf(result)) ?? throw new UsageException("where to? -w OUT.pcapng names a file, -w - is standard output."),
            result.GetValue(on),
            RulesOf(result.GetValue(onFinding) ?? []),
            result.GetValue(settings) ?? [],
            new TriggerOptions(
                Size("--keep", result.GetValue(keep) ?? UsualKept),
                Duration("--after", result.GetValue(after) ?? UsualAfter),
                Count("--at-most", result.GetValue(atMost) ?? UsualMostFiles)),
            result.GetValue(quiet));
        var hasTriggerOptions = new[] { keep, after, atMost }.Any(option => result.GetValue(option) is not null);
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
            var card = RuleBook.Find(id) ?? throw new UsageException(
                $"no such rule: {PrintableText.Of(id)}.{Suggestion.For(id.ToUpperInvariant(), RuleBook.Cards.Select(known => known.Id))} hwa explain lists them.");
            cards.Add(card.NeedsWholeCapture
                ? throw new UsageException($"{card.Id} is known only when the capture has ended: it can set off no recording.")
                : card);
        }

        return cards;
    }

    private static long Size(string option, string given) => QuantityReader.Octets(given) is { } octets and >= LeastKept
        ? octets
        : throw new UsageException($"{option} takes a size of 1MB or more, not '{PrintableText.Of(given)}'.");

    private static TimeSpan Duration(string option, string given) => QuantityReader.Nanoseconds(given) is { } nanoseconds
        ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new UsageException($"{option} takes a duration such as 5s, not '{PrintableText.Of(given)}'.");

    private static int Count(string option, string given) => int.TryParse(given, out var count) && count > 0
        ? count
        : throw new UsageException($"{option} takes a number of files, not '{PrintableText.Of(given)}'.");
}
