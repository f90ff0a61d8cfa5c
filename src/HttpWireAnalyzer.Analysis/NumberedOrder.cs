using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// Brings what comes out of order into the order of its numbers, which leave none out: what comes before its turn waits. Of more
/// than so many that wait, the one with the least number goes first: order is nearly kept, and memory does not grow.
/// </summary>
/// <param name="mostWaiting">0: nothing waits.</param>
public sealed class NumberedOrder<T>(int mostWaiting)
{
    private readonly PriorityQueue<T, int> _waiting = new();

    /// <summary>One more than the greatest number that went.</summary>
    private int _end;
    private int _gone;

    /// <summary>True where it is its turn: then it has gone. Else it waits, and comes by <see cref="TryNext"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(int number, T item)
    {
        if (IsDue(number))
        {
            Go(number);
            return true;
        }

        _waiting.Enqueue(item, number);
        return false;
    }

    /// <summary>What need not wait any more, until there is none.</summary>
    public bool TryNext(out T item)
    {
        if (_waiting.TryPeek(out item!, out var number) && (IsDue(number) || _waiting.Count > mostWaiting))
        {
            _waiting.Dequeue();
            Go(number);
            return true;
        }

        return false;
    }

    /// <summary>The next of what waits, though it is not its turn: nothing more comes.</summary>
    public bool TryDrain(out T item)
    {
        if (_waiting.TryDequeue(out item!, out var number))
        {
            Go(number);
            return true;
        }

        return false;
    }

    /// <summary>All lesser ones have gone, or one that is greater: it did not wait any longer.</summary>
    private bool IsDue(int number) => number == _gone || number < _end;

    private void Go(int number)
    {
        _end = int.Max(_end, number + 1);
        _gone++;
    }
}
