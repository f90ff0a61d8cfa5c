using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// The Track stage: finds each segment's connection, opens those that begin, closes those that have ended.
/// </summary>
public sealed class ConnectionTracker : ISegmentSink
{
    private readonly IStreamSink _sink;
    private readonly TrackerLimits _limits;
    private readonly ITrackedSegmentSink? _observer;
    private readonly ConnectionStore _store = new();
    private readonly SlotArray<TcpConnection> _connections;
    private readonly ConnectionTable _table;
    private readonly SegmentProcessor _processor;
    private readonly Retirement _retirement;
    private readonly Evictions _evictions;
    private readonly Departures _departures;
    private readonly DetailsPool _details = new();
    private readonly StreamPool _streams = new();
    private readonly LookAhead _ahead;
    private int _opened;

    public ConnectionTracker(IStreamSink sink, TrackerLimits limits, ITrackedSegmentSink? observer = null)
    {
        _sink = sink;
        _limits = limits;
        _observer = observer;
        _connections = _store.Connections;
        _table = new ConnectionTable(_store);
        _processor = new SegmentProcessor(sink, limits, _details, _streams, observer);
        _retirement = new Retirement(_store, limits);
        _evictions = new Evictions(_store, limits);
        _departures = new Departures(sink, limits, _store, _table, _retirement, _evictions, _details, _streams, _processor.Closing);
        _ahead = new LookAhead(_table, _store, sink);
    }

    /// <summary>Segments of connections that had left already: counted here, and in no connection's summary.</summary>
    public long LateSegments { get; private set; }

    /// <summary>Connections that left while they were open (<see cref="TrackerLimits.MostConnections"/>).</summary>
    public long Evicted => _evictions.Count;

    /// <summary>Payload octets on the wire of <see cref="LateSegments"/>.</summary>
    public long LateOctets { get; private set; }

    /// <summary>How many packets ahead to <see cref="Prepare"/>: some hundred nanoseconds' worth.</summary>
    public const int PreparedAhead = LookAhead.Segments;

    /// <summary>
    /// Enough connections that they are not in a cache of half a megabyte, a second-level cache of today: then
    /// <see cref="Prepare"/> gains more than it costs.
    /// </summary>
    public bool IsSpread => _table.Count > 1_000;

    /// <summary>Fetches from memory what a segment some packets ahead will need. Decides nothing.</summary>
    /// <param name="hash">Of the segment's <see cref="TupleKey"/>.</param>
    public void Prepare(uint hash) => _ahead.Prepare(hash);

    /// <summary>
    /// Which of <paramref name="shares"/> trackers side by side has the connections of this 4-tuple: the same from
    /// both directions.
    /// </summary>
    /// <remarks>By the upper bits of the hash, but for the first; <see cref="ConnectionTable"/> takes the lower ones.</remarks>
    public static int ShareOf(in TupleKey key, int shares) =>
        (int)((ulong)(key.Hash << 1) * (uint)shares >> 32);

    public void OnSegment(in TcpSegment segment)
    {
        var slot = _table.Find(segment.Key, segment.WideAddresses, out var sender);
        if (slot < 0)
        {
            TakeOfNone(slot, sender, segment);
            return;
        }

        ref var connection = ref _connections[slot];
        if ((segment.Header.Flags & TcpFlags.Syn) != 0 || connection.Previous >= 0)
        {
            slot = Place(slot, ref sender, segment);
            connection = ref _connections[slot];
        }

        Take(ref connection, slot, sender, segment);
    }

