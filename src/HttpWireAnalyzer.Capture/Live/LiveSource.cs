using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>
/// Packets from interfaces, as they come. One thread of its own empties the kernel's buffers; whoever reads may be
/// behind by <see cref="LiveOptions.QueueOctets"/>.
/// </summary>
/// <remarks>
/// After <see cref="Stop"/> the kernel's buffers are emptied: <see cref="Read"/> goes on until all that the filter had
/// accepted by then was given, and only then returns false.
/// </remarks>
public sealed class LiveSource : IPacketSource
{
    /// <summary>How long a look for packets, or for an end, takes at most.</summary>
    private const int PollMilliseconds = 50;

    private const int DrainMilliseconds = 5;

    /// <summary>Beyond <see cref="LiveOptions.Timeout"/>: how late a packet can come out of the kernel.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(30);

    private readonly LiveOptions _options;
    private readonly LiveInterface[] _interfaces;
    private readonly PacketQueue _queue;
    private readonly TimelineMerge? _merge;
    private readonly Intake _intake;
    private readonly Thread _thread;
    private readonly CaptureInterface[] _described;
    private readonly Timestamp _began = LiveClock.Now;
    private volatile LiveCounters[] _counters;
    private volatile bool _stopping;
    private volatile bool _isOver;
    private volatile Exception? _failure;

    private LiveSource(LiveOptions options, LiveInterface[] interfaces)
    {
        _options = options;
        _interfaces = interfaces;
        _queue = new PacketQueue(options.QueueOctets);
        _intake = new Intake(_queue, options.MaxPackets, interfaces.Length);
        _merge = interfaces.Length > 1 ? new TimelineMerge(interfaces.Length, _intake) : null;
        _described = [.. interfaces.Select(each =>
            new CaptureInterface(each.Name, each.LinkType, (uint)options.SnapLength, options.Filter))];
        _counters = [.. interfaces.Select(each => each.Counters)];
        _thread = new Thread(Run) { IsBackground = true, Name = "capture" };
        _thread.Start();
    }

    public IReadOnlyList<CaptureInterface> Interfaces
    {
        get
        {
            var isOver = _isOver;
            return [.. _described.Zip(_counters, (each, counters) => each with { Counts = counters.ForFiles(isOver) with { Since = _began } })];
        }
    }

    /// <summary>Losses, and interfaces that went away.</summary>
    public IReadOnlyList<CaptureRemark> Remarks => [.. _interfaces.SelectMany((each, at) => LiveRemarks.Of(_counters[at], each.Ended))];

    /// <summary>What became of each interface's packets: of at most a second ago, and exact once reading has ended.</summary>
    public IReadOnlyList<LiveCounters> Counters => _counters;

    /// <summary>No interface is left to capture on: the capture ended before it was stopped.</summary>
    public bool HasLostAll { get; private set; }

    /// <summary>Opens the interfaces and begins to capture.</summary>
    /// <exception cref="LiveCaptureException">One of them cannot be captured on.</exception>
    /// <exception cref="CaptureFilterException">libpcap does not accept the filter.</exception>
    public static LiveSource Open(LiveOptions options)
    {
        if (options.Interfaces.Count is 0 or > CaptureLimits.LiveInterfaces)
        {
            throw new ArgumentException($"1 to {CaptureLimits.LiveInterfaces} interfaces", nameof(options));
        }

        List<LiveInterface> opened = [];
        try
        {
            foreach (var name in options.Interfaces.Distinct(StringComparer.Ordinal))
            {
                opened.Add(LiveInterface.Open(name, (ushort)opened.Count, options));
            }

            return new LiveSource(options, [.. opened]);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw LiveRefusals.NoLibrary(missing);
        }
        catch
        {
            opened.ForEach(each => each.Dispose());
            throw;
        }
    }

    /// <summary>Ends the capture: from any thread, and as often as one likes. Returns at once.</summary>
    public void Stop() => _stopping = true;

    public bool Read(PacketBatch batch)
    {
        var goesOn = _queue.Take(batch, TimeSpan.FromMilliseconds(2 * PollMilliseconds));
        return goesOn || _failure is null
            ? goesOn
            : throw new InvalidOperationException("the capture thread failed", _failure);
    }

    /// <summary>Ends the capture; what was not read is lost.</summary>
    public void Dispose()
    {
        Stop();
        _queue.Abandon();
        _thread.Join();
        foreach (var each in _interfaces)
        {
            each.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            // Only opening takes a privilege; the one who opened decides for himself.
            ThreadPrivileges.Drop(KeptPrivileges.Nothing);
            Capture();
            Drain();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            _counters = [.. _interfaces.Select(each => each.Counters)];
            _isOver = true;
            _queue.Complete();
        }
    }

    private void Capture()
    {
        const long StatisticsMilliseconds = 1000;
        var end = _options.MaxDuration is { } duration
            ? Environment.TickCount64 + (long)duration.TotalMilliseconds
            : long.MaxValue;
        var nextStatistics = Environment.TickCount64 + StatisticsMilliseconds;
        LiveWait wait = new(_interfaces);
        while (!_stopping && !_intake.IsFull && Environment.TickCount64 < end)
        {
            wait.ForPackets(PollMilliseconds);
            DispatchAll();
            PassOn();
            if (Environment.TickCount64 >= nextStatistics)
            {
                nextStatistics = Environment.TickCount64 + StatisticsMilliseconds;
                ReadStatistics();
            }

            if (Array.TrueForAll(_interfaces, each => each.Ended is not null))
            {
                HasLostAll = true;
                return;
            }
        }
    }

    /// <summary>Nothing new is let in; what the kernel holds is taken until nothing is missing, or nothing can come any more.</summary>
    private void Drain()
    {
        foreach (var each in _interfaces)
        {
            each.TakeNothing();
        }

        var patience = (long)(_options.Timeout + Lateness).TotalMilliseconds;
        var giveUp = Environment.TickCount64 + patience;
        LiveWait wait = new(_interfaces);
        while (Environment.TickCount64 < giveUp && !Array.TrueForAll(_interfaces, each => each.IsDrained() == true))
        {
            // Where the system cannot be told to take nothing, packets may come for ever: then time alone ends it.
            if (DispatchAll() && OperatingSystem.IsLinux())
            {
                giveUp = Environment.TickCount64 + patience;
            }

            wait.ForPackets(DrainMilliseconds);
        }

        _merge?.ReleaseAll();
    }

    private bool DispatchAll()
    {
        IPacketTaker taker = _merge is null ? _intake : _merge;
        var any = false;
        foreach (var each in _interfaces)
        {
            any |= each.Dispatch(taker);
        }

        return any;
    }

    private void PassOn()
    {
        // Whatever came before this, and is not here yet, is in no buffer any more.
        var settled = LiveClock.Now.Plus(-(long)(_options.Timeout + Lateness).TotalNanoseconds);
        _merge?.Release(settled);
        _queue.Flush(settled);
    }

    private void ReadStatistics()
    {
        foreach (var each in _interfaces)
        {
            each.ReadStatistics();
        }

        _counters = [.. _interfaces.Select(each => each.Counters)];
    }
}
