using System.Collections.Concurrent;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Texts;
using HttpWireAnalyzer.Tui.Views;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.Tui;

/// <summary>What the screen begins with.</summary>
/// <param name="Filter">A display filter that connections are listed by; empty for none.</param>
/// <param name="Colours">Beside letters and signs.</param>
/// <param name="Language">Of its words, of findings and of stories.</param>
/// <param name="Origin">Who writes files.</param>
/// <param name="Pages">What i shows of a rule.</param>
/// <param name="Export">Who writes lists.</param>
public sealed record ShellOptions(string Filter, ScreenColours Colours, Language Language, CaptureOrigin Origin, IRulePages Pages, IListExport Export);

/// <summary>
/// Runs the screen, and is all that touches the terminal: one thread takes messages in their order, updates the model and
/// draws it. It waits where nothing comes; keys are read, and work is done, on threads of their own.
/// </summary>
public sealed class Shell : IMailbox
{
    private readonly BlockingCollection<Message> _messages = [];
    private readonly ITerminal _terminal;
    private readonly Painter _painter;
    private readonly bool _isBackgroundAsked;
    private Sheet _sheet = new(0, 0);

    private Shell(ITerminal terminal, ShellOptions options)
    {
        _terminal = terminal;
        _painter = new Painter(options.Colours.Depth);
        _isBackgroundAsked = options.Colours.IsAsked;
    }

    /// <summary>Shows a capture until the user ends it.</summary>
    /// <param name="terminal">The caller keeps it, and gives it back.</param>
    /// <param name="stop">Ends it from outside.</param>
    public static ShellResult Run(ITerminal terminal, ICaptureInput input, ShellOptions options, CancellationToken stop) =>
        new Shell(terminal, options).Run(input, options, stop);

    void IMailbox.Post(Message message) => _messages.Add(message);

    private ShellResult Run(ICaptureInput input, ShellOptions options, CancellationToken stop)
    {
        var rows = new CaptureRows();
        using var workers = new Workers(input, rows, options.Origin, options.Export, this);
        using var ending = stop.Register(() => _messages.Add(new EndAsked()));
        var (width, height) = _terminal.Size;
        var model = new Model
        {
            Capture = new CaptureState { Rows = rows, Phase = input.IsLive ? CapturePhase.Live : CapturePhase.Reading },
            Name = input.Name,
            HasProcesses = input.Owners is not null,
            Wording = Wording.In(options.Language),
            Pages = options.Pages,
            Width = width,
            Height = height,
            Background = options.Colours.Background,
        };
        new Thread(ReadKeys) { IsBackground = true, Name = "messages" }.Start();
        workers.StartReading();
        if (options.Filter.Length > 0)
        {
            model = Do(workers, ListUpdate.Filter(model, model.Connections, options.Filter));
        }

        // Nothing waits for the answer: what differs is drawn when it is there.
        Draw(model);
        AskBackground();
        while (!model.IsEnding)
        {
            Draw(model);
            model = Take(workers, model, _messages.Take(CancellationToken.None));

            // What has come meanwhile is drawn with it.
            while (!model.IsEnding && _messages.TryTake(out var message))
            {
                model = Take(workers, model, message);
            }
        }

        return new ShellResult(model.Capture.Failure);
    }

    private Model Take(Workers workers, Model model, Message message)
    {
        switch (message)
        {
            case Broke broke:
                broke.Failure.Throw();
                return model;
            case Resized:
                // Or it was away, and shows something else.
                _painter.Forget();
                break;
        }

        return Do(workers, Update.Of(model, message));
    }

    private Model Do(Workers workers, Step step)
    {
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case Redraw:
                    _painter.Forget();
                    AskBackground();
                    break;
                case Suspend:
                    _terminal.Stop();
                    break;
                case Copy copy:
                    _terminal.Write(Clipboard.Encode(copy.Text));
                    break;
                case StopCapture:
                    workers.StopCapture();
                    break;
                default:
                    workers.Do(effect, step.Model.Capture);
                    break;
            }
        }

        return step.Model;
    }

    private void AskBackground()
    {
        if (_isBackgroundAsked)
        {
            _terminal.AskBackground();
        }
    }

    private void Draw(Model model)
    {
        if (_sheet.Width != model.Width || _sheet.Height != model.Height)
        {
            _sheet = new Sheet(model.Width, model.Height);
        }

        _sheet.Grid.Clear();
        Frame.Draw(model, _sheet);
        var octets = _painter.Paint(_sheet.Grid);
        if (!octets.IsEmpty)
        {
            _terminal.Write(octets.Span);
        }
    }

    private void ReadKeys()
    {
        while (_terminal.TryRead(out var key, Timeout.InfiniteTimeSpan))
        {
            if (MessageOf(key) is { } message)
            {
                _messages.Add(message);
            }
        }
    }

    private Message? MessageOf(in Key key)
    {
        const int LinesOfWheel = 3;
        const int LeftButton = 0;
        return key.Code switch
        {
            KeyCode.Resize => new Resized(_terminal.Size.Width, _terminal.Size.Height),
            KeyCode.Background => new BackgroundTold(key.Colour),
            KeyCode.EndAsked => new EndAsked(),
            KeyCode.Paste => new TextPasted(key.Text ?? ""),
            KeyCode.WheelUp => new MouseUsed(key.Column, key.Row, -LinesOfWheel),
            KeyCode.WheelDown => new MouseUsed(key.Column, key.Row, LinesOfWheel),
            KeyCode.MousePress when key.Number == LeftButton => new MouseUsed(key.Column, key.Row, 0),
            KeyCode.MousePress or KeyCode.MouseRelease or KeyCode.MouseDrag or KeyCode.None => null,
            _ => new KeyPressed(key.ToString()),
        };
    }
}

/// <summary>What was left when the screen was closed.</summary>
/// <param name="Failure">Why the capture could not be read; null where it could.</param>
public readonly record struct ShellResult(string? Failure);
