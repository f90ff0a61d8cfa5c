using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Hints to the processor; they change nothing but time, and nothing at all where it takes no hints.</summary>
public static class CacheLines
{
    /// <summary>Of a line, on x86.</summary>
    private const int Octets = 64;

    /// <summary>Has every line of <paramref name="value"/> fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T value)
        where T : struct =>
        Prefetch((byte*)Unsafe.AsPointer(ref value), Unsafe.SizeOf<T>());

    /// <summary>Has every line of a value on its own fetched, without the look at it that its field would take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(StrongBox<T> box)
        where T : struct =>
        Prefetch((byte*)Unsafe.As<StrongBox<T>, nint>(ref box), sizeof(nint) + Unsafe.SizeOf<T>());

    /// <summary>Has the lines of <paramref name="octets"/> fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ReadOnlySpan<byte> octets)
    {
        fixed (byte* first = octets)
        {
            Prefetch(first, octets.Length);
        }
    }

    // The collector may move the value meanwhile: then the hint is for nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(byte* value, int octets)
    {
        if (Sse.IsSupported)
        {
            for (var at = 0; at < octets; at += Octets)
            {
                Sse.Prefetch0(value + at);
            }

            // Values stand at multiples of eight: the last word, if it is more, may have a line of its own.
            if ((octets - 1) % Octets >= sizeof(long))
            {
                Sse.Prefetch0(value + octets - 1);
            }
        }
    }
}
