using System.CommandLine;
using HttpWireAnalyzer.Analysis.Live;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Turns the arguments of hwa live into a <see cref="LiveRequest"/>.</summary>
internal sealed class LiveCommandLine
{
    /// <summary>A line is to be there within 200 ms of its packet: what the kernel may take of that.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly LiveArguments _live = new();
    private readonly RecordingArguments _recording = new();
    private readonly Option<string?> _display = new("-Y");
    private readonly Option<bool> _json = new("--json");
    private readonly Option<bool> _plain = new("--plain");
    private readonly Option<string?> _language = new("--lang");
    private readonly Option<string?> _theme = new("--theme");
    private readonly Option<string[]> _settings = new("--set") { AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _quiet = new("-q", "--quiet");
    private readonly Option<string?> _colour = new("--color");
    private readonly Option<string?> _only = new("--only");
    private readonly Option<bool> _noProcesses = new("--no-process");
    private readonly Option<string?> _mostOpen = new("--max-open");
    private readonly Command _command;

    public LiveCommandLine()
    {
        _command = new Command("live")
        {
            _display, _json, _plain, _language, _theme, _settings, _quiet, _colour, _only, _noProcesses, _mostOpen,
        };
        _live.AddTo(_command);
        _recording.AddTo(_command);
    }

    public IEnumerable<string> OptionNames => Arguments.OptionNames(_command);

    /// <exception cref="UsageException">The arguments make no request.</exception>
    public LiveRequest Parse(IReadOnlyList<string> args)
    {
        var result = Arguments.Parse(_command, args, out var behind);

        var kind = result.GetValue(_only) is { } one ? Arguments.OneOf("--only", one, "conns", "exchanges") : null;
        var request = new LiveRequest
        {
            Capture = _live.Of(result, behind, Timeout),
            Limits = LiveLimits.Tracker with { MostConnections = MostOpen(result.GetValue(_mostOpen)) },
            Recording = _recording.Of(result, _live.StopOf(result)),
            DisplayFilter = result.GetValue(_display),
            Json = result.GetValue(_json),
            Plain = result.GetValue(_plain) || kind is not null || result.GetValue(_quiet),
            Language = result.GetValue(_language),
            Theme = Themes.Checked(result.GetValue(_theme)),
            Settings = result.GetValue(_settings) ?? [],
            Quiet = result.GetValue(_quiet),
            Colour = Colourings.Read(result.GetValue(_colour)),
            Connections = kind != "exchanges",
            Exchanges = kind != "conns",
            Processes = !result.GetValue(_noProcesses),
        };
        return (request.Json || request.Plain) && request is not { Language: null, Theme: null, Settings.Count: 0 }
            ? throw new UsageException("--lang, --theme and --set are of the screen: they go without --plain, --only, --json and -q.")
            : request;
    }

    private static int MostOpen(string? given) => given is null ? LiveLimits.Tracker.MostConnections
        : (int?)Arguments.Count(given, int.MaxValue)
        ?? throw new UsageException($"--max-open takes a number of connections, not '{given}'.");
}