    // No connection is here: it opens one, or comes late.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeOfNone(int reference, Side sender, in TcpSegment segment)
    {
        if (!IsLate(reference, sender, segment))
        {
            var slot = Open(segment, reference, out sender);
            Take(ref _connections[slot], slot, sender, segment);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(ref TcpConnection connection, int slot, Side sender, in TcpSegment segment)
    {
        var id = new ConnectionId(connection.Number, slot);
        _processor.Process(ref connection, new Sighting(id, sender, segment.Packet), segment);
        if (connection.Has(ConnectionFlags.Closing) && connection.IsClosed)
        {
            _retirement.Notice(ref connection, slot);
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        var slot = _table.Find(error.QuotedSource, error.QuotedDestination, out var sender);
        if (slot >= 0)
        {
            var id = new ConnectionId(_connections[slot].Number, slot);
            _sink.OnRemark(new TcpRemark(id, sender, TcpRemarkKind.IcmpError, error.Packet, default, error.Reason.Packed));
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    /// <summary>
    /// A tick of capture time has come: connections leave that were closed long enough ago
    /// (<see cref="TrackerLimits.ClosedGrace"/>, <see cref="TrackerLimits.ClosedKept"/>).
    /// </summary>
    /// <param name="begun">SYNs of the whole capture so far, those of other trackers' connections included.</param>
    public void Advance(Timestamp tick, long begun) => _departures.At(tick, begun);

    /// <summary>The capture has ended: closes every connection, in order of number.</summary>
    public void Finish() => _departures.OfAll();

    // What comes to a tombstone belongs to the connection that left, but for a SYN of the next.
    private bool IsLate(int reference, Side sender, in TcpSegment segment)
    {
        if (!ConnectionStore.IsTombstone(reference, out var slot))
        {
            return false;
        }

        ref var tombstone = ref _store.Tombstones[slot];
        if (tombstone.OpensAnother(segment.Header, sender))
        {
            return false;
        }

        LateSegments++;
        LateOctets += segment.PayloadLengthOnWire;
        tombstone.Notice(segment, sender);
        _observer?.OnTracked(segment, tombstone.Describe(segment.Header, sender));
        return true;
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
                Remark(slot, sender, TcpRemarkKind.ChallengeAck, segment.Packet, 0);
            }

            sender = _store.EndsOf(previous).Client == segment.Source ? Side.Client : Side.Server;
            return previous;
        }

        if (belonging == Belonging.New)
        {
            return Open(segment, slot, out sender);
        }

        if (previous >= 0 && (segment.Header.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn)
        {
            // The new connection was answered: nothing can belong to the old one any more.
            _connections[slot].SettlePrevious();
            _departures.Superseded(previous);
        }

        return slot;
    }

    /// <param name="before">Reference of what stands for the 4-tuple now.</param>
    private int Open(in TcpSegment segment, int before, out Side sender)
    {
        sender = SideOfSource(segment);
        var key = sender == Side.Client ? segment.Key : segment.Key.Reversed;
        var ends = sender == Side.Client
            ? new WideEnds(segment.Source, segment.Destination)
            : new WideEnds(segment.Destination, segment.Source);
        var slot = _store.Open(key, ends);
        ref var connection = ref _connections[slot];
        connection.Begin(_opened++, segment.Packet);
        if (before != ConnectionTable.None)
        {
            _details.Of(ref connection).Incarnation = 1 + IncarnationOf(before);
        }

        if (segment.Encapsulation != Encapsulation.None)
        {
            _details.Of(ref connection).Encapsulation = segment.Encapsulation;
        }

        Enter(key.Hash, slot, before);
        ExpectNext();
        var midstream = (segment.Header.Flags & TcpFlags.Syn) == 0;
        _evictions.Notice(slot, connection.Number, !midstream);
        _sink.OnOpened(new ConnectionOpening(
            new ConnectionId(connection.Number, slot), ends.Client, ends.Server,
            connection.Incarnation, midstream, segment.Packet));
        if (ConnectionStore.IsTombstone(before, out var tombstone))
        {
            ref readonly var old = ref _store.Tombstones[tombstone];
            NoticeReuse(slot, sender, old.IsInTimeWait, old.TimeWaitFrom, segment.Packet);
            _store.Forget(tombstone);
        }
        else if (before >= 0)
        {
            Supersede(ref connection, slot, sender, before, segment.Packet);
        }

        return slot;
    }

    // The slot that the next connection will take was last touched when another left it.
    private void ExpectNext()
    {
        var next = _connections.Next;
        if (next >= 0)
        {
            _connections.Prefetch(next);
            _sink.Expect(next);
        }
    }

    private int IncarnationOf(int reference) => reference >= 0 ? _connections[reference].Incarnation
        : ConnectionStore.IsTombstone(reference, out var tombstone) ? _store.Tombstones[tombstone].Incarnation
        : 0;

    private void Enter(uint hash, int slot, int before)
    {
        if (before == ConnectionTable.None)
        {
            _table.Add(hash, slot);
        }
        else
        {
            _table.Replace(hash, before, slot);
        }
    }

    private void Supersede(ref TcpConnection connection, int slot, Side sender, int before, PacketRef packet)
    {
        ref var old = ref _connections[before];
        old.Flags |= ConnectionFlags.Superseded;
        if (old.Previous >= 0)
        {
            var settled = old.Previous;
            old.SettlePrevious();
            _departures.Superseded(settled);
        }

        const EndFlags Placed = EndFlags.BaseKnown | EndFlags.BaseGuessed;
        var isOver = old.IsClosed || old.HasUnseenClose || !old.Ends[0].Has(Placed) || !old.Ends[1].Has(Placed);
        if (isOver)
        {
            var isInTimeWait = old.Ends[0].State == TcpState.TimeWait || old.Ends[1].State == TcpState.TimeWait;
            NoticeReuse(slot, sender, isInTimeWait, old.TimeWaitFrom, packet);
            if (old.Ends[(int)Incarnations.SideBefore(connection, old, sender.Other())].State != TcpState.TimeWait)
            {
                _departures.Superseded(before);
                return;
            }
        }
        else
        {
            Remark(slot, sender, TcpRemarkKind.SynOnOpenConnection, packet, 0);
        }

        // The other end has the old connection still, and may answer for that one.
        connection.Ends[(int)sender].Flags |= EndFlags.TookOver;
        _details.Of(ref connection).Previous = before;
    }

    private void NoticeReuse(int slot, Side sender, bool isInTimeWait, Timestamp from, PacketRef packet)
    {
        var inTimeWait = packet.Time.Since(from);
        if (isInTimeWait && inTimeWait < _limits.TimeWait)
        {
            Remark(slot, sender, TcpRemarkKind.TimeWaitReuse, packet, inTimeWait);
        }
    }

    // Without a SYN: the lower port listens.
    private static Side SideOfSource(in TcpSegment segment) =>
        (segment.Header.Flags & (TcpFlags.Syn | TcpFlags.Ack)) switch
        {
            TcpFlags.Syn => Side.Client,
            TcpFlags.Syn | TcpFlags.Ack => Side.Server,
            _ => segment.Source.Port < segment.Destination.Port ? Side.Server : Side.Client,
        };

    private void Remark(int slot, Side sender, TcpRemarkKind kind, PacketRef packet, long value) =>
        _sink.OnRemark(new TcpRemark(
            new ConnectionId(_connections[slot].Number, slot), sender, kind, packet, default, value));
}
