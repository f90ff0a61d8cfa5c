using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Which open connections leave because there is no room for more: what a live capture needs that goes on for days, or
/// through a SYN flood. Where the limits are infinite it costs nothing.
/// </summary>
internal sealed class Evictions(ConnectionStore store, TrackerLimits limits)
{
    /// <summary>Of the connections, how many leave at once: the search for the longest silent is then rare.</summary>
    private const int ShareAtOnce = 16;

    private readonly List<NumberedSlot> _leaving = [];
    private Queue<NumberedSlot> _unanswered = new();
    private long _open;

    /// <summary>Connections that left so.</summary>
    public long Count { get; private set; }

    /// <summary>A connection begins.</summary>
    public void Notice(int slot, int number, bool withSyn)
    {
        _open++;
        if (withSyn && limits.MostUnanswered < int.MaxValue)
        {
            _unanswered.Enqueue(new NumberedSlot(number, slot));
        }
    }

    /// <summary>A connection leaves, for whatever reason.</summary>
    public void NoticeEnd() => _open--;

    /// <summary>Those that leave at this tick, in order of number; read before the next call.</summary>
    public List<NumberedSlot> Take()
    {
        _leaving.Clear();
        TakeUnanswered();
        TakeSilent();
        Count += _leaving.Count;
        NumberedSlot.Sort(_leaving);
        return _leaving;
    }

    // The oldest SYNs that nobody has answered.
    private void TakeUnanswered()
    {
        if (_unanswered.Count <= limits.MostUnanswered)
        {
            return;
        }

        _unanswered = new Queue<NumberedSlot>(_unanswered.Where(IsUnanswered));
        while (_unanswered.Count > limits.MostUnanswered)
        {
            _leaving.Add(_unanswered.Dequeue());
        }
    }

    private bool IsUnanswered(NumberedSlot each)
    {
        ref readonly var connection = ref store.Connections[each.Slot];
        return connection.Has(ConnectionFlags.Live) && connection.Number == each.Number && connection.Ends[1].Packets == 0;
    }

    private void TakeSilent()
    {
        if (_leaving.Count > 0 || _open <= limits.MostConnections)
        {
            return;
        }

        var bySilence = new List<(Timestamp Last, int Number, int Slot)>();
        for (var slot = 0; slot < store.Connections.End; slot++)
        {
            ref readonly var connection = ref store.Connections[slot];
            if (connection.Has(ConnectionFlags.Live))
            {
                bySilence.Add((connection.Last.Time, connection.Number, slot));
            }
        }

        bySilence.Sort();
        var room = limits.MostConnections - (limits.MostConnections / ShareAtOnce);
        foreach (var (_, number, slot) in bySilence.Take(int.Max(0, bySilence.Count - room)))
        {
            _leaving.Add(new NumberedSlot(number, slot));
        }
    }
}
