using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>
/// How many ports of one client are taken by connections to one server endpoint: those that are open, and those that
/// the client keeps in TIME-WAIT. In parts of time, in bounds.
/// </summary>
/// <remarks>
/// A port that is free for one server is free for that one alone: the 4-tuple counts (RFC 9293 §3.4.1). The server's
/// TIME-WAIT takes none of the client's ports, and a reset leaves none.
/// </remarks>
public sealed class PortUse
{
    /// <summary>Parts merge in pairs when there would be more: an eighth of a second each for a minute and TIME-WAIT.</summary>
    private const int MostParts = 1024;

    /// <summary>So many connections are kept as they are, which most pools never have more of: parts take 16 KiB.</summary>
    private const int MostSingle = 64;

    /// <summary>What a part lasts at first, nanoseconds.</summary>
    private const long FirstStep = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>Room for all, once there are too many connections to keep each.</summary>
    private Part[] _parts = [];

    /// <summary>Parts that time has come to.</summary>
    private int _count;

    /// <summary>Until there are too many of them; null from then on.</summary>
    private List<Single>? _singles = [];
    private Timestamp _origin;

    /// <summary>How often parts have been merged.</summary>
    private int _merges;
    private bool _begun;

    /// <summary>Connections that were opened.</summary>
    public long Opened { get; private set; }

    /// <summary>Those that left the client in TIME-WAIT.</summary>
    public long Held { get; private set; }

    /// <summary>Those that left the server in TIME-WAIT: they take none of the client's ports.</summary>
    public long HeldByServer { get; private set; }

    /// <summary>The last packet of any of them.</summary>
    public Timestamp Last { get; private set; }

    public Timestamp First => _origin;

    /// <summary>A connection, when it has ended.</summary>
    /// <param name="closed">When it no longer was open; null where it still is.</param>
    /// <param name="timeWait">Nanoseconds for which the client keeps its port after that; 0 where it does not.</param>
    /// <param name="heldByServer">The server keeps its own.</param>
    public void Add(Timestamp opened, Timestamp? closed, long timeWait, bool heldByServer)
    {
        if (!_begun)
        {
            (_origin, _begun) = (opened, true);
        }

        Opened++;
        Last = opened > Last ? opened : Last;
        if (closed is { } end)
        {
            Last = end > Last ? end : Last;
            Held += timeWait > 0 ? 1 : 0;
            HeldByServer += heldByServer ? 1 : 0;
        }

        if (_singles is null)
        {
            Enter(opened, closed, timeWait);
            return;
        }

        _singles.Add(new Single(opened, closed, timeWait));
        if (_singles.Count == MostSingle)
        {
            EnterAll(_singles);
            _singles = null;
        }
    }

    /// <summary>The course from the first opening on, part by part, until the last port is free again.</summary>
    public PortCourse Course()
    {
        if (_singles is { } singles)
        {
            // In parts for as long as it takes to tell: that of many small pools would be much to keep.
            var whole = new PortUse { _singles = null, _origin = _origin, _begun = _begun };
            whole.EnterAll(singles);
            return whole.Course();
        }

        var moments = new PortMoment[_count];
        var step = FirstStep << _merges;
        var (open, waiting) = (0L, 0L);
        for (var at = 0; at < moments.Length; at++)
        {
            var part = _parts[at];
            open += part.Opened - part.Closed;
            waiting += part.Held - part.Freed;
            moments[at] = new PortMoment(_origin.Plus(at * step), part.Held, open, waiting);
        }

        return new PortCourse(step, moments);
    }

    private void EnterAll(List<Single> connections)
    {
        _parts = new Part[MostParts];
        connections.ForEach(connection => Enter(connection.Opened, connection.Closed, connection.TimeWait));
    }

    private void Enter(Timestamp opened, Timestamp? closed, long timeWait)
    {
        PartAt(opened).Opened++;
        if (closed is not { } end)
        {
            return;
        }

        ref var part = ref PartAt(end);
        part.Closed++;
        if (timeWait > 0)
        {
            part.Held++;
            PartAt(end.Plus(timeWait)).Freed++;
        }
    }

    private ref Part PartAt(Timestamp time)
    {
        var steps = long.Max(0, time.Since(_origin)) / FirstStep;
        while (steps >> _merges >= MostParts)
        {
            Merge();
        }

        var index = (int)(steps >> _merges);
        _count = int.Max(_count, index + 1);
        return ref _parts[index];
    }

    private void Merge()
    {
        // Those that time has not come to are empty.
        for (var at = 0; at < _count; at += 2)
        {
            _parts[at / 2] = _parts[at].With(_parts[at + 1]);
        }

        var count = (_count + 1) / 2;
        _parts.AsSpan(count, _count - count).Clear();
        _count = count;
        _merges++;
    }

    private readonly record struct Single(Timestamp Opened, Timestamp? Closed, long TimeWait);

    private struct Part
    {
        public int Opened;
        public int Closed;
        public int Held;
        public int Freed;

        public readonly Part With(in Part other) => new()
        {
            Opened = Opened + other.Opened,
            Closed = Closed + other.Closed,
            Held = Held + other.Held,
            Freed = Freed + other.Freed,
        };
    }
}

/// <summary>A part of the course.</summary>
/// <param name="Held">Connections that went into the client's TIME-WAIT in it.</param>
/// <param name="Open">Connections open at its end.</param>
/// <param name="Waiting">Ports in TIME-WAIT at its end.</param>
public readonly record struct PortMoment(Timestamp Time, int Held, long Open, long Waiting)
{
    /// <summary>Ports that are taken.</summary>
    public long Taken => Open + Waiting;
}

/// <param name="Step">What a part lasts, nanoseconds.</param>
public sealed record PortCourse(long Step, IReadOnlyList<PortMoment> Moments);
