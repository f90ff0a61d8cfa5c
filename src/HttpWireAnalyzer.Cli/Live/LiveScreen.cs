using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>
/// A live capture on a screen of its own. What is captured is kept in a file that goes with the screen: stories and
/// filters are read out of it again.
/// </summary>
internal sealed class LiveScreen : ICaptureInput, IDisposable
{
    /// <summary>Where the file has this size the capture ends; what was captured stays on the screen.</summary>
    private const long MostKept = 4L << 30;

    private readonly LiveRequest _request;
    private readonly LiveTap _tap;
    private readonly Recording _kept;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"hwa-live-{Path.GetRandomFileName()}.pcapng");

    /// <param name="rules">Thresholds of the findings.</param>
    public LiveScreen(LiveRequest request, RuleSettings rules, LiveTap tap, Terminal terminal)
    {
        _request = request;
        Rules = rules;
        _tap = tap;
        var options = new RecordingOptions { Path = _path, Origin = CaptureOrigin.Here(Hwa.NameAndVersion), StopAfterOctets = MostKept };
        _kept = new Recording(tap.Source, tap.Recording?.Packets, Recording.ToFiles(tap.Source, options, terminal));
    }

    public string Name => string.Join(", ", _request.Capture.Interfaces);

    public bool IsLive => true;

    public AnalysisOptions Options => new() { Tracker = _request.Limits };

    public RuleSettings Rules { get; }

    public ISocketOwners? Owners => _tap.Processes;

    /// <summary>What -w writes is not read, but not to be written twice either.</summary>
    public bool Reads(string path) => ReadFiles.Has(_request.Recording is { } written ? [_path, written.Path] : [_path], path);

    public IPacketSource Open() => new Ending(_kept, _tap.Recording);

    public void Stop() => _tap.Source.Stop();

    public IPacketSource Reopen(bool keepsExtras) => CaptureFile.Open(_path, new CaptureFileOptions { KeepsExtras = keepsExtras });

    /// <summary>Shows it; what went wrong with files is thrown when the terminal is given back.</summary>
    public void Show(Terminal terminal)
    {
        var options = new ShellOptions(
            _request.DisplayFilter ?? "", Themes.Of(_request.Colour, _request.Theme, terminal), Languages.Of(_request.Language, terminal),
            CaptureOrigin.Here(Hwa.NameAndVersion), new RulePages(),
            new ListExport(new Request { Verb = Verb.Summary, Files = [_path], Language = _request.Language, Settings = _request.Settings }, terminal));
        var result = terminal.Screen!(this, options, terminal.Interrupt);
        Stop();
        if (result is { Failure: { } failure })
        {
            throw new CaptureFormatException(failure);
        }

        if (_tap.Recording?.Packets.Failure is { } unwritten)
        {
            throw unwritten;
        }
    }

    public void Dispose()
    {
        Stop();
        File.Delete(_path);
    }

    /// <summary>The packets, and what is to be done when no more are read.</summary>
    private sealed class Ending(Recording kept, Recording? recording) : IPacketSource
    {
        public IReadOnlyList<CaptureInterface> Interfaces => kept.Packets.Interfaces;

        public IReadOnlyList<CaptureRemark> Remarks => kept.Packets.Remarks;

        public bool Read(PacketBatch batch) => kept.Packets.Read(batch);

        public void Dispose()
        {
            kept.End();
            recording?.End();
        }
    }
}
