using System.Collections.Concurrent;
using System.Runtime.Versioning;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Language;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Views;
using HttpWireAnalyzer.Tui.Work;

namespace HttpWireAnalyzer.Tui;

/// <summary>What the screen begins with.</summary>
/// <param name="Filter">A display filter that connections are listed by; empty for none.</param>
/// <param name="Colours">Those that the terminal has, beside letters and signs.</param>
/// <param name="Origin">Who writes files.</param>
public sealed record ShellOptions(string Filter, ColourDepth Colours, CaptureOrigin Origin);

/// <summary>
/// Runs the screen: one thread takes messages in their order, updates the model and draws it. It waits where nothing
/// comes; keys are read, and work is done, on threads of their own.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class Shell : IMailbox
{
    private readonly BlockingCollection<Message> _messages = [];
    private readonly ConsoleTerminal _terminal;
    private readonly Painter _painter;
    private readonly Sheet?[] _sheets = new Sheet?[2];
    private int _next;

    private Shell(ConsoleTerminal terminal, ShellOptions options)
    {
        _terminal = terminal;
        _painter = new Painter(options.Colours);
    }

    /// <summary>Shows a capture until the user ends it; false where there is no terminal to show it on.</summary>
    /// <param name="stop">Ends it from outside.</param>
    /// <returns>The capture as it was last seen.</returns>
    public static bool TryRun(ICaptureInput input, ShellOptions options, CancellationToken stop, out ShellResult result)
    {
        result = default;
        if (ConsoleTerminal.Open(out _) is not { } terminal)
        {
            return false;
        }

        using (terminal)
        {
            result = new Shell(terminal, options).Run(input, options, stop);
        }

        return true;
    }

    void IMailbox.Post(Message message) => _messages.Add(message);

    private ShellResult Run(ICaptureInput input, ShellOptions options, CancellationToken stop)
    {
        var rows = new CaptureRows();
        using var workers = new Workers(input, rows, options.Origin, this);
        using var ending = stop.Register(() => _messages.Add(new EndAsked()));
        var sized = Sized();
        var model = new Model
        {
            Capture = new CaptureState { Rows = rows, Phase = input.IsLive ? CapturePhase.Live : CapturePhase.Reading },
            Name = input.Name,
            Wording = English.Wording,
            Width = sized.Width,
            Height = sized.Height,
        };
        new Thread(ReadKeys) { IsBackground = true, Name = "keys" }.Start();
        workers.StartReading();
        if (options.Filter.Length > 0)
        {
            model = Do(workers, ListUpdate.Filter(model, model.Connections, options.Filter));
        }

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

        return new ShellResult(model.Capture.Packets, model.Capture.Failure);
    }

    private Model Take(Workers workers, Model model, Message message)
    {
        switch (message)
        {
            case Broke broke:
                broke.Failure.Throw();
                return model;
            case Resized resized:
                // The terminal may also have been away: what it shows is not known.
                _painter.Forget();
                return Do(workers, Update.Of(model, resized));
            default:
                return Do(workers, Update.Of(model, message));
        }
    }

    private Model Do(Workers workers, Step step)
    {
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case Redraw:
                    _painter.Forget();
                    break;
                case Suspend:
                    _terminal.Stop();
                    break;
                case Copy copy:
                    if (Clipboard.TryEncode(copy.Text, out var encoded))
                    {
                        _terminal.Write(encoded);
                    }

                    break;
                case StopCapture:
                    workers.StopReading();
                    break;
                default:
                    workers.Do(effect, step.Model.Capture);
                    break;
            }
        }

        return step.Model;
    }

    private void Draw(Model model)
    {
        ref var sheet = ref _sheets[_next];
        if (sheet is null || sheet.Width != model.Width || sheet.Height != model.Height)
        {
            sheet = new Sheet(model.Width, model.Height);
        }
        else
        {
            sheet.Clear();
        }

        Frame.Draw(model, sheet);
        var octets = _painter.Paint(sheet.Grid).Span;
        if (octets.Length > 0)
        {
            _terminal.Write(octets);
        }

        _next = 1 - _next;
    }

    private Resized Sized()
    {
        var (width, height) = _terminal.Size;
        return new Resized(width, height);
    }

    private void ReadKeys()
    {
        while (_terminal.TryRead(out var key, Timeout.InfiniteTimeSpan))
        {
            if ((key.Code == KeyCode.Resize ? Sized() : KeyMessages.Of(key)) is { } message)
            {
                _messages.Add(message);
            }

            if (key.Code == KeyCode.EndAsked)
            {
                return;
            }
        }
    }
}

/// <summary>What was left when the screen was closed.</summary>
/// <param name="Failure">Why the capture could not be read; null where it could.</param>
public readonly record struct ShellResult(long Packets, string? Failure);
