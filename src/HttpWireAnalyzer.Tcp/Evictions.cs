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

    private readonly List<(int Number, int Slot)> _leaving = [];
    private Queue<(int Number, int Slot)> _unanswered = new();
    private long _open;

    /// <summary>Connections that left so.</summary>
    public long Count { get; private set; }

    /// <summary>A connection begins.</summary>
    public void Notice(int slot, int number, bool withSyn)
    {
        _open++;
        if (withSyn && limits.MostUnanswered < int.MaxValue)
        {
            _unanswered.Enqueue((number, slot));
        }
    }

    /// <summary>A connection leaves, for whatever reason.</summary>
    public void NoticeEnd() => _open--;

    /// <summary>Those that leave at this tick, in order of number; read before the next call.</summary>
    public List<(int Number, int Slot)> Take()
    {
        _leaving.Clear();
        TakeUnanswered();
        TakeSilent();
        Count += _leaving.Count;
        _leaving.Sort();
        return _leaving;
    }

    // The oldest SYNs that nobody has answered.
    private void TakeUnanswered()
    {
        if (_unanswered.Count <= limits.MostUnanswered)
        {
            return;
        }

        _unanswered = new Queue<(int Number, int Slot)>(_unanswered.Where(each => IsUnanswered(each.Number, each.Slot)));
        while (_unanswered.Count > limits.MostUnanswered)
        {
            _leaving.Add(_unanswered.Dequeue());
        }
    }

    private bool IsUnanswered(int number, int slot)
    {
        ref readonly var connection = ref store.Connections[slot];
        return connection.Has(ConnectionFlags.Live) && connection.Number == number && connection.Ends[1].Packets == 0;
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
            _leaving.Add((number, slot));
        }
    }
}
