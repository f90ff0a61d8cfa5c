using System.CommandLine;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Live;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What the command line of hwa live asks for.</summary>
internal sealed record LiveRequest
{
    /// <summary>A line is to be there within 200 ms of its packet: what the kernel may take of that.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    public required LiveOptions Capture { get; init; }

    public required TrackerLimits Limits { get; init; }

    /// <summary>Where packets are written beside; null where they are not.</summary>
    public RecordingOptions? Recording { get; init; }

    /// <summary>The display filter as given; null to tell everything.</summary>
    public string? DisplayFilter { get; init; }

    public bool Json { get; init; }

    /// <summary>The list, even where there is a terminal to show a screen on.</summary>
    public bool Plain { get; init; }

    /// <summary>--lang as given; null for the environment's.</summary>
    public string? Language { get; init; }

    /// <summary>--theme as given; null for the environment's.</summary>
    public string? Theme { get; init; }

    /// <summary>Thresholds of the screen's findings, as given to --set.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public bool Quiet { get; init; }

    public string Colour { get; init; } = "auto";

    public bool Connections { get; init; } = true;

    public bool Exchanges { get; init; } = true;

    /// <summary>Ask whose the sockets are.</summary>
    public bool Processes { get; init; } = true;

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public static LiveRequest Of(IReadOnlyList<string> args)
    {
        var live = new LiveArguments();
        var recording = new RecordingArguments();
        var display = new Option<string?>("-Y");
        var json = new Option<bool>("--json");
        var plain = new Option<bool>("--plain");
        var language = new Option<string?>("--lang");
        var theme = new Option<string?>("--theme");
        var settings = new Option<string[]>("--set") { AllowMultipleArgumentsPerToken = false };
        var quiet = new Option<bool>("-q", "--quiet");
        var colour = new Option<string?>("--color");
        var only = new Option<string?>("--only");
        var noProcesses = new Option<bool>("--no-process");
        var mostOpen = new Option<string?>("--max-open");
        var command = new Command("live") { display, json, plain, language, theme, settings, quiet, colour, only, noProcesses, mostOpen };
        live.AddTo(command);
        recording.AddTo(command);

        var result = Arguments.Parse(command, args, out var behind);

        var kind = result.GetValue(only) is { } one ? Arguments.OneOf("--only", one, "conns", "exchanges") : null;
        return new LiveRequest
        {
            Capture = live.Of(result, behind, Timeout),
            Limits = LiveLimits.Tracker with { MostConnections = MostOpen(result.GetValue(mostOpen)) },
            Recording = recording.Of(result, live.StopOf(result)),
            DisplayFilter = result.GetValue(display),
            Json = result.GetValue(json),
            Plain = result.GetValue(plain) || kind is not null || result.GetValue(quiet),
            Language = result.GetValue(language),
            Theme = Themes.Checked(result.GetValue(theme)),
            Settings = result.GetValue(settings) ?? [],
            Quiet = result.GetValue(quiet),
            Colour = Arguments.OneOf("--color", result.GetValue(colour), "auto", "always", "never"),
            Connections = kind != "exchanges",
            Exchanges = kind != "conns",
            Processes = !result.GetValue(noProcesses),
        };
    }

    private static int MostOpen(string? given) => given is null ? LiveLimits.Tracker.MostConnections
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most
        : throw new UsageException($"--max-open takes a number of connections, not '{PrintableText.Of(given)}'.");
}
