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
    private readonly Dictionary<Slot, CancellationTokenSource> _underWay = [];
    private readonly AcceptedRows?[] _accepted = new AcceptedRows?[2];
    private readonly string[] _acceptedFor = ["", ""];
    private readonly List<Thread> _threads = [];
    private Thread? _reading;

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

    public void StartReading() => _reading = Start(Slot.Reading, "analysis", stop => new CaptureReading(input, rows, mailbox).Run(stop));

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
        foreach (var stop in _underWay.Values)
        {
            stop.Cancel();
        }

        _reading?.Join();
        _threads.ForEach(thread => thread.Join());
        foreach (var stop in _underWay.Values)
        {
            stop.Dispose();
        }
    }

    private void Cancel(Slot slot)
    {
        if (_underWay.TryGetValue(slot, out var before))
        {
            before.Cancel();
        }
    }

    private Thread Start(Slot slot, string name, WorkOf work)
    {
        Cancel(slot);
        var stop = new CancellationTokenSource();
        _underWay[slot] = stop;
        _threads.RemoveAll(thread => !thread.IsAlive);
        var thread = new Thread(() => Run(work, stop.Token)) { IsBackground = true, Name = name };
        _threads.Add(thread);
        thread.Start();
        return thread;
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

        var list = (int)request.List;
        var asked = input.IsLive ? $"{capture.Packets} {request.Filter}" : request.Filter;
        if (_accepted[list] is { } known && _acceptedFor[list] == asked)
        {
            return known;
        }

        var scope = request.List == ListKind.Connections ? FilterScope.Connections : FilterScope.Exchanges;
        var filter = FilterBinder.Bind(request.Filter, scope, out _) ?? throw new UnreachableException("The prompt has taken it.");
        var accepted = FilterReading.Of(input, rows, request.List, filter, stop);
        stop.ThrowIfCancellationRequested();
        (_accepted[list], _acceptedFor[list]) = (accepted, asked);
        return accepted;
    }

    private delegate void WorkOf(CancellationToken stop);
}
