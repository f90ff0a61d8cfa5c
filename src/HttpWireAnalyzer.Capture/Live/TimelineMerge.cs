using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>
/// Packets of several interfaces in the order of their times. Each waits until no other interface's kernel buffer can
/// hold an earlier one any more.
/// </summary>
internal sealed class TimelineMerge(int interfaces, IPacketTaker next) : IPacketTaker
{
    /// <summary>
    /// Nanoseconds by which a packet may be ahead of the time that is settled. One that claims to be of later was stamped by
    /// a clock that is wrong, or that has been set back since: waiting for its time would hold back all behind it.
    /// </summary>
    private const long MostAhead = Timestamp.NanosecondsPerSecond;

    private readonly Lane[] _lanes = [.. Enumerable.Range(0, interfaces).Select(_ => new Lane())];

    public bool Take(LiveInterface from, in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        var lane = _lanes[record.Interface];
        lane.From = from;
        lane.Add(record, octets);
        return true;
    }

    /// <summary>Passes on what is not later than <paramref name="until"/>.</summary>
    public void Release(Timestamp until)
    {
        while (First(until) is { } lane && (lane.Head.Packet.Time <= until || IsAhead(lane, until)))
        {
            next.Take(lane.From!, lane.Head, lane.HeadOctets);
            lane.MoveOn();
        }
    }

    public void ReleaseAll() => Release(new Timestamp(long.MaxValue));

    private static bool IsAhead(Lane lane, Timestamp until) => lane.Head.Packet.Time.Since(until) > MostAhead;

    private Lane? First(Timestamp until)
    {
        Lane? first = null;
        foreach (var lane in _lanes)
        {
            if (lane.IsEmpty)
            {
                continue;
            }

            if (IsAhead(lane, until))
            {
                return lane;
            }

            if (first is null || lane.Head.Packet.Time < first.Head.Packet.Time)
            {
                first = lane;
            }
        }

        return first;
    }

    /// <summary>What one interface gave and is not passed on yet, in its own order.</summary>
    private sealed class Lane
    {
        private readonly Queue<PacketSlab> _slabs = new();
        private readonly Stack<PacketSlab> _free = new();
        private PacketSlab? _last;
        private int _next;

        public LiveInterface? From { get; set; }

        public bool IsEmpty => _slabs.Count == 0;

        public ref readonly PacketRecord Head => ref _slabs.Peek()[_next];

        public ReadOnlySpan<byte> HeadOctets => _slabs.Peek().OctetsOf(_next);

        public void Add(in PacketRecord record, ReadOnlySpan<byte> octets)
        {
            if (_last is not null && _last.TryAdd(record, octets))
            {
                return;
            }

            _last = _free.TryPop(out var free) ? free : new PacketSlab();
            _slabs.Enqueue(_last);
            _last.TryAdd(record, octets);
        }

        public void MoveOn()
        {
            if (++_next < _slabs.Peek().Count)
            {
                return;
            }

            var done = _slabs.Dequeue();
            _next = 0;
            _last = _slabs.Count == 0 ? null : _last;
            if (done.IsUsual && _free.Count == 0)
            {
                done.Clear();
                _free.Push(done);
            }
        }
    }
}
