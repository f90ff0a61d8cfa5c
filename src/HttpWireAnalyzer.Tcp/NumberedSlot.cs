using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>A slot and the number of the connection that was in it, in one number that sorts by the connection's.</summary>
internal readonly struct NumberedSlot(int number, int slot)
{
    private readonly ulong _both = ((ulong)(uint)number << 32) | (uint)slot;

    public int Number => (int)(_both >> 32);

    public int Slot => unchecked((int)_both);

    /// <summary>By number. As integers: with a comparer, most of the time would be spent in it.</summary>
    public static void Sort(List<NumberedSlot> slots) =>
        MemoryMarshal.Cast<NumberedSlot, ulong>(CollectionsMarshal.AsSpan(slots)).Sort();
}
