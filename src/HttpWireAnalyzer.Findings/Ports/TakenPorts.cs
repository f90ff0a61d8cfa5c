using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>
/// How many ports are taken at once, exactly: connections are told in the order in which they began, so what has ended by then
/// ends first. One that is told late counts from then on.
/// </summary>
internal sealed class TakenPorts
{
    /// <summary>What ends is a connection that leaves no TIME-WAIT, or a TIME-WAIT; else the number says until when that lasts.</summary>
    private const long LeavesNone = -1;
    private const long OfTimeWait = -2;

    /// <summary>By time, what ends.</summary>
    private readonly PriorityQueue<long, long> _ends = new();

    /// <summary>TIME-WAITs that ended before their time, by when they would have.</summary>
    private readonly Dictionary<long, int> _cut = [];

    private Timestamp _now;
    private long _open;
    private long _waiting;
    private long _mostWaiting;

    /// <summary>Open and in TIME-WAIT at once, at most.</summary>
    public long Most { get; private set; }

    public Timestamp MostAt { get; private set; }

    /// <summary>Open and in TIME-WAIT, when the last connection was told of.</summary>
    public long Now => _open + _waiting;

    /// <summary>Of the earlier connection of the port, which the client takes again.</summary>
    /// <param name="until">When its TIME-WAIT would have ended.</param>
    public void Cut(Timestamp until)
    {
        _cut[until.Nanoseconds] = _cut.GetValueOrDefault(until.Nanoseconds) + 1;
        _waiting--;
    }

    /// <summary>One that was told to be open still is not: its port is taken again.</summary>
    public void EndOpen() => _open--;

    /// <summary>Comes to the time at which a connection began.</summary>
    public void Reach(Timestamp opened)
    {
        _now = opened > _now ? opened : _now;
        while (_ends.TryPeek(out var end, out var at) && at <= _now.Nanoseconds)
        {
            _ends.Dequeue();
            Pass(end, at);
        }
    }

    /// <param name="closed">Null where it still is open.</param>
    /// <param name="freed">Where it leaves the client in TIME-WAIT: when that is over.</param>
    public void Add(Timestamp? closed, Timestamp? freed)
    {
        _open++;
        if (closed is { } end)
        {
            _ends.Enqueue(freed?.Nanoseconds ?? LeavesNone, end.Nanoseconds);
        }

        if (Now > Most)
        {
            (Most, MostAt) = (Now, _now);
        }
    }

    /// <summary>In TIME-WAIT at once, at most, once all have ended.</summary>
    public long MostWaiting() => At(new Timestamp(long.MaxValue))._mostWaiting;

    /// <summary>Open at a time after which no connection began.</summary>
    public long OpenAt(Timestamp time) => At(time)._open;

    private TakenPorts At(Timestamp time)
    {
        var rest = new TakenPorts { _now = _now, _open = _open, _waiting = _waiting, _mostWaiting = _mostWaiting };
        rest._ends.EnqueueRange(_ends.UnorderedItems);
        foreach (var (until, count) in _cut)
        {
            rest._cut[until] = count;
        }

        rest.Reach(time);
        return rest;
    }

    private void Pass(long end, long at)
    {
        if (end == OfTimeWait)
        {
            PassTimeWait(at);
            return;
        }

        _open--;
        if (end != LeavesNone)
        {
            _mostWaiting = long.Max(_mostWaiting, ++_waiting);
            _ends.Enqueue(OfTimeWait, end);
        }
    }

    private void PassTimeWait(long at)
    {
        if (!_cut.TryGetValue(at, out var cut))
        {
            _waiting--;
        }
        else if (cut == 1)
        {
            _cut.Remove(at);
        }
        else
        {
            _cut[at] = cut - 1;
        }
    }
}
