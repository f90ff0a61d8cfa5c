using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>A slot and the number of the connection that was in it, in one number that sorts by the connection's.</summary>
internal readonly struct NumberedSlot(int number, int slot)
{
    /// <summary>As many as a sort of some thousands would compare.</summary>
    private const int MovesEach = 16;

    private readonly ulong _both = ((ulong)(uint)number << 32) | (uint)slot;

    public int Number => (int)(_both >> 32);

    public int Slot => unchecked((int)_both);

    /// <summary>By number. As integers: with a comparer, most of the time would be spent in it.</summary>
    public static void Sort(List<NumberedSlot> slots)
    {
        var keys = MemoryMarshal.Cast<NumberedSlot, ulong>(CollectionsMarshal.AsSpan(slots));
        if (!TrySettle(keys))
        {
            keys.Sort();
        }
    }

    /// <summary>
    /// Moves each to its place among those before it. Connections end nearly in the order in which they began, so that this
    /// takes few moves; false, with all of them there in any order, once it has taken too many.
    /// </summary>
    private static bool TrySettle(Span<ulong> keys)
    {
        var moves = MovesEach * (long)keys.Length;
        for (var i = 1; i < keys.Length; i++)
        {
            var key = keys[i];
            var at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
            }

            keys[at] = key;
            moves -= i - at;
            if (moves < 0)
            {
                return false;
            }
        }

        return true;
    }
}
