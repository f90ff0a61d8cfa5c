using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Which closed connections leave, and which tombstones, at a tick of the capture's clock. It depends on them and on
/// the tick alone, not on other connections' segments: a share of the connections retires as it would among all.
/// </summary>
internal sealed class Retirement(ConnectionStore store, TrackerLimits limits)
{
    /// <summary>Nothing of them was touched for seconds.</summary>
    private const int FetchedAhead = 8;

    private readonly BegunHistory _begun = new(limits.ClosedRetention, limits.Tick);
    private readonly TickWheel _closed = new(limits.ClosedRetention, limits.Tick);
    private readonly TickWheel _gone = new(limits.ClosedRetention, limits.Tick);
    private readonly List<NumberedSlot> _taken = [];
    private readonly List<NumberedSlot> _leaving = [];
    private readonly List<NumberedSlot> _reset = [];
    private readonly List<int> _forgotten = [];

    /// <summary>The connection in <paramref name="slot"/> is closed, unless it is known already.</summary>
    public void Notice(ref TcpConnection connection, int slot)
    {
        if (!connection.Has(ConnectionFlags.Retiring))
        {
            connection.Flags |= ConnectionFlags.Retiring;
            _closed.Add(new NumberedSlot(connection.Number, slot), connection.Last.Time.Plus(limits.LeastClosedGrace));
        }
    }

    public void NoticeTombstone(int slot)
    {
        ref readonly var tombstone = ref store.Tombstones[slot];
        _gone.Add(new NumberedSlot(tombstone.Number, slot), tombstone.Last.Plus(limits.ClosedRetention));
    }

    /// <summary>
    /// The connections that leave now, in order of number, each with the one that it has still to settle with; read
    /// before the next call.
    /// </summary>
    public List<NumberedSlot> TakeLeaving(Timestamp now, long begun)
    {
        _begun.Note(now, begun);
        _taken.Clear();
        _leaving.Clear();
        _reset.Clear();
        _closed.Take(now, _taken);
        for (var i = 0; i < _taken.Count; i++)
        {
            if (i + FetchedAhead < _taken.Count)
            {
                store.Connections.Prefetch(_taken[i + FetchedAhead].Slot);
            }

            var taken = _taken[i];
            ref var connection = ref store.Connections[taken.Slot];
            if (!connection.Has(ConnectionFlags.Retiring) || connection.Number != taken.Number)
            {
                continue;
            }

            var last = connection.Last.Time;
            var silence = now.Since(last);
            if (!connection.IsClosed)
            {
                // A RST that was disproved.
                connection.Flags &= ~ConnectionFlags.Retiring;
            }
            else if (silence < limits.LeastClosedGrace)
            {
                _closed.Add(taken, last.Plus(limits.LeastClosedGrace));
            }
            else if (silence < limits.ClosedRetention && !MayLeave(silence, _begun.Since(last)))
            {
                // Looked at again after as much silence once more: a few times in all, not at every tick.
                var latest = silence < limits.ClosedGrace ? limits.ClosedGrace : limits.ClosedRetention;
                _closed.Add(taken, last.Plus(long.Min(2 * silence, latest)));
                if (((connection.Ends[0].Flags | connection.Ends[1].Flags) & EndFlags.RstSeen) != 0)
                {
                    _reset.Add(taken);
                }
            }
            else
            {
                _leaving.Add(taken);
                if (connection.Previous >= 0)
                {
                    _leaving.Add(new NumberedSlot(store.Connections[connection.Previous].Number, connection.Previous));
                }
            }
        }

        NumberedSlot.Sort(_leaving);
        NumberedSlot.Sort(_reset);
        return _leaving;
    }

    /// <summary>
    /// Found by the same look, in order of number: those that stay, and that a RST closed so long ago that what it crossed or
    /// overtook is here.
    /// </summary>
    public List<NumberedSlot> Reset => _reset;

    /// <param name="begun">Others, in that time.</param>
    private bool MayLeave(long silence, long begun) => silence >= limits.ClosedGrace
        ? begun >= limits.ClosedKept
        : silence * (double)begun >= limits.ClosedGrace * (double)limits.ClosedKept;

    /// <summary>The tombstones that nothing refers to any more after this tick.</summary>
    public List<int> TakeForgotten(Timestamp now)
    {
        _taken.Clear();
        _forgotten.Clear();
        _gone.Take(now, _taken);
        foreach (var taken in _taken)
        {
            var slot = taken.Slot;
            ref readonly var tombstone = ref store.Tombstones[slot];
            if (!tombstone.IsTaken || tombstone.Number != taken.Number)
            {
                continue;
            }

            if (now.Since(tombstone.Last) < limits.ClosedRetention)
            {
                NoticeTombstone(slot);
            }
            else
            {
                _forgotten.Add(slot);
            }
        }

        return _forgotten;
    }
}
