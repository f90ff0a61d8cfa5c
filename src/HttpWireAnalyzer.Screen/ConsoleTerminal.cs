using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// The terminal of standard input and output. The only file that touches signals, and, but for <see cref="TerminalSize"/>, the console. Whichever way the
/// program ends, short of SIGKILL, the terminal is given back as it was.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ConsoleTerminal : ITerminal
{
    /// <summary>Keys that were not read yet: who types ahead of that waits.</summary>
    private const int MostAhead = 4096;

    private readonly BlockingCollection<Input> _inputs = new(MostAhead);
    private readonly ConcurrentQueue<Key> _events = new();
    private readonly KeyDecoder _decoder = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Lock _lock = new();
    private readonly AwaitedAnswer _background = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private long _heard;
    private bool _isTaken;
    private bool _isStopped;
    private readonly EndSignal _asked = new();

    private ConsoleTerminal()
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnCrash;
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnEnd));
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Tell(Key.Resize)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, OnStop));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, OnContinue));
        Resume();
        new Thread(ReadKeys) { IsBackground = true, Name = "keys" }.Start();
    }

    /// <summary>
    /// DEC private modes of xterm: another screen; no cursor; lines are not wrapped; the mouse's buttons, wheel and
    /// drags, said in SGR's way; marks around what is pasted.
    /// </summary>
    private static ReadOnlySpan<byte> TakeOctets => "\e[?1049h\e[?25l\e[?7l\e[?1000h\e[?1002h\e[?1006h\e[?2004h"u8;

    /// <remarks>The runtime, which reads keys, has put the cursor's keys and the keypad into modes of their own (terminfo's smkx), and leaves them so.</remarks>
    private static ReadOnlySpan<byte> GiveBackOctets => "\e[?1l\e>\e[?2026l\e[?2004l\e[?1006l\e[?1002l\e[?1000l\e[m\e[?7h\e[?25h\e[?1049l"u8;

    public (int Width, int Height) Size => TerminalSize.OfOutput() ?? (80, 24);

    /// <summary>Takes the terminal; null where there is none that a screen can be shown on, as where it cannot move its cursor.</summary>
    public static ConsoleTerminal? Open() =>
        Console.IsInputRedirected || Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb"
            ? null
            : new ConsoleTerminal();

    public void Write(ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                Put(octets);
            }
        }
    }

    public bool TryRead(out Key key, TimeSpan timeout)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!_decoder.TryNext(out key))
        {
            _decoder.IsAnswerDue = _background.IsDue;
            if (_events.TryDequeue(out key))
            {
                return true;
            }

            var left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - Stopwatch.GetElapsedTime(begun);
            var patience = _decoder.Patience is { } wait ? wait - Stopwatch.GetElapsedTime(_heard) : TimeSpan.MaxValue;
            if (_inputs.TryTake(out var input, Milliseconds(left < patience ? left : patience)))
            {
                Hear(input);
            }
            else if (patience <= left)
            {
                _decoder.Settle();
            }
            else
            {
                return false;
            }
        }

        if (key.Code == KeyCode.Background)
        {
            _background.Arrive();
        }

        return true;
    }

    public void AskBackground()
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                _background.Ask();
                Put("\e]11;?\e\\"u8);
            }
        }
    }

    /// <remarks>It goes on with SIGCONT.</remarks>
    public void Stop()
    {
        // All that run with it in one job: the shell waits for the group.
        const int Group = 0;
        _background.Await();
        StopNow(Group);
    }

    public void Dispose()
    {
        _background.Await();
        Suspend();
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnCrash;
        _registrations.ForEach(registration => registration.Dispose());
        _output.Dispose();
    }

    private static int Milliseconds(TimeSpan time) =>
        time == TimeSpan.MaxValue ? Timeout.Infinite : (int)double.Clamp(double.Ceiling(time.TotalMilliseconds), 0, int.MaxValue);

    private void Suspend()
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                Put(GiveBackOctets);
                _isTaken = false;
                Console.TreatControlCAsInput = false;
            }
        }
    }

    private void Resume()
    {
        lock (_lock)
        {
            if (!_isTaken)
            {
                Console.TreatControlCAsInput = true;
                _isTaken = true;
            }

            // Whoever had the terminal meanwhile may have left it in any mode.
            Put(TakeOctets);
        }

        Tell(Key.Resize);
    }

    private void Hear(Input input)
    {
        if (input.Info is { } info)
        {
            _heard = Stopwatch.GetTimestamp();
            _decoder.Take(info);
        }
    }

    /// <summary>What happened to the terminal goes before keys that wait; whoever sleeps on them is woken.</summary>
    private void Tell(Key key)
    {
        _events.Enqueue(key);
        _ = _inputs.TryAdd(default);
    }

    /// <summary>
    /// The only thread that reads. It lives as long as the program: nothing can call it back from the kernel.
    /// </summary>
    private void ReadKeys()
    {
        try
        {
            while (Console.ReadKey(intercept: true) is var info && info != default)
            {
                _inputs.Add(new Input(info));
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            // The terminal is no more; that is told below, in the same way as its end.
        }

        Tell(Key.EndAsked);
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        try
        {
            _output.Write(octets);
            _output.Flush();
        }
        catch (IOException)
        {
            // The terminal is no more: SIGHUP says so too, where anybody sends it.
            Tell(Key.EndAsked);
        }
    }

    private void OnEnd(PosixSignalContext context)
    {
        context.Cancel = _asked.LetsEndInOrder(context.Signal, Environment.TickCount64);
        if (!context.Cancel)
        {
            Suspend();
        }

        Tell(Key.EndAsked);
    }

    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        StopNow(Environment.ProcessId);
    }

    /// <remarks>With SIGSTOP: of SIGTSTP, which is caught here, the runtime makes nothing.</remarks>
    private void StopNow(int processes)
    {
        Suspend();
        _isStopped = true;
        var stop = OperatingSystem.IsLinux() ? 19 : 17;
        _ = kill(processes, stop);
    }

    /// <summary>Another program that the terminal was given to keeps it.</summary>
    private void OnContinue(PosixSignalContext context)
    {
        if (_isTaken || _isStopped)
        {
            _isStopped = false;
            Resume();
        }
    }

    private void OnExit(object? sender, EventArgs e) => Suspend();

    private void OnCrash(object sender, UnhandledExceptionEventArgs e) => Suspend();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    /// <param name="Info">Null where something else happened, and was put where it is looked for first.</param>
    private readonly record struct Input(ConsoleKeyInfo? Info);
}
