namespace HttpWireAnalyzer.Analysis.Timing;

/// <summary>What held a connection up.</summary>
public enum StallKind : byte
{
    /// <summary>Silence before a retransmission timeout.</summary>
    Timeout,

    /// <summary>Octets were missing.</summary>
    Loss,

    /// <summary>A receiver had no room.</summary>
    ZeroWindow,

    /// <summary>A sender waited for a delayed acknowledgment.</summary>
    AckWait,
}

/// <summary>The times at which one connection stood still. They never overlap: each moment has one reason.</summary>
internal struct StallLog
{
    /// <summary>
    /// Stalls kept until an exchange has taken them: as many as a long download in heavy loss has. Beyond that the
    /// oldest are dropped, and their time counts as the transfer's.
    /// </summary>
    private const int MostStalls = 1024;

    /// <summary>
    /// Room for one at first: most connections that stand still do so once, and many may wait at a time. Null before.
    /// </summary>
    private Stall[]? _stalls;
    private int _count;

    /// <summary>In order. Good until the next is added.</summary>
    public readonly ReadOnlySpan<Stall> Noted => _stalls.AsSpan(0, _count);

    /// <summary>
    /// Adds a time that ended now, so that only the last ones can overlap with it. Silence before a timeout is told as
    /// such even where octets were missing as well, but not while a window was closed: then the timer asks for the window.
    /// Of other reasons the first that was noted holds.
    /// </summary>
    public void Add(long from, long to, StallKind kind)
    {
        if (to <= from)
        {
            return;
        }

        var first = _count;
        while (first > 0 && _stalls![first - 1].To > from)
        {
            first--;
        }

        if (first == _count)
        {
            Append(new Stall(from, to, kind));
        }
        else
        {
            var overlapping = Noted[first..].ToArray();
            _count = first;
            if (kind == StallKind.Timeout)
            {
                Overlay(overlapping, new Stall(from, to, kind));
            }
            else
            {
                FillBetween(overlapping, new Stall(from, to, kind));
            }
        }

        RemoveFirst(_count - MostStalls);
    }

    /// <summary>No exchange still to come began before <paramref name="time"/>.</summary>
    public void ForgetBefore(long time)
    {
        var past = 0;
        while (past < _count && _stalls![past].To <= time)
        {
            past++;
        }

        RemoveFirst(past);
    }

    private void RemoveFirst(int count)
    {
        if (count > 0)
        {
            Noted[count..].CopyTo(_stalls);
            _count -= count;
        }
    }

    private void Append(Stall stall)
    {
        if (_stalls is null || _count == _stalls.Length)
        {
            Array.Resize(ref _stalls, int.Max(1, 2 * _count));
        }

        _stalls[_count++] = stall;
    }

    private void Overlay(Stall[] others, Stall stall)
    {
        var from = stall.From;
        foreach (var other in others)
        {
            if (other.Kind == StallKind.ZeroWindow)
            {
                AddIfAny(stall with { From = from, To = long.Min(other.From, stall.To) });
                Append(other);
                from = long.Max(from, other.To);
            }
            else
            {
                AddIfAny(other with { To = long.Min(other.To, stall.From) });
            }
        }

        AddIfAny(stall with { From = from });
        if (others[^1].Kind != StallKind.ZeroWindow)
        {
            AddIfAny(others[^1] with { From = long.Max(others[^1].From, stall.To) });
        }
    }

    private void FillBetween(Stall[] others, Stall stall)
    {
        var from = stall.From;
        foreach (var other in others)
        {
            AddIfAny(stall with { From = from, To = long.Min(other.From, stall.To) });
            Append(other);
            from = long.Max(from, other.To);
        }

        AddIfAny(stall with { From = from });
    }

    private void AddIfAny(Stall stall)
    {
        if (stall.To > stall.From)
        {
            Append(stall);
        }
    }
}

/// <summary>A time during which nothing went on; capture time, nanoseconds.</summary>
internal readonly record struct Stall(long From, long To, StallKind Kind);
