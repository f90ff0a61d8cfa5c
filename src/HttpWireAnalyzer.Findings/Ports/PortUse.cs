using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>
/// How many ports of one client are taken by connections to one server endpoint: those that are open, and those that
/// the client keeps in TIME-WAIT. In parts of time, in bounds.
/// </summary>
/// <remarks>
/// A port that is free for one server is free for that one alone: the 4-tuple counts (RFC 9293 §3.4.1). The server's
/// TIME-WAIT takes none of the client's ports, and a reset leaves none. A port is taken once: where the client takes it out of
/// TIME-WAIT for another connection (RFC 6191; Linux, tcp_tw_reuse), or opens another on that of one which was not seen to
/// end, that one has it from then on.
/// </remarks>
/// <param name="timeWait">Nanoseconds for which a closer keeps its port, unless it takes it again.</param>
public sealed class PortUse(long timeWait)
{
    /// <summary>Parts merge in pairs when there would be more: an eighth of a second each for a minute and TIME-WAIT.</summary>
    private const int MostParts = 1024;

    /// <summary>So many connections are kept as they are, which most pools never have more of: parts take 24 KiB.</summary>
    private const int MostSingle = 64;

    /// <summary>What a part lasts at first, nanoseconds.</summary>
    private const long FirstStep = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>In place of the time since when a port has been in TIME-WAIT.</summary>
    private static readonly Timestamp StillOpen = new(long.MaxValue);

    /// <summary>Room for all, once there are too many connections to keep each.</summary>
    private Part[] _parts = [];

    /// <summary>Parts that time has come to.</summary>
    private int _count;

    /// <summary>Until there are too many of them; null from then on.</summary>
    private List<Single>? _singles = [];

    /// <summary>
    /// Since when ports have been in TIME-WAIT, of those that were when last heard of, or <see cref="StillOpen"/>; null while
    /// <see cref="_singles"/> tell.
    /// </summary>
    private PortTimes? _waiting;
    private Timestamp _origin;

    private readonly TakenPorts _taken = new();

    /// <summary>Of those that left the client in TIME-WAIT, by when they began; null without any.</summary>
    private BusiestSpan? _busiest;

    /// <summary>How often parts have been merged.</summary>
    private int _merges;
    private bool _begun;

    /// <summary>Connections that were opened.</summary>
    public long Opened { get; private set; }

    /// <summary>Those that left the client in TIME-WAIT.</summary>
    public long Held { get; private set; }

    /// <summary>Those that left the server in TIME-WAIT: they take none of the client's ports.</summary>
    public long HeldByServer { get; private set; }

    /// <summary>The least time after which the client took a port out of TIME-WAIT, nanoseconds; -1 where it took none.</summary>
    public long ShortestWait { get; private set; } = -1;

    /// <summary>The last packet of any of them.</summary>
    public Timestamp Last { get; private set; }

    public Timestamp First => _origin;

    /// <summary>Ports that were taken at once, at most.</summary>
    public long Most => _taken.Most;

    /// <summary>When they were.</summary>
    public Timestamp MostAt => _taken.MostAt;

    /// <summary>Connections that were open when the last packet of all came.</summary>
    public long LeftOpen => _taken.OpenAt(Last);

    /// <summary>Ports that were in TIME-WAIT at once, at most.</summary>
    public long MostWaiting => _taken.MostWaiting();

    /// <summary>Connections that left the client in TIME-WAIT, of those that began in the busiest <see cref="BusiestSpan.Length"/>.</summary>
    public long Busiest => _busiest?.Most ?? 0;

    /// <summary>
    /// A connection, when it has ended, or at the end of the capture: in the order in which they began, so that those of one
    /// port come one after the other.
    /// </summary>
    public void Add(in PortTerm term)
    {
        if (!_begun)
        {
            (_origin, _begun) = (term.Opened, true);
        }

        Opened++;
        Last = term.Last > Last ? term.Last : Last;
        _taken.Reach(term.Opened);
        if (TakeEarlier(term.Port) is { } since)
        {
            TakeAgain(term, since);
        }

        HeldByServer += term.HeldByServer ? 1 : 0;
        if (term.Closed is not { } end)
        {
            _waiting?.Set(term.Port, StillOpen);
        }
        else if (term.HeldByClient)
        {
            Held++;
            _waiting?.Set(term.Port, end);
            (_busiest ??= new BusiestSpan()).Add(term.Opened);
        }

        var freed = term.HeldByClient ? term.Closed?.Plus(timeWait) : null;
        _taken.Add(term.Closed, freed);
        var single = new Single(term.Port, term.Opened, term.Closed, freed, _taken.Now);
        if (_singles is null)
        {
            Enter(single);
            return;
        }

        _singles.Add(single);
        if (_singles.Count == MostSingle)
        {
            EnterAll(_singles);
            _waiting = WaitingOf(_singles);
            _singles = null;
        }
    }

