using System.Runtime.ExceptionServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

// Threads are kept out of the stages (style rule 5). These run whole lines, and no stage knows of them.
#pragma warning disable RS0030

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Lines beside the caller's thread, each on one of its own with its share of the connections. The caller's thread
/// reads before them, and brings together behind them what they say. A line that is the only one says it to the sink
/// itself.
/// </summary>
/// <remarks>
/// The capture is cut into stretches. Each line has its part of every stretch, be it empty, and says when it has said
/// all of it, so that a stretch's events can be brought into order: nobody guesses how far a line is.
/// </remarks>
internal sealed class LinesInParallel : IEntrance
{
    /// <summary>
    /// Stretches between the caller's thread and the lines, in a ring: enough to bridge one that is all one line's, few
    /// enough that their octets stay in the third-level cache.
    /// </summary>
    private const int Stretches = 12;

    /// <summary>
    /// Stretches that a thread which has to wait waits for at once, so that it does not sleep and wake for each. An only
    /// line that has more than so many still to take is awake: the caller's thread has time to decode for it. So each does
    /// what the other is not done with, whatever the capture is made of.
    /// </summary>
    private const int HalfRing = Stretches / 2;

    private readonly Stretch[] _ring;
    private readonly Dispatcher _dispatcher;
    private readonly IBehindLines _behind;
    private readonly Line[] _lines;
    private readonly Thread[] _threads;
    private readonly Tally _sent = new();
    private ExceptionDispatchInfo? _failure;
    private long _sentCount;
    private long _saidCount;

    public LinesInParallel(IExchangeSink sink, AnalysisOptions options, IAnalysisProgress? progress)
    {
        var lines = options.Threads - 1;
        _ring = [.. Enumerable.Range(0, Stretches).Select(_ => new Stretch(lines))];
        _dispatcher = new Dispatcher(options, lines, _ring[0]);
        if (lines == 1)
        {
            _behind = new NothingToMerge(progress, most: HalfRing);
            _lines = [new Line(options, sink)];
        }
        else
        {
            LogRing[] logs = [.. Enumerable.Range(0, lines).Select(_ => new LogRing())];
            _behind = new EventMerge(sink, logs, progress);
            _lines = [.. logs.Select(ring => new Line(options, new EventRecorder(ring, sink.StateInputs)))];
        }

        _threads = [.. Enumerable.Range(0, lines).Select(StartLine)];
    }

    public PacketBatch Batch => Filling[Filling.Last];

    public DecodeCounts Counts { get; } = new();

    public long LateSegments => _lines.Sum(line => line.LateSegments);

    public long Evicted => _lines.Sum(line => line.Evicted);

    private Stretch Filling => InRing(_sentCount);

    public void Take(int first, int end) => _dispatcher.Take(first, end);

    public void Tick(Timestamp tick, PacketRef before) => _dispatcher.Tick(tick, before);

    public void AfterBatch(long packets, long octets)
    {
        Filling.EndBatch(packets, octets);
        _behind.OnRead(packets, octets);
        if (Filling.IsFull)
        {
            Send();

            var most = _sentCount - _saidCount == Stretches ? HalfRing : Stretches;
            while (_sentCount - _saidCount > most || IsSaid())
            {
                SayNext();
            }

            _dispatcher.Begin(Filling, isAhead: _lines.Length == 1 && _sentCount - _saidCount > HalfRing);
        }
    }

    public void Finish()
    {
        Filling.IsLast = true;
        Send();
        _sent.Close();
        while (_saidCount < _sentCount)
        {
            SayNext();
        }

        Counts.Add(_dispatcher.Counts);
        foreach (var line in _lines)
        {
            Counts.Add(line.Counts);
        }
    }

    /// <summary>Ends the threads, whether all was said or not.</summary>
    public void Dispose()
    {
        GiveUp();
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private Stretch InRing(long number) => _ring[number % Stretches];

    private void Send()
    {
        _sentCount++;
        _sent.Raise();
    }

    /// <summary>All of the next stretch is likely to be said, or there to be said.</summary>
    private bool IsSaid() => _saidCount < _sentCount && _behind.HasAllOf(_saidCount);

    /// <summary>Waits until all of the next stretch is said, and frees it.</summary>
    private void SayNext()
    {
        _behind.Say(_saidCount, _sentCount);
        _failure?.Throw();
        InRing(_saidCount++).Clear();
    }

    private Thread StartLine(int line)
    {
        var thread = new Thread(() =>
        {
            try
            {
                Work(line);
            }
            catch (Exception failure)
            {
                // The caller's thread is who says so.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
                GiveUp();
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return thread;
    }

    private void Work(int line)
    {
        var isLast = false;
        for (var number = 0L; !isLast && _sent.WaitFor(number + 1, number + HalfRing); number++)
        {
            var stretch = InRing(number);
            isLast = stretch.IsLast;
            _lines[line].Work(stretch, stretch.Parts[line]);
            _behind.OnTaken(stretch);
        }
    }

    private void GiveUp()
    {
        _sent.Close();
        _behind.Close();
    }
}
