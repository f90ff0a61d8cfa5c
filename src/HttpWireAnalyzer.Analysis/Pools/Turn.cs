using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>A connection of a pool opens, becomes busy or idle, or closes.</summary>
/// <param name="Subject">A pool by its place; or, as its complement, a host name by its place.</param>
/// <param name="Open">1, 0 or -1.</param>
/// <param name="Busy">The same of the busy ones.</param>
internal readonly record struct Turn(PacketRef At, int Subject, sbyte Open, sbyte Busy);

/// <summary>
/// Holds the latest turns in the order of their packets, so that one which is reported late still takes its place.
/// </summary>
/// <remarks>
/// Nearly all come in order and cost one store. One that belongs before the earliest that is held takes that one's place:
/// it is counted in <see cref="Late"/>.
/// </remarks>
internal sealed class TurnWindow(int capacity)
{
    private readonly Turn[] _turns = new Turn[capacity];
    private int _first;

    /// <summary>The number of the latest packet of any turn.</summary>
    private long _latest;

    /// <summary>What the latest that was taken was at.</summary>
    private PacketRef _given;

    public int Count { get; private set; }

    public long Late { get; private set; }

    public bool IsFull => Count == _turns.Length;

    /// <summary>There is one; good until another takes its place.</summary>
    public ref readonly Turn First => ref _turns[_first];

    /// <summary>There is room.</summary>
    public void Add(Turn turn) => Put(turn, (_first + Count++) & (_turns.Length - 1));

    /// <summary>What <see cref="TakeFirst"/> and <see cref="Add"/> do, where it is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReplaceFirst(Turn turn)
    {
        var place = _first;
        _given = _turns[place].At;
        _first = (place + 1) & (_turns.Length - 1);
        Put(turn, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(Turn turn, int place)
    {
        _turns[place] = turn;
        if (turn.At.Number >= _latest)
        {
            _latest = turn.At.Number;
        }
        else
        {
            BringForward();
        }
    }

    /// <summary>Those that are held, in their order.</summary>
    public IEnumerable<Turn> Held => Enumerable.Range(_first, Count).Select(at => _turns[at & (_turns.Length - 1)]);

    /// <summary>There is one; good until the next is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Turn TakeFirst()
    {
        ref readonly var turn = ref _turns[_first];
        _first = (_first + 1) & (_turns.Length - 1);
        Count--;
        _given = turn.At;
        return ref turn;
    }

    /// <summary>Brings the last one behind those of the same packet: they were reported before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BringForward()
    {
        var mask = _turns.Length - 1;
        var at = _first + Count - 1;
        var turn = _turns[at & mask];
        if (turn.At.Number < _given.Number)
        {
            Late++;
            turn = turn with { At = _given };
        }

        for (; at > _first && _turns[(at - 1) & mask].At.Number > turn.At.Number; at--)
        {
            _turns[at & mask] = _turns[(at - 1) & mask];
        }

        _turns[at & mask] = turn;
    }
}
