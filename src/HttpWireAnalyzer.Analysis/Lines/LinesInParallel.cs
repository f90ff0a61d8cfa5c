using System.Runtime.ExceptionServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

// Threads are kept out of the stages (style rule 5). These run whole lines, and no stage knows of them.
#pragma warning disable RS0030

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Several lines side by side, each on a thread with its share of the connections; the caller's thread reads and
/// decodes before them, and one more brings together what they say.
/// </summary>
/// <remarks>
/// The capture is cut into stretches. Each line gets its part of every stretch, be it empty, and gives one log for
/// each, so that the logs of a stretch can be brought into order once all are there: nobody guesses how far a line is.
/// </remarks>
internal sealed class LinesInParallel : IEntrance
{
    /// <summary>
    /// Stretches on their way between two threads: enough to bridge one that is all one line's, few enough that their
    /// octets stay in the third-level cache.
    /// </summary>
    private const int Waiting = 4;

    /// <summary>
    /// Packets of a stretch, and octets for one line: a hundred microseconds of work, beside which a thread's waking
    /// (some five) is little; the second-level cache holds it.
    /// </summary>
    private const int StretchBatches = 8;

    private const int StretchOctets = 512 * 1024;

    private readonly Worker[] _workers;
    private readonly Thread _merging;
    private readonly EventMerge _merge;
    private readonly SegmentStretch[] _stretches;
    private readonly Dispatcher _dispatcher;
    private ExceptionDispatchInfo? _failure;
    private int _batches;

    public LinesInParallel(IExchangeSink sink, AnalysisOptions options)
    {
        _workers = [.. Enumerable.Range(0, options.Lines).Select(_ => new Worker(new Line(options)))];
        _merge = new EventMerge(sink, options.Lines);
        _stretches = [.. _workers.Select(_ => new SegmentStretch())];
        _dispatcher = new Dispatcher(_stretches);
        foreach (var worker in _workers)
        {
            worker.Thread = Start(() => worker.Run());
        }

        _merging = Start(Merge);
    }

    public ISegmentSink Segments => _dispatcher;

    /// <summary>The lines do, in their stretches.</summary>
    public bool LooksAhead => false;

    public long LateSegments => _workers.Sum(worker => worker.LateSegments);

    public long Evicted => _workers.Sum(worker => worker.Evicted);

    public void Prepare(in TupleKey key)
    {
    }

    public void Tick(Timestamp tick, PacketRef before, long begun) =>
        _dispatcher.Tick(tick, before, begun);

    public void AfterBatch()
    {
        if (++_batches < StretchBatches && _dispatcher.FullestOctets < StretchOctets)
        {
            return;
        }

        _batches = 0;
        for (var i = 0; i < _workers.Length; i++)
        {
            if (!_workers[i].Stretches.Put(_stretches[i]) || !_workers[i].FreeStretches.TryTake(out _stretches[i]))
            {
                Rethrow();
                return;
            }

            _stretches[i].Clear();
        }

        _dispatcher.Begin();
    }

    public void Finish()
    {
        for (var i = 0; i < _workers.Length; i++)
        {
            _stretches[i].IsLast = true;
            _workers[i].Stretches.Put(_stretches[i]);
        }

        _merging.Join();
        Rethrow();
    }

    /// <summary>Ends the threads, whether all was said or not.</summary>
    public void Dispose()
    {
        GiveUp();
        _merging.Join();
        foreach (var worker in _workers)
        {
            worker.Thread?.Join();
        }
    }

    private void Merge()
    {
        var logs = new EventLog[_workers.Length];
        var isLast = false;
        while (!isLast && TakeLogs(logs))
        {
            _merge.Say(logs);
            isLast = logs[0].IsLast;
            for (var i = 0; i < logs.Length; i++)
            {
                _workers[i].FreeLogs.Put(logs[i]);
            }
        }
    }

    private bool TakeLogs(EventLog[] logs)
    {
        for (var i = 0; i < logs.Length; i++)
        {
            if (!_workers[i].Logs.TryTake(out logs[i]))
            {
                return false;
            }
        }

        return true;
    }

    private Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception failure)
            {
                // A full disk or a closed pipe under the sink: the caller's thread says so.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
                GiveUp();
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return thread;
    }

    private void GiveUp()
    {
        foreach (var worker in _workers)
        {
            worker.Close();
        }
    }

    private void Rethrow() => _failure?.Throw();

    /// <summary>A line, its thread, and what goes in and out.</summary>
    private sealed class Worker
    {
        private readonly Line _line;

        public Worker(Line line)
        {
            _line = line;
            for (var i = 0; i < Waiting; i++)
            {
                FreeStretches.Put(new SegmentStretch());
                FreeLogs.Put(new EventLog());
            }
        }

        public long LateSegments => _line.LateSegments;

        public long Evicted => _line.Evicted;

        public Thread? Thread { get; set; }

        public Handover<SegmentStretch> Stretches { get; } = new(Waiting + 1);

        public Handover<SegmentStretch> FreeStretches { get; } = new(Waiting + 1);

        public Handover<EventLog> Logs { get; } = new(Waiting);

        public Handover<EventLog> FreeLogs { get; } = new(Waiting);

        /// <summary>Works until the last stretch, or until it is closed.</summary>
        public void Run()
        {
            var isLast = false;
            while (!isLast && Stretches.TryTake(out var stretch) && FreeLogs.TryTake(out var log))
            {
                log.Clear();
                log.IsLast = isLast = stretch.IsLast;
                _line.Work(stretch, log);
                FreeStretches.Put(stretch);
                Logs.Put(log);
            }
        }

        public void Close()
        {
            Stretches.Close();
            FreeStretches.Close();
            Logs.Close();
            FreeLogs.Close();
        }
    }
}
