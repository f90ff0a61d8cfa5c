using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>How many connections were open, busy and idle: now, at most, and summed over time.</summary>
/// <remarks>
/// A packet is one moment: what holds after all of its turns counts, so that a connection which ends one exchange and
/// begins the next with one segment was not idle between. Where the capture runs backwards, time stands still.
/// </remarks>
internal struct Occupancy
{
    private PacketRef _at;
    private int _open;
    private int _busy;
    private UInt128 _openTime;
    private UInt128 _busyTime;
    private Peak _maxOpen;
    private Peak _maxBusy;
    private Peak _maxIdle;

    public void Apply(PacketRef at, int open, int busy, TimeLine timeLine)
    {
        if (at.Number != _at.Number)
        {
            PassTo(at, timeLine);
        }

        _open += open;
        _busy += busy;
    }

    /// <summary>With what was held until <paramref name="end"/>, the pool's last packet.</summary>
    public OccupancyRecord Until(PacketRef first, PacketRef end, TimeLine timeLine)
    {
        var whole = this;
        whole.PassTo(end, timeLine);
        var span = whole._at.Time.Since(first.Time);
        return new OccupancyRecord(
            new LevelRecord(whole._maxOpen.Count, whole._maxOpen.At, Mean(whole._openTime, span)),
            new LevelRecord(whole._maxBusy.Count, whole._maxBusy.At, Mean(whole._busyTime, span)),
            new LevelRecord(whole._maxIdle.Count, whole._maxIdle.At, Mean(whole._openTime - whole._busyTime, span)));
    }

    private static long Mean(UInt128 sum, long span) => span <= 0
        ? -1
        : (long)(((sum * OccupancyRecord.MeanUnit) + ((ulong)span / 2)) / (ulong)span);

    private void PassTo(PacketRef at, TimeLine timeLine)
    {
        if (!_at.IsNone)
        {
            _maxOpen.Reach(_open, _at);
            _maxBusy.Reach(_busy, _at);
            _maxIdle.Reach(_open - _busy, _at);
        }

        var time = at.Time;
        if (!_at.IsNone && time <= _at.Time)
        {
            time = _at.Time;
        }
        else if (_open > 0)
        {
            var elapsed = (ulong)time.Since(_at.Time);
            _openTime += Math.BigMul((ulong)_open, elapsed);
            _busyTime += Math.BigMul((ulong)_busy, elapsed);
        }

        timeLine.Hold(_at.IsNone ? time : _at.Time, time, _open, _busy);
        _at = new PacketRef(at.Number, time);
    }

    /// <summary>The most, and where it was first reached.</summary>
    private struct Peak
    {
        public int Count;
        public PacketRef At;

        public void Reach(int count, PacketRef at)
        {
            if (count > Count)
            {
                Count = count;
                At = at;
            }
        }
    }
}

/// <summary>Connections of a pool over its time.</summary>
public readonly record struct OccupancyRecord(LevelRecord Open, LevelRecord Busy, LevelRecord Idle)
{
    /// <summary>Means are counted in so many parts of a connection.</summary>
    public const int MeanUnit = 10_000;
}

/// <summary>One of the three counts.</summary>
/// <param name="Max">The most at once.</param>
/// <param name="MaxAt">The packet with which that was first reached; none where it is 0.</param>
/// <param name="Mean">Over the time from the pool's first packet to its last, in 1/<see cref="OccupancyRecord.MeanUnit"/>; -1 where all was in one moment.</param>
public readonly record struct LevelRecord(int Max, PacketRef MaxAt, long Mean);
