using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What is due at which whole second of capture time. An entry is written once and read once, whatever the number of
/// others.
/// </summary>
internal sealed class TickWheel
{
    /// <summary>Longest turn, in seconds. What is due later comes round before its time, and is put back.</summary>
    private const int MaximumTurn = 1 << 12;

    private readonly List<NumberedSlot>[] _due;
    private long _now;

    /// <param name="horizon">Nanoseconds within which most entries are due.</param>
    public TickWheel(long horizon)
    {
        var seconds = Math.Clamp(horizon / Timestamp.NanosecondsPerSecond, 0, MaximumTurn - 2);
        _due = new List<NumberedSlot>[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)seconds + 2)];
        for (var i = 0; i < _due.Length; i++)
        {
            _due[i] = [];
        }
    }

    public void Add(NumberedSlot slot, Timestamp due)
    {
        // At the second's end: the first tick at which it is due.
        var second = Math.Clamp(SecondOf(due) + 1, _now + 1, _now + _due.Length);
        _due[second & (_due.Length - 1)].Add(slot);
    }

    /// <summary>Moves what is due by <paramref name="now"/>, and perhaps more, to <paramref name="taken"/>.</summary>
    public void Take(Timestamp now, List<NumberedSlot> taken)
    {
        var second = SecondOf(now);
        var last = Math.Min(second, _now + _due.Length);
        for (var at = _now + 1; at <= last; at++)
        {
            var due = _due[at & (_due.Length - 1)];
            taken.AddRange(due);
            due.Clear();
        }

        _now = Math.Max(_now, second);
    }

    private static long SecondOf(Timestamp time) => Math.DivRem(time.Nanoseconds, Timestamp.NanosecondsPerSecond).Quotient;
}
