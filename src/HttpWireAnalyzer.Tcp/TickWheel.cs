using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What is due at which tick of capture time. An entry is written once and read once, whatever the number of
/// others.
/// </summary>
internal sealed class TickWheel
{
    /// <summary>Longest turn, in ticks. What is due later comes round before its time, and is put back.</summary>
    private const int MaximumTurn = 1 << 12;

    private readonly List<NumberedSlot>[] _due;
    private readonly long _tick;
    private long _now;

    /// <param name="horizon">Nanoseconds within which most entries are due.</param>
    /// <param name="tick">Nanoseconds from one tick to the next.</param>
    public TickWheel(long horizon, long tick)
    {
        _tick = tick;
        var ticks = Math.Clamp(horizon / tick, 0, MaximumTurn - 2);
        _due = new List<NumberedSlot>[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ticks + 2)];
        for (var i = 0; i < _due.Length; i++)
        {
            _due[i] = [];
        }
    }

    public void Add(NumberedSlot slot, Timestamp due)
    {
        // The first tick at which it is due.
        var at = Math.Clamp(TickOf(due) + 1, _now + 1, _now + _due.Length);
        _due[at & (_due.Length - 1)].Add(slot);
    }

    /// <summary>Moves what is due by <paramref name="now"/>, and perhaps more, to <paramref name="taken"/>.</summary>
    public void Take(Timestamp now, List<NumberedSlot> taken)
    {
        var tick = TickOf(now);
        if (tick < _now)
        {
            // The clock was set back. What is in the wheel comes round within a turn, and is put back where that is too soon.
            _now = tick;
            return;
        }

        var last = Math.Min(tick, _now + _due.Length);
        for (var at = _now + 1; at <= last; at++)
        {
            var due = _due[at & (_due.Length - 1)];
            taken.AddRange(due);
            due.Clear();
        }

        _now = tick;
    }

    private long TickOf(Timestamp time) => time.Nanoseconds / _tick;
}
