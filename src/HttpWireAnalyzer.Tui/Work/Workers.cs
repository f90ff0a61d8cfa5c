using System.Diagnostics;
using System.Text;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>
/// Does what takes long beside the thread of the screen, and posts what came of it. Of one kind of work one thing is
/// under way: what is asked next ends it.
/// </summary>
internal sealed class Workers(ICaptureInput input, CaptureRows rows, CaptureOrigin origin, IListExport export, IMailbox mailbox) : IDisposable
{
    private readonly List<Job> _jobs = [];

    /// <summary>What the filter of each of the long lists accepted last. Threads of work that is over may still write here.</summary>
    private readonly Accepted?[] _accepted = new Accepted?[2];

    /// <summary>Kinds of work; arranging has one for each of the long lists.</summary>
    private enum Slot : byte
    {
        Connections,
        Exchanges,
        Detail,
        Ports,
        Replay,
        Slice,
        Text,
        List,
        Reading,
    }

    public void StartReading() => Start(Slot.Reading, "analysis", stop => new CaptureReading(input, rows, mailbox).Run(stop));

    /// <summary>Reading goes on to the last packet that was captured: it is no reading that was broken off.</summary>
    public void StopCapture() => input.Stop();

    public void Do(Effect effect, CaptureState capture)
    {
        switch (effect)
        {
            case ReadDetail read:
                Start(Slot.Detail, "story", stop => Detail(read, stop));
                break;
            case Arrange arrange:
                Start(arrange.List == ListKind.Connections ? Slot.Connections : Slot.Exchanges, "list", stop => ArrangeList(arrange, capture, stop));
                break;
            case CountPorts count:
                Start(Slot.Ports, "ports", stop => mailbox.Post(new PortsCounted(PortCounting.Of(rows, count.Rows, PortProfile.Linux, stop))));
                break;
            case ReplayPool replay:
                Start(Slot.Replay, "replay", stop =>
                {
                    var replayed = ReuseReading.Of(input, replay.Pool, stop);
                    stop.ThrowIfCancellationRequested();
                    mailbox.Post(new PoolReplayed(replay.Pool, replayed));
                });
                break;
            case WriteSlice write:
                Start(Slot.Slice, "slice", stop => mailbox.Post(
                    new SliceWritten(write.Path.Name, SliceWriting.Of(input, write.Connections, write.Path, origin, stop))));
                break;
            case WriteText write:
                Start(Slot.Text, "text", _ =>
                {
                    using var file = WrittenFile.Create(input, write.Path);
                    file.Write(Encoding.UTF8.GetBytes(write.Text));
                    mailbox.Post(new TextWritten(write.Path.Name));
                });
                break;
            case WriteList write:
                Start(Slot.List, "export", stop =>
                {
                    ListWriting.Of(input, export, write, stop);
                    mailbox.Post(new ListWritten(write.Path.Name));
                });
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Ends what is under way, and waits for it: files are whole or gone.</summary>
    public void Dispose()
    {
        _jobs.ForEach(job => job.Stop.Cancel());
        _jobs.ForEach(job => job.Thread.Join());
        RemoveEnded();
    }

    private void Start(Slot slot, string name, WorkOf work)
    {
        RemoveEnded();
        foreach (var before in _jobs.Where(job => job.Slot == slot))
        {
            before.Stop.Cancel();
        }

        var stop = new CancellationTokenSource();
        var token = stop.Token;
        var thread = new Thread(() => Run(work, token)) { IsBackground = true, Name = name };
        _jobs.Add(new Job(slot, thread, stop));
        thread.Start();
    }

    /// <summary>Here and not at the end of its thread, for this one might be cancelling it at that time.</summary>
    private void RemoveEnded()
    {
        foreach (var job in _jobs.Where(job => !job.Thread.IsAlive).ToList())
        {
            _jobs.Remove(job);
            job.Stop.Dispose();
        }
    }

    private void Run(WorkOf work, CancellationToken stop)
    {
        try
        {
            work(stop);
        }
        catch (OperationCanceledException)
        {
            // Something else was asked for meanwhile.
        }
        catch (CaptureWriteException taken) when (taken.IsTaken)
        {
            mailbox.Post(new FileTaken(taken.Message));
        }
        catch (Exception failure) when (IsOfInput(failure))
        {
            mailbox.Post(new WorkFailed(failure.Message));
        }
        catch (Exception failure)
        {
            // Ours: the shell says so, once the terminal is a terminal again.
            mailbox.Post(new Broke(System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure)));
        }
    }

    private static bool IsOfInput(Exception failure) =>
        failure is CaptureFormatException or CaptureFilterException or CaptureWriteException or LiveCaptureException or IOException;

    private void Detail(ReadDetail read, CancellationToken stop)
    {
        try
        {
            var detail = DetailReading.Of(input, read.Number, mailbox, stop);
            stop.ThrowIfCancellationRequested();
            mailbox.Post(new DetailRead(read.Number, detail, null));
        }
        catch (Exception failure) when (IsOfInput(failure))
        {
            mailbox.Post(new DetailRead(read.Number, null, failure.Message));
        }
    }

    private void ArrangeList(Arrange request, CaptureState capture, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var accepted = AcceptedBy(request, capture, stop);
            var order = request.List == ListKind.Connections
                ? Arranger.Connections(rows, request, accepted, stop)
                : Arranger.Exchanges(rows, request, accepted, stop);
            stop.ThrowIfCancellationRequested();
            mailbox.Post(new Arranged(
                request.List, request.Asked, order, Array.IndexOf(order.Rows, request.CursorRow), clock.Elapsed));
        }
        catch (Exception failure) when (IsOfInput(failure))
        {
            mailbox.Post(new ArrangeFailed(request.List, request.Asked, failure.Message));
        }
    }

    /// <summary>What the filter accepts: of a capture that is whole the answer stays, whichever way it is sorted.</summary>
    private AcceptedRows? AcceptedBy(Arrange request, CaptureState capture, CancellationToken stop)
    {
        if (request.Filter.Length == 0)
        {
            return null;
        }

        ref var kept = ref _accepted[(int)request.List];
        var asked = input.IsLive ? $"{capture.Packets} {request.Filter}" : request.Filter;
        if (Volatile.Read(ref kept) is { } known && known.Asked == asked)
        {
            return known.Rows;
        }

        var scope = request.List == ListKind.Connections ? FilterScope.Connections : FilterScope.Exchanges;
        var filter = FilterBinder.Bind(request.Filter, scope, out _) ?? throw new UnreachableException("The prompt has taken it.");
        var accepted = FilterReading.Of(input, rows, request.List, filter, stop);
        stop.ThrowIfCancellationRequested();
        Volatile.Write(ref kept, new Accepted(asked, accepted));
        return accepted;
    }

    private delegate void WorkOf(CancellationToken stop);

    private sealed record Job(Slot Slot, Thread Thread, CancellationTokenSource Stop);

    /// <summary>What a filter accepts, and of what it was asked: one object, for other threads may put another in its place.</summary>
    private sealed record Accepted(string Asked, AcceptedRows Rows);
}
