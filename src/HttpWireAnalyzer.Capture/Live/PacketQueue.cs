using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>
/// What waits between the capture thread and the line. Bounded: as it fills, packets that are added give up payload,
/// then themselves; when the reserve for what opens and closes connections is used up too, adding waits, and the
/// kernel drops and counts.
/// </summary>
/// <remarks>The capture thread adds and the line's thread takes; the lock is taken once for each slab.</remarks>
internal sealed class PacketQueue(int limitOctets)
{
    /// <summary>Of the limit, kept for packets with SYN, FIN or RST once the rest is used.</summary>
    private const int ReserveShare = 8;

    private readonly object _gate = new();
    private readonly LinkedList<PacketSlab> _waiting = [];
    private readonly Stack<PacketSlab> _free = [];
    private readonly PayloadShedder _shedder = new();
    private readonly int _limit = Math.Max(limitOctets / PacketSlab.RoomOctets, ReserveShare);

    // The capture thread's.
    private PacketSlab _filling = new();
    private ShedLevel _level;

    // The line's.
    private PacketSlab? _reading;
    private int _nextRead;
    private Timestamp _toldClock;

    // Of both, under the lock.
    private Timestamp _clock;
    private bool _isComplete;

    /// <summary>Packets added so far. Those given up as a whole have no number.</summary>
    public long Added { get; private set; }

    /// <summary>Adds a packet, or what is left of it.</summary>
    /// <param name="shed">Counts what was given up.</param>
    public void Add(PacketRecord record, ReadOnlySpan<byte> octets, ref ShedCounts shed)
    {
        if (_level != ShedLevel.None)
        {
            var kept = _shedder.Shed(record, octets, _level, ref shed);
            if (kept < 0)
            {
                return;
            }

            octets = octets[..kept];
        }

        record = record with { Packet = record.Packet with { Number = ++Added } };
        if (!_filling.TryAdd(record, octets))
        {
            HandOver(mayWait: true);
            _filling.TryAdd(record, octets);
        }
    }

    /// <summary>Lets the line have what was added, and know how late it is.</summary>
    public void Flush(Timestamp clock)
    {
        lock (_gate)
        {
            _clock = clock;
            HandOver(mayWait: false);

            // While the line is behind, a slab that is not full is filled up: the limit counts slabs.
            if (_waiting.Count > 1 && _filling.Count == 0)
            {
                Free(_filling);
                _filling = _waiting.Last!.Value;
                _waiting.RemoveLast();
            }
        }
    }

    /// <summary>No more packets come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            HandOver(mayWait: false);
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The line takes no more.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Fills the batch with what waits; after <paramref name="patience"/> it may be empty. False after the last packet.
    /// </summary>
    public bool Take(PacketBatch batch, TimeSpan patience)
    {
        if (_reading is null || _nextRead == _reading.Count)
        {
            batch.Release();
            var isOver = !TryNext(patience);
            if (_reading is null)
            {
                batch.BeginIdle(_toldClock);
                return !isOver;
            }
        }

        batch.Begin(_reading.Buffer);
        while (!batch.IsFull && _nextRead < _reading.Count)
        {
            batch.Add(_reading[_nextRead++]);
        }

        return true;
    }

    /// <summary>False at the end.</summary>
    private bool TryNext(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_reading is not null)
            {
                Free(_reading);
                _reading = null;
                _nextRead = 0;
                Monitor.PulseAll(_gate);
            }

            if (_waiting.Count == 0 && !_isComplete)
            {
                Monitor.Wait(_gate, patience);
            }

            _toldClock = _clock;
            if (_waiting.First is not { } first)
            {
                return !_isComplete;
            }

            _reading = first.Value;
            _waiting.RemoveFirst();
            return true;
        }
    }

    private void HandOver(bool mayWait)
    {
        lock (_gate)
        {
            if (_filling.Count > 0)
            {
                _waiting.AddLast(_filling);
                Monitor.PulseAll(_gate);
                while (mayWait && !_isComplete && _waiting.Count > _limit + (_limit / ReserveShare))
                {
                    Monitor.Wait(_gate);
                }

                _filling = _free.TryPop(out var free) ? free : new PacketSlab();
            }

            _level = _waiting.Count < _limit / 2 ? ShedLevel.None
                : _waiting.Count < _limit / 4 * 3 ? ShedLevel.Bodies
                : _waiting.Count < _limit ? ShedLevel.Heads
                : ShedLevel.Packets;
        }
    }

    // Few are kept: what a burst needed is given back to the system. What another batch holds stays as it is.
    private void Free(PacketSlab slab)
    {
        if (_free.Count < _limit / 4 && slab.IsUsual && !slab.Buffer.IsHeld)
        {
            slab.Clear();
            _free.Push(slab);
        }
    }
}
