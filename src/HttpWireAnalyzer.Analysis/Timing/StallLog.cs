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
            var stall = new Stall(from, to, kind);
            var overlapping = Noted[first..].ToArray();
            _count = first;
            FillBetween(kind == StallKind.Timeout ? Beside(stall, overlapping) : overlapping, stall);
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

    /// <summary>What a timeout leaves of other times: closed windows whole, of the rest what is outside of it.</summary>
    private static IEnumerable<Stall> Beside(Stall timeout, Stall[] others)
    {
        foreach (var other in others)
        {
            if (other.Kind == StallKind.ZeroWindow)
            {
                yield return other;
                continue;
            }

            if (other.From < timeout.From)
            {
                yield return other with { To = long.Min(other.To, timeout.From) };
            }

            if (other.To > timeout.To)
            {
                yield return other with { From = long.Max(other.From, timeout.To) };
            }
        }
    }

    private void FillBetween(IEnumerable<Stall> others, Stall stall)
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
