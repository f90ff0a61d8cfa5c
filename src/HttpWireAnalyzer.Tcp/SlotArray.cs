using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Structs by index, in pages that never move: growing copies nothing, and a reference stays good. An index that was
/// given back is given out again.
/// </summary>
public sealed class SlotArray<T>
    where T : struct
{
    private const int LeastPageBits = 9;

    /// <summary>From so many octets on, the collector leaves an array where it is, and does not copy it as it ages.</summary>
    private const int StaysWhereItIs = 85_000;

    private readonly Stack<int> _free = new();
    private T[][] _pages = [];
    private int _end;

    /// <summary>One more than the largest index ever given out.</summary>
    public int End => _end;

    /// <summary>Known when the code is compiled: it costs what a constant does.</summary>
    private static int PageBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.SizeOf<T>() << LeastPageBits >= StaysWhereItIs ? LeastPageBits
            : Unsafe.SizeOf<T>() << (LeastPageBits + 1) >= StaysWhereItIs ? LeastPageBits + 1
            : LeastPageBits + 2;
    }

    private static int PageSize => 1 << PageBits;

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref InPage(_pages[index >> PageBits] ?? throw new ArgumentOutOfRangeException(nameof(index)), index);
    }

    public int Take()
    {
        if (_free.TryPop(out var index))
        {
            return index;
        }

        Reach(_end);
        return _end++;
    }

    /// <summary>An index that another array gives out: its page is made where there is none yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Reach(int index)
    {
        var page = index >> PageBits;
        if (page >= _pages.Length || _pages[page] is null)
        {
            Make(page);
        }

        return ref this[index];
    }

    /// <summary>
    /// Every page has as many as the mask leaves. Of a page that is known not to be null nothing is read: its length stands
    /// in a cache line of its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T InPage(T[] page, int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), index & (PageSize - 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Make(int page)
    {
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(8, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)page + 1)));
        }

        _pages[page] = new T[PageSize];
    }

    /// <summary>The index that <see cref="Take"/> gives next, where it was given before; else negative.</summary>
    public int Next => _free.TryPeek(out var index) ? index : -1;

    /// <summary>Has the struct fetched from memory, where there is one.</summary>
    public void Prefetch(int index)
    {
        if (index >= 0 && index >> PageBits < _pages.Length && _pages[index >> PageBits] is { } page)
        {
            CacheLines.Prefetch(ref InPage(page, index));
        }
    }

    /// <summary>The caller has cleared what the struct referred to.</summary>
    public void GiveBack(int index) => _free.Push(index);
}
