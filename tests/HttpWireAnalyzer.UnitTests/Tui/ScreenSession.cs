using System.Collections.Concurrent;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Texts;
using HttpWireAnalyzer.Tui.Views;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>The whole of the screen but for the terminal: keys in, text out. Work that is asked for is waited for.</summary>
internal sealed class ScreenSession : IMailbox, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<Message> _messages = [];
    private readonly Workers _workers;

    public ScreenSession(ICaptureInput input, int width = 80, int height = 24, Language language = Language.English, IListExport? export = null)
    {
        var rows = new CaptureRows();
        _workers = new Workers(input, rows, new CaptureOrigin("test"), export ?? new NoExport(), this);
        Model = new Model
        {
            Capture = new CaptureState { Rows = rows },
            Name = input.Name,
            HasProcesses = input.Owners is not null,
            Wording = Wording.In(language),
            Pages = new RulePages(),
            Width = width,
            Height = height,
        };
        _workers.StartReading();
        while (Model.Capture.Phase == CapturePhase.Reading)
        {
            Take();
        }
    }

    public Model Model { get; private set; }

    /// <summary>What was put on the clipboard.</summary>
    public string? Copied { get; private set; }

    public static ScreenSession Of(string capture, int width = 80, int height = 24, Language language = Language.English) =>
        Of(capture, null, width, height, language);

    public static ScreenSession Of(string capture, IListExport? export, int width = 80, int height = 24, Language language = Language.English) =>
        new(new CapturedFile(Repository.CaptureOf(capture), RuleSettings.Usual), width, height, language, export);

    /// <summary>Of a file that is none of the library's.</summary>
    public static ScreenSession OfFile(string path) => new(new CapturedFile(path, RuleSettings.Usual));

    /// <summary>Of a capture as if it was live, with processes at its ends.</summary>
    public static ScreenSession Of(string capture, ISocketOwners owners, int width) =>
        new(new CapturedFile(Repository.CaptureOf(capture), RuleSettings.Usual, owners), width, 24);

    /// <summary>Where these tests, and the screens that they expect, are.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "HttpWireAnalyzer.UnitTests", "Tui");

    public ScreenSession Press(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            Send(new KeyPressed(key));
        }

        return this;
    }

    public ScreenSession Type(string text)
    {
        foreach (var letter in text)
        {
            Send(new KeyPressed(letter == ' ' ? "Space" : letter.ToString()));
        }

        return this;
    }

    public void Send(Message message)
    {
        var step = Update.Of(Model, message);
        Model = step.Model;
        foreach (var effect in step.Effects)
        {
            if (effect is Copy copy)
            {
                Copied = copy.Text;
            }
            else if (effect is not (Redraw or StopCapture or Suspend))
            {
                _workers.Do(effect, Model.Capture);
                while (Take() is DetailAdvanced)
                {
                }
            }
        }
    }

    public string Draw()
    {
        var sheet = new Sheet(Model.Width, Model.Height);
        Frame.Draw(Model, sheet);
        return sheet.Grid.Dump();
    }

    public void Post(Message message) => _messages.Add(message);

    public void Dispose()
    {
        _workers.Dispose();
        _messages.Dispose();
    }

    private Message Take()
    {
        if (!_messages.TryTake(out var message, Patience))
        {
            throw new TimeoutException("no answer");
        }

        if (message is Broke broke)
        {
            broke.Failure.Throw();
        }

        Send(message);
        return message;
    }

    private sealed class NoExport : IListExport
    {
        public void Write(ExportedList list, string filter, ExportForm form, Stream output, CancellationToken stop) =>
            throw new InvalidOperationException("Nobody asked for it.");
    }

    /// <summary>A file of the library, under a name that is the same on every machine.</summary>
    private sealed class CapturedFile(string path, RuleSettings rules, ISocketOwners? owners = null) : ICaptureInput
    {
        public string Name => "capture.pcapng";

        public bool IsLive => false;

        public AnalysisOptions Options { get; } = new();

        public RuleSettings Rules => rules;

        public ISocketOwners? Owners => owners;

        public bool Reads(string file) => Path.GetFullPath(file) == Path.GetFullPath(path);

        public IPacketSource Open() => Reopen(false);

        public void Stop()
        {
        }

        public IPacketSource Reopen(bool keepsExtras) => CaptureFile.Open(path, new CaptureFileOptions { KeepsExtras = keepsExtras });
    }
}
