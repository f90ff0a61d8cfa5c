using System.Runtime.InteropServices;

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
internal sealed class StallLog
{
    /// <summary>
    /// Stalls kept until an exchange has taken them: as many as a long download in heavy loss has. Beyond that the
    /// oldest are dropped, and their time counts as the transfer's.
    /// </summary>
    private const int MostStalls = 1024;

    /// <summary>Room for one: most connections that stand still do so once, and many may wait at a time.</summary>
    private readonly List<Stall> _stalls = new(1);

    /// <summary>None where there is no log. Good until the next is added.</summary>
    public static ReadOnlySpan<Stall> Of(StallLog? log) => CollectionsMarshal.AsSpan(log?._stalls);

    /// <summary>
    /// Adds a time that ended now, so that only the last ones can overlap with it. Silence before a timeout is told as
    /// such even where octets were missing as well; of other reasons the first that was noted holds.
    /// </summary>
    public void Add(long from, long to, StallKind kind)
    {
        if (to <= from)
        {
            return;
        }

        var first = _stalls.Count;
        while (first > 0 && _stalls[first - 1].To > from)
        {
            first--;
        }

        if (first == _stalls.Count)
        {
            _stalls.Add(new Stall(from, to, kind));
            Limit();
            return;
        }

        var overlapping = _stalls.GetRange(first, _stalls.Count - first);
        _stalls.RemoveRange(first, overlapping.Count);
        if (kind == StallKind.Timeout)
        {
            Overlay(overlapping, new Stall(from, to, kind));
        }
        else
        {
            FillBetween(overlapping, new Stall(from, to, kind));
        }

        Limit();
    }

    /// <summary>No exchange still to come began before <paramref name="time"/>.</summary>
    public void ForgetBefore(long time)
    {
        var past = 0;
        while (past < _stalls.Count && _stalls[past].To <= time)
        {
            past++;
        }

        _stalls.RemoveRange(0, past);
    }

    private void Limit()
    {
        if (_stalls.Count > MostStalls)
        {
            _stalls.RemoveRange(0, _stalls.Count - MostStalls);
        }
    }

    private void Overlay(List<Stall> others, Stall stall)
    {
        foreach (var other in others)
        {
            AddIfAny(other with { To = long.Min(other.To, stall.From) });
        }

        _stalls.Add(stall);
        foreach (var other in others)
        {
            AddIfAny(other with { From = long.Max(other.From, stall.To) });
        }
    }

    private void FillBetween(List<Stall> others, Stall stall)
    {
        var from = stall.From;
        foreach (var other in others)
        {
            AddIfAny(stall with { From = from, To = long.Min(other.From, stall.To) });
            _stalls.Add(other);
            from = long.Max(from, other.To);
        }

        AddIfAny(stall with { From = from });
    }

    private void AddIfAny(Stall stall)
    {
        if (stall.To > stall.From)
        {
            _stalls.Add(stall);
        }
    }
}

/// <summary>A time during which nothing went on; capture time, nanoseconds.</summary>
internal readonly record struct Stall(long From, long To, StallKind Kind);
