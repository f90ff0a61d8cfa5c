using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Wire;

/// <summary>
/// Numbers in network order out of octets whose length a view's TryParse has checked. It checked once; these trust it,
/// and cost one load each.
/// </summary>
internal static class NetworkOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort U16(ReadOnlySpan<byte> octets, int at)
    {
        var value = Load<ushort>(octets, at);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint U32(ReadOnlySpan<byte> octets, int at)
    {
        var value = Load<uint>(octets, at);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong U64(ReadOnlySpan<byte> octets, int at)
    {
        var value = Load<ulong>(octets, at);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte U8(ReadOnlySpan<byte> octets, int at) => Load<byte>(octets, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(ReadOnlySpan<byte> octets, int at)
        where T : unmanaged
    {
        Debug.Assert(at >= 0 && at + Unsafe.SizeOf<T>() <= octets.Length, "TryParse checked less than is read.");
        return Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(octets), at));
    }
}
