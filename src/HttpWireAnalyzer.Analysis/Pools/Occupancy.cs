using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>How many connections were open, busy and idle: now, at most, and summed over time.</summary>
/// <remarks>
/// A packet is one moment: what holds after all of its turns counts, so that a connection which ends one exchange and
/// begins the next with one segment was not idle between. Where the capture runs backwards, time stands still.
/// </remarks>
internal struct Occupancy(int parts, Timestamp origin)
{
    private TimeLine _timeLine = new(parts, origin);
    private PacketRef _at = new(0, origin);

    /// <summary>Of <see cref="_at"/>: nanoseconds from the origin.</summary>
    private ulong _moment;
    private int _open;
    private int _busy;

    /// <summary>
    /// Nanoseconds from the origin of each opening, less those of each closing. What was open over time is the count
    /// times now, less this: one addition a turn.
    /// </summary>
    private WideSum _openMoments;
    private WideSum _busyMoments;
    private Peak _maxOpen;
    private Peak _maxBusy;
    private Peak _maxIdle;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(in Turn turn)
    {
        if (turn.At.Number != _at.Number)
        {
            PassTo(turn.At);
        }

        if (turn.Open != 0)
        {
            _open += turn.Open;
            Add(ref _openMoments, turn.Open);
        }

        if (turn.Busy != 0)
        {
            _busy += turn.Busy;
            Add(ref _busyMoments, turn.Busy);
        }
    }

    /// <summary>One that goes on without this one.</summary>
    public readonly Occupancy Copy()
    {
        var copy = this;
        copy._timeLine = _timeLine.Copy();
        return copy;
    }

    /// <summary>With what holds until <paramref name="end"/>, the pool's last packet.</summary>
    public readonly OccupancyRecord Until(PacketRef end)
    {
        var whole = Copy();
        whole.PassTo(end);
        var span = whole._moment;
        var openTime = (_open * (decimal)span) - _openMoments.Value;
        var busyTime = (_busy * (decimal)span) - _busyMoments.Value;
        return new OccupancyRecord(
            whole._timeLine.Record(),
            new LevelRecord(whole._maxOpen.Count, whole._maxOpen.At, Mean(openTime, span)),
            new LevelRecord(whole._maxBusy.Count, whole._maxBusy.At, Mean(busyTime, span)),
            new LevelRecord(whole._maxIdle.Count, whole._maxIdle.At, Mean(openTime - busyTime, span)));
    }

    private readonly void Add(ref WideSum moments, int change)
    {
        if (change > 0)
        {
            moments.Add(_moment);
        }
        else
        {
            moments.Subtract(_moment);
        }
    }

    private static long Mean(decimal sum, ulong span)
    {
        if (span == 0)
        {
            return -1;
        }

        // Whole and rest apart: a sum times the unit may be more than a decimal holds.
        var whole = decimal.Floor(sum / span);
        var rest = sum - (whole * span);
        return (long)((whole * OccupancyRecord.MeanUnit) + decimal.Floor(((rest * OccupancyRecord.MeanUnit) + (span / 2)) / span));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PassTo(PacketRef at)
    {
        if (_open > _maxOpen.Count || _busy > _maxBusy.Count || _open - _busy > _maxIdle.Count)
        {
            ReachPeaks();
        }

        var time = at.Time > _at.Time ? at.Time : _at.Time;
        _timeLine.Hold(_at.Time, time, _open, _busy);
        _at = new PacketRef(at.Number, time);
        _moment = unchecked((ulong)time.Since(origin));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReachPeaks()
    {
        _maxOpen.Reach(_open, _at);
        _maxBusy.Reach(_busy, _at);
        _maxIdle.Reach(_open - _busy, _at);
    }

    /// <summary>The most, and where it was first reached.</summary>
    private struct Peak
    {
        public int Count;
        public PacketRef At;

        public void Reach(int count, in PacketRef at)
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
public sealed record OccupancyRecord(PoolTimeLine TimeLine, LevelRecord Open, LevelRecord Busy, LevelRecord Idle)
{
    /// <summary>Means are counted in so many parts of a connection.</summary>
    public const int MeanUnit = 10_000;
}

/// <summary>One of the three counts.</summary>
/// <param name="Max">The most at once.</param>
/// <param name="MaxAt">The packet with which that was first reached; none where it is 0.</param>
/// <param name="Mean">Over the time from the pool's first packet to its last, in 1/<see cref="OccupancyRecord.MeanUnit"/>; -1 where all was in one moment.</param>
public readonly record struct LevelRecord(int Max, PacketRef MaxAt, long Mean);
