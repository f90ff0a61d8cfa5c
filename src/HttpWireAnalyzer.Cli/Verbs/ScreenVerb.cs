using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa FILE on a terminal: the capture on a screen of its own.</summary>
internal static class ScreenVerb
{
    /// <summary>Null where there is no such screen, or text is asked for.</summary>
    public static int? TryRun(Request request, Terminal terminal)
    {
        if (request.Json || request.Plain || !IsPossible(terminal) || !request.Files.All(IsReadTwice))
        {
            return null;
        }

        // What is wrong with a filter, a threshold or a file is said before the screen is taken.
        Selection.Of(request);
        var input = new CaptureFiles(request, RuleThresholds.Of(request, terminal));
        input.Open().Dispose();
        var options = new ShellOptions(
            request.DisplayFilter ?? "", Themes.Of(request.Colour, request.Theme, terminal), Languages.Of(request.Language, terminal),
            new CaptureOrigin(Hwa.NameAndVersion), new RulePages(), new ListExport(request, terminal));
        return terminal.Screen!(input, options, terminal.Interrupt) switch
        {
            null => null,
            { Failure: { } failure } => throw new CaptureFormatException(failure),
            _ => ExitCode.Done,
        };
    }

    public static bool IsPossible(Terminal terminal) =>
        terminal.Screen is not null && terminal.OutputIsTerminal && terminal.Variable("TERM") is { Length: > 0 } and not "dumb";

    /// <summary>A pipe gives its octets once, and stories are read out of a file again.</summary>
    private static bool IsReadTwice(string path)
    {
        if (path == CaptureFile.StandardInputName)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.CanSeek;
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            // Opening it says what is wrong with it.
            return true;
        }
    }

    private sealed class CaptureFiles(Request request, RuleSettings rules) : ICaptureInput
    {
        public string Name => request.Files.Count == 1 ? request.Files[0] : $"{request.Files[0]} +{request.Files.Count - 1}";

        public bool IsLive => false;

        public AnalysisOptions Options { get; } = new() { MaxPackets = request.MaxPackets, Threads = request.Jobs };

        public RuleSettings Rules => rules;

        public ISocketOwners? Owners => null;

        public bool Reads(string path) => ReadFiles.Has(request.Files, path);

        public IPacketSource Open() => Reopen(keepsExtras: false);

        public void Stop()
        {
            // A file ends by itself.
        }

        public IPacketSource Reopen(bool keepsExtras) =>
            CaptureFile.Open(request.Files, new CaptureFileOptions
            {
                Filter = request.Filter,
                KeepsExtras = keepsExtras,
                IsReadAhead = request.Jobs > 1,
            });
    }
}
