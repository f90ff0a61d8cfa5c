using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Hints to the processor; they change nothing but time, and nothing at all where it takes no hints.</summary>
internal static class CacheLines
{
    /// <summary>Of a line, on x86.</summary>
    private const int Octets = 64;

    /// <summary>Has every line of <paramref name="value"/> fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T value)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            // The collector may move the value meanwhile: then the hint is for nothing.
            for (var at = 0; at < Unsafe.SizeOf<T>(); at += Octets)
            {
                Sse.Prefetch0((byte*)Unsafe.AsPointer(ref value) + at);
            }
        }
    }
}
