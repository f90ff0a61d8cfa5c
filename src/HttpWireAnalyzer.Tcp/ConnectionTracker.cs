using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The Track stage: finds each segment's connection, opens those that begin, closes those that have long ended.
/// </summary>
public sealed class ConnectionTracker : ISegmentSink
{
    private readonly IStreamSink _sink;
    private readonly TrackerLimits _limits;
    private readonly SlotArray<TcpConnection> _connections = new();
    private readonly ConnectionTable _table;
    private readonly SegmentProcessor _processor;

    /// <summary>Slots of closed connections, by their last segment as it was known, then by number.</summary>
    private readonly PriorityQueue<int, (long Last, int Number)> _retiring = new();

    private PacketRef _last;
    private int _opened;

    public ConnectionTracker(IStreamSink sink, TrackerLimits limits, ITrackedSegmentSink? observer = null)
    {
        _sink = sink;
        _limits = limits;
        _table = new ConnectionTable(_connections);
        _processor = new SegmentProcessor(sink, limits, observer);
    }

    public void OnSegment(in TcpSegment segment)
    {
        _last = segment.Packet;
        var slot = _table.Find(segment.Source, segment.Destination, out var sender);
        if (slot < 0)
        {
            slot = Open(segment, -1, out sender);
        }
        else if ((segment.Header.Flags & TcpFlags.Syn) != 0 || _connections[slot].Previous >= 0)
        {
            slot = Place(slot, ref sender, segment);
        }

        ref var connection = ref _connections[slot];
        var id = new ConnectionId(connection.Number, slot);
        _processor.Process(ref connection, new Sighting(id, sender, segment.Packet), segment);
        if (connection.Has(ConnectionFlags.Closing))
        {
            AfterClosing(ref connection, slot);
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        _last = error.Packet;
        var slot = _table.Find(error.QuotedSource, error.QuotedDestination, out var sender);
        if (slot >= 0)
        {
            var id = new ConnectionId(_connections[slot].Number, slot);
            _sink.OnRemark(new TcpRemark(
                id, sender, TcpRemarkKind.IcmpError, error.Packet, default, (error.Type * 256) + error.Code));
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind) => _last = packet;

    public void OnUndecodable(PacketRef packet, in DecodeError error) => _last = packet;

    /// <summary>The capture has ended: closes every connection, in order of number.</summary>
    public void Finish()
    {
        var live = new List<(int Number, int Slot)>();
        for (var slot = 0; slot < _connections.End; slot++)
        {
            if (_connections[slot].Has(ConnectionFlags.Live))
            {
                live.Add((_connections[slot].Number, slot));
            }
        }

        live.Sort();
        foreach (var (_, slot) in live)
        {
            Close(slot);
        }

        _retiring.Clear();
    }

    private int Place(int slot, ref Side sender, in TcpSegment segment)
    {
        var previous = _connections[slot].Previous;
        var belonging = Incarnations.Of(
            _connections[slot], _connections[previous < 0 ? slot : previous], sender, segment);
        if (belonging == Belonging.Previous)
        {
            if (segment.Header.Flags == TcpFlags.Ack && segment.PayloadLengthOnWire == 0)
            {
                Remark(_connections[slot], slot, sender, TcpRemarkKind.ChallengeAck, segment.Packet, 0);
            }

            sender = _connections[previous].Client == segment.Source ? Side.Client : Side.Server;
            return previous;
        }

        if (belonging == Belonging.New)
        {
            return Open(segment, slot, out sender);
        }

        if (previous >= 0 && (segment.Header.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn)
        {
            // The new connection was answered: nothing can belong to the old one any more.
            _connections[slot].Previous = -1;
            Close(previous);
        }

        return slot;
    }

    private int Open(in TcpSegment segment, int before, out Side sender)
    {
        sender = SideOfSource(segment);
        var slot = _connections.Take();
        ref var connection = ref _connections[slot];
        connection = new TcpConnection
        {
            Client = sender == Side.Client ? segment.Source : segment.Destination,
            Server = sender == Side.Client ? segment.Destination : segment.Source,
            Number = _opened++,
            Incarnation = 1,
            Flags = ConnectionFlags.Live,
            Encapsulation = segment.Encapsulation,
            Previous = -1,
            First = segment.Packet,
            UnreadAtReset = -1,
        };
        foreach (ref var end in connection.Ends[..])
        {
            end.Acked = -1;
            end.LastJournal = -1;
            end.WindowScale = -1;
        }

        var midstream = (segment.Header.Flags & TcpFlags.Syn) == 0;
        if (before >= 0)
        {
            connection.Incarnation = _connections[before].Incarnation + 1;
        }

        _table.Set(slot);
        _sink.OnOpened(new ConnectionOpening(
            new ConnectionId(connection.Number, slot), connection.Client, connection.Server,
            connection.Encapsulation, connection.Incarnation, midstream, segment.Packet));
        if (before >= 0)
        {
            Supersede(ref connection, slot, sender, before, segment.Packet);
        }

        return slot;
    }

    private void Supersede(ref TcpConnection connection, int slot, Side sender, int before, PacketRef packet)
    {
        ref var old = ref _connections[before];
        old.Flags |= ConnectionFlags.Superseded;
        if (old.Previous >= 0)
        {
            var settled = old.Previous;
            old.Previous = -1;
            Close(settled);
        }

        const EndFlags Placed = EndFlags.BaseKnown | EndFlags.BaseGuessed;
        if (old.IsClosed || !old.Ends[0].Has(Placed) || !old.Ends[1].Has(Placed))
        {
            var inTimeWait = packet.Time.Since(old.TimeWaitFrom);
            if ((old.Ends[0].State == TcpState.TimeWait || old.Ends[1].State == TcpState.TimeWait)
                && inTimeWait < _limits.TimeWait)
            {
                Remark(connection, slot, sender, TcpRemarkKind.TimeWaitReuse, packet, inTimeWait);
            }

            Close(before);
            return;
        }

        Remark(connection, slot, sender, TcpRemarkKind.SynOnOpenConnection, packet, 0);
        connection.Previous = before;
    }

    // Without a SYN: the lower port listens.
    private static Side SideOfSource(in TcpSegment segment) =>
        (segment.Header.Flags & (TcpFlags.Syn | TcpFlags.Ack)) switch
        {
            TcpFlags.Syn => Side.Client,
            TcpFlags.Syn | TcpFlags.Ack => Side.Server,
            _ => segment.Source.Port < segment.Destination.Port ? Side.Server : Side.Client,
        };

    private void AfterClosing(ref TcpConnection connection, int slot)
    {
        if (!connection.IsClosed || connection.Has(ConnectionFlags.Retiring))
        {
            return;
        }

        connection.Flags |= ConnectionFlags.Retiring;
        _retiring.Enqueue(slot, (connection.Last.Time.Nanoseconds, connection.Number));
        RetireUntil(_last.Time);
    }

    private void RetireUntil(Timestamp now)
    {
        while (_retiring.TryPeek(out var slot, out var known)
            && now.Since(new Timestamp(known.Last)) >= _limits.ClosedRetention)
        {
            _retiring.Dequeue();
            ref var connection = ref _connections[slot];
            if (!connection.Has(ConnectionFlags.Live) || connection.Number != known.Number)
            {
                continue;
            }

            if (!connection.IsClosed)
            {
                connection.Flags &= ~ConnectionFlags.Retiring;
                continue;
            }

            var last = connection.Last.Time;
            if (last.Nanoseconds > known.Last && now.Since(last) < _limits.ClosedRetention)
            {
                // Segments came late: it stays for as long again.
                _retiring.Enqueue(slot, (last.Nanoseconds, known.Number));
            }
            else
            {
                Close(slot);
            }
        }
    }

    private void Close(int slot)
    {
        ref var connection = ref _connections[slot];
        var id = new ConnectionId(connection.Number, slot);
        if (connection.Previous >= 0)
        {
            // Same 4-tuple, and older: it leaves first.
            var previous = connection.Previous;
            connection.Previous = -1;
            Close(previous);
        }

        _processor.Closing.End(ref connection, id, connection.Last, StreamEndCause.CaptureEnd);
        var expiry = connection.TimeWaitFrom.Plus(_limits.TimeWait);
        for (var side = Side.Client; side <= Side.Server; side++)
        {
            if (connection.Ends[(int)side].State == TcpState.TimeWait && expiry <= _last.Time)
            {
                _processor.Closing.OnTwoMsl(ref connection, id, side, expiry);
            }
        }

        _sink.OnClosed(ConnectionSummaries.Of(connection, id, expiry));
        ForgetPrevious(connection, slot);
        _table.Remove(slot);
        connection = default;
        _connections.GiveBack(slot);
    }

    // The connection that took over its 4-tuple may still hold it for a challenge ACK; the slot goes to another.
    private void ForgetPrevious(in TcpConnection connection, int slot)
    {
        if (!connection.Has(ConnectionFlags.Superseded))
        {
            return;
        }

        var newest = _table.Find(connection.Client, connection.Server, out _);
        if (newest >= 0 && _connections[newest].Previous == slot)
        {
            _connections[newest].Previous = -1;
        }
    }

    private void Remark(
        in TcpConnection connection, int slot, Side sender, TcpRemarkKind kind, PacketRef packet, long value) =>
        _sink.OnRemark(new TcpRemark(
            new ConnectionId(connection.Number, slot), sender, kind, packet, default, value));
}
