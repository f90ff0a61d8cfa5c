using System.Numerics;
using System.Runtime.CompilerServices;
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

    /// <summary>Of all ticks: what one had is there for the next.</summary>
    private readonly SlotArray<Block> _blocks = new();
    private readonly Chain[] _due;
    private readonly long _tick;
    private long _now;

    /// <param name="horizon">Nanoseconds within which most entries are due.</param>
    /// <param name="tick">Nanoseconds from one tick to the next.</param>
    public TickWheel(long horizon, long tick)
    {
        _tick = tick;
        var ticks = Math.Clamp(horizon / tick, 0, MaximumTurn - 2);
        _due = new Chain[BitOperations.RoundUpToPowerOf2((uint)ticks + 2)];
        Array.Fill(_due, Chain.Empty);
    }

    public void Add(NumberedSlot slot, Timestamp due)
    {
        // The first tick at which it is due.
        var at = Math.Clamp(TickOf(due) + 1, _now + 1, _now + _due.Length);
        ref var chain = ref _due[at & (_due.Length - 1)];
        if (chain.IsEmpty || _blocks[chain.Last].IsFull)
        {
            Extend(ref chain);
        }

        _blocks[chain.Last].Add(slot);
    }

    /// <summary>
    /// Moves what is due by <paramref name="now"/>, and perhaps more, to <paramref name="taken"/>: of each tick, in the order
    /// in which it was added.
    /// </summary>
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
            ref var chain = ref _due[at & (_due.Length - 1)];
            for (var block = chain.First; block != Chain.None;)
            {
                taken.AddRange(_blocks[block].Entries);
                var next = _blocks[block].Next;
                _blocks.GiveBack(block);
                block = next;
            }

            chain = Chain.Empty;
        }

        _now = tick;
    }

    private long TickOf(Timestamp time) => time.Nanoseconds / _tick;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Extend(ref Chain chain)
    {
        var block = _blocks.Take();
        _blocks[block].Clear();
        if (chain.IsEmpty)
        {
            chain.First = block;
        }
        else
        {
            _blocks[chain.Last].Next = block;
        }

        chain.Last = block;
    }

    /// <summary>The blocks of one tick.</summary>
    private struct Chain
    {
        public const int None = -1;

        public static readonly Chain Empty = new() { First = None, Last = None };

        public int First;
        public int Last;

        public readonly bool IsEmpty => First == None;
    }

    /// <summary>Two cache lines: for a tick that has one entry it is little, for one of thousands not many.</summary>
    private struct Block
    {
        private const int Capacity = 15;

        public int Next;
        private int _count;
        private Room _room;

        public readonly bool IsFull => _count == Capacity;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public readonly ReadOnlySpan<NumberedSlot> Entries => ((ReadOnlySpan<NumberedSlot>)_room)[.._count];

        public void Clear() => (Next, _count) = (Chain.None, 0);

        public void Add(NumberedSlot slot) => _room[_count++] = slot;

        [InlineArray(Capacity)]
        private struct Room
        {
            private NumberedSlot _first;
        }
    }
}
