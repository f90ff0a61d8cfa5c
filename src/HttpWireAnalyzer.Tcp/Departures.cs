using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>How connections leave the tracker: their last words, the summary, and the tombstone that may stay.</summary>
internal sealed class Departures(
    IStreamSink sink,
    TrackerLimits limits,
    ConnectionStore store,
    ConnectionTable table,
    Retirement retirement,
    Evictions evictions,
    DetailsPool details,
    StreamPool streams,
    Closing closing)
{
    /// <summary>How many places ahead of the one that leaves: its closing takes about as long as memory takes for a few.</summary>
    private const int PreparedAhead = 8;

    private readonly ConnectionSummaries _summaries = new();

    /// <summary>Those whose time has come at this tick.</summary>
    public void At(Timestamp tick, long begun)
    {
        var leaving = retirement.TakeLeaving(tick, begun);
        foreach (var quiet in retirement.Reset)
        {
            closing.End(ref store.Connections[quiet.Slot], new ConnectionId(quiet.Number, quiet.Slot));
        }

        CloseEach(leaving, isForgotten: false);

        foreach (var tombstone in retirement.TakeForgotten(tick))
        {
            table.Remove(store.KeyOfTombstone(tombstone).Hash, ConnectionStore.ReferenceOfTombstone(tombstone));
            store.Forget(tombstone);
        }

        foreach (var evicted in evictions.Take())
        {
            CloseOnce(evicted, isForgotten: false);
        }
    }

    /// <summary>Every connection, in order of number. Nothing comes after them.</summary>
    public void OfAll()
    {
        var live = new List<NumberedSlot>();
        for (var slot = 0; slot < store.Connections.End; slot++)
        {
            if (store.Connections[slot].Has(ConnectionFlags.Live))
            {
                live.Add(new NumberedSlot(store.Connections[slot].Number, slot));
            }
        }

        NumberedSlot.Sort(live);
        CloseEach(live, isForgotten: true);
    }

    private void CloseEach(List<NumberedSlot> leaving, bool isForgotten)
    {
        for (var i = 0; i < leaving.Count; i++)
        {
            if (i + PreparedAhead < leaving.Count)
            {
                Prepare(leaving[i + PreparedAhead].Slot, leaving[i + (PreparedAhead / 2)].Slot);
            }

            CloseOnce(leaving[i], isForgotten);
        }
    }

    // Nothing of them was touched for seconds: with many connections, it is in memory and in no cache.
    private void Prepare(int slot, int nearerSlot)
    {
        store.Connections.Prefetch(slot);
        sink.Expect(slot);
        table.Prefetch(store.KeyOf(nearerSlot).Hash);
        store.Connections[nearerSlot].PrefetchDetails();
    }

    // One whose 4-tuple was taken over leaves with the one that did, if that comes first.
    private void CloseOnce(NumberedSlot leaving, bool isForgotten)
    {
        ref readonly var connection = ref store.Connections[leaving.Slot];
        if (connection.Has(ConnectionFlags.Live) && connection.Number == leaving.Number)
        {
            Close(leaving.Slot, isForgotten);
        }
    }

    /// <summary>A later connection has taken its place: no tombstone stands for it.</summary>
    public void Superseded(int slot) => Close(slot, isForgotten: true);

    /// <param name="isForgotten">No tombstone stands for it.</param>
    private void Close(int slot, bool isForgotten)
    {
        ref var connection = ref store.Connections[slot];
        var id = new ConnectionId(connection.Number, slot);
        if (connection.Previous >= 0)
        {
            // Same 4-tuple, and older: it leaves first.
            var previous = connection.Previous;
            connection.SettlePrevious();
            Close(previous, isForgotten: true);
        }

        closing.End(ref connection, id);
        var expiry = EndTimeWait(ref connection, id);
        sink.OnClosed(_summaries.Of(connection, store.EndsOf(slot), id, expiry));
        ForgetPrevious(connection, slot);
        Leave(connection, slot, isForgotten);
        if (connection.Details is { } used)
        {
            details.GiveBack(used);
        }

        streams.TakeBack(connection.Ends[0]);
        streams.TakeBack(connection.Ends[1]);

        store.Close(slot);
        evictions.NoticeEnd();
    }

    // By its own clock: up to when it would have left, whatever other connections' segments came meanwhile.
    private Timestamp EndTimeWait(ref TcpConnection connection, ConnectionId id)
    {
        var expiry = connection.TimeWaitFrom.Plus(limits.TimeWait);
        for (var side = Side.Client; side <= Side.Server; side++)
        {
            if (connection.Ends[(int)side].State == TcpState.TimeWait
                && expiry <= connection.Last.Time.Plus(limits.ClosedGrace))
            {
                closing.OnTwoMsl(ref connection, id, side, expiry);
            }
        }

        return expiry;
    }

    private void Leave(in TcpConnection connection, int slot, bool isForgotten)
    {
        var hash = store.KeyOf(slot).Hash;
        if (!table.Holds(hash, slot))
        {
            return;
        }

        if (isForgotten || !connection.IsClosed)
        {
            table.Remove(hash, slot);
            return;
        }

        var tombstone = store.Bury(slot);
        table.Replace(hash, slot, ConnectionStore.ReferenceOfTombstone(tombstone));
        retirement.NoticeTombstone(tombstone);
    }

    // The connection that took over its 4-tuple may still hold it for a challenge ACK; the slot goes to another.
    private void ForgetPrevious(in TcpConnection connection, int slot)
    {
        if (!connection.Has(ConnectionFlags.Superseded))
        {
            return;
        }

        var ends = store.EndsOf(slot);
        var newest = table.Find(ends.Client, ends.Server, out _);
        if (newest >= 0 && store.Connections[newest].Previous == slot)
        {
            store.Connections[newest].SettlePrevious();
        }
    }
}