    /// <summary>The course from the first opening on, part by part, until the last port is free again.</summary>
    public PortCourse Course()
    {
        if (_singles is { } singles)
        {
            // In parts for as long as it takes to tell: that of many small pools would be much to keep.
            var whole = new PortUse(timeWait) { _singles = null, _origin = _origin, _begun = _begun };
            whole.EnterAll(singles);
            return whole.Course();
        }

        var moments = new PortMoment[_count];
        var step = FirstStep << _merges;
        var (open, waiting) = (0L, 0L);
        for (var at = 0; at < moments.Length; at++)
        {
            // Ports become more only where a connection opens: else they were most when the part began.
            var part = _parts[at];
            var most = long.Max(part.Most, open + waiting);
            open += part.Opened - part.Closed;
            waiting += part.Held - part.Freed;
            moments[at] = new PortMoment(_origin.Plus(at * step), part.Held, open, waiting, most);
        }

        return new PortCourse(step, moments);
    }

    /// <summary>
    /// The port of an earlier connection that was in TIME-WAIT, which so ended, if it had not before; or that was open when last
    /// seen, and no longer can have been.
    /// </summary>
    private void TakeAgain(in PortTerm term, Timestamp since)
    {
        if (since == StillOpen)
        {
            EndEarlier(term);
            return;
        }

        var (until, taken) = (since.Plus(timeWait), term.Opened > since ? term.Opened : since);
        if (taken >= until)
        {
            return;
        }

        var waited = taken.Since(since);
        _taken.Cut(until);
        ShortestWait = ShortestWait < 0 ? waited : long.Min(ShortestWait, waited);
        if (_singles is null)
        {
            PartAt(until).Freed--;
            PartAt(taken).Freed++;
            return;
        }

        var at = LastOf(_singles, term.Port);
        _singles[at] = _singles[at] with { Freed = taken };
    }

    private void EndEarlier(in PortTerm term)
    {
        _taken.EndOpen();
        if (_singles is null)
        {
            PartAt(term.Opened).Closed++;
            return;
        }

        var at = LastOf(_singles, term.Port);
        _singles[at] = _singles[at] with { Closed = term.Opened };
    }

    /// <summary>
    /// Since when the port has been in TIME-WAIT, as far as is known, or <see cref="StillOpen"/>; which it is asked once.
    /// </summary>
    private Timestamp? TakeEarlier(ushort port)
    {
        if (_singles is not { } singles)
        {
            return _waiting!.Take(port);
        }

        var at = LastOf(singles, port);
        return at >= 0 ? EarlierOf(singles[at]) : null;
    }

    private static Timestamp? EarlierOf(in Single single) => single switch
    {
        { Closed: null } => StillOpen,
        { Freed: not null, Closed: { } end } => end,
        _ => null,
    };

    private static PortTimes WaitingOf(List<Single> singles)
    {
        var waiting = new PortTimes();
        foreach (var single in singles)
        {
            // Of one port the later ones come later.
            waiting.Set(single.Port, EarlierOf(single) ?? default);
        }

        return waiting;
    }

    /// <summary>Negative where there is none.</summary>
    private static int LastOf(List<Single> singles, ushort port)
    {
        var at = singles.Count - 1;
        while (at >= 0 && singles[at].Port != port)
        {
            at--;
        }

        return at;
    }

    private void EnterAll(List<Single> connections)
    {
        _parts = new Part[MostParts];
        connections.ForEach(connection => Enter(connection));
    }

    private void Enter(in Single connection)
    {
        ref var opening = ref PartAt(connection.Opened);
        opening.Opened++;
        opening.Most = long.Max(opening.Most, connection.Taken);
        if (connection.Closed is not { } end)
        {
            return;
        }

        ref var part = ref PartAt(end);
        part.Closed++;
        if (connection.Freed is { } freed)
        {
            part.Held++;
            PartAt(freed).Freed++;
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

    /// <param name="Freed">When its port was free again; null where it was not in TIME-WAIT.</param>
    /// <param name="Taken">Ports that were taken when it had opened.</param>
    private readonly record struct Single(ushort Port, Timestamp Opened, Timestamp? Closed, Timestamp? Freed, long Taken);

    private struct Part
    {
        public int Opened;
        public int Closed;
        public int Held;
        public int Freed;

        /// <summary>Ports taken when a connection had opened, at most.</summary>
        public long Most;

        public readonly Part With(in Part other) => new()
        {
            Opened = Opened + other.Opened,
            Closed = Closed + other.Closed,
            Held = Held + other.Held,
            Freed = Freed + other.Freed,
            Most = long.Max(Most, other.Most),
        };
    }
}
