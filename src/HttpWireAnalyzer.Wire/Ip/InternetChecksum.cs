using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>
/// The one's complement sum of 16-bit words (RFC 1071). It does not depend on the byte order it is computed in, nor on
/// the width of the words (RFC 1071 §2 B and C): the words are added as the machine reads them, wide, and the result
/// is folded and turned once.
/// </summary>
internal static class InternetChecksum
{
    /// <summary>The sum over octets that include a right checksum.</summary>
    public const ushort AllOnes = 0xFFFF;

    private const ulong LowerHalf = 0xFFFF_FFFF;

    /// <summary>The folded sum, in network order; 0 only for no octets or zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Sum(ReadOnlySpan<byte> octets) => InNetworkOrder(Words(octets));

    /// <summary>
    /// The sum that is not folded yet, in the machine's order: sums of several pieces are added, and folded once. All
    /// pieces but the last have an even number of octets.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Words(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        if (Vector256.IsHardwareAccelerated && octets.Length >= 2 * Vector256<byte>.Count)
        {
            sum = Sum256(octets);
            octets = octets[(octets.Length & -Vector256<byte>.Count)..];
        }
        else if (Vector128.IsHardwareAccelerated && octets.Length >= 4 * Vector128<byte>.Count)
        {
            sum = Sum128(octets);
            octets = octets[(octets.Length & -Vector128<byte>.Count)..];
        }

        return sum + SumScalar(octets);
    }

    /// <summary>Folds a sum of <see cref="Words"/>, and turns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort InNetworkOrder(ulong words)
    {
        var folded = Fold(words);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }

    /// <summary>Adds the carries back in until 16 bits are left (RFC 1071 §4.1).</summary>
    /// <remarks>
    /// Both halves are added to each other at once; the carry out of the lower addition is the one that is to come
    /// back into the upper.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Fold(ulong sum)
    {
        var half = (uint)(unchecked(sum + BitOperations.RotateRight(sum, 32)) >> 32);
        return (ushort)(unchecked(half + BitOperations.RotateRight(half, 16)) >> 16);
    }

    /// <summary>
    /// What an address adds to a pseudo-header. IPv4 needs no case of its own: the prefix of the mapped form is one
    /// word of all ones, which is zero in one's complement.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(Address address) =>
        (address.High >> 32) + (uint)address.High + (address.Low >> 32) + (uint)address.Low;

    /// <summary>Halves of 32 bits in 64-bit sums: 2^32 of them fit, more than a span has octets.</summary>
    private static ulong SumScalar(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        while (octets.Length >= sizeof(ulong))
        {
            var word = MemoryMarshal.Read<ulong>(octets);
            sum += (word & LowerHalf) + (word >> 32);
            octets = octets[sizeof(ulong)..];
        }

        if ((octets.Length & sizeof(uint)) != 0)
        {
            sum += MemoryMarshal.Read<uint>(octets);
            octets = octets[sizeof(uint)..];
        }

        if ((octets.Length & sizeof(ushort)) != 0)
        {
            sum += MemoryMarshal.Read<ushort>(octets);
            octets = octets[sizeof(ushort)..];
        }

        if (!octets.IsEmpty)
        {
            // RFC 1071 §4.1: an odd octet is padded with zero behind it.
            sum += BitConverter.IsLittleEndian ? octets[0] : (uint)octets[0] << 8;
        }

        return sum;
    }

    private static ulong Sum256(ReadOnlySpan<byte> octets)
    {
        ref var start = ref MemoryMarshal.GetReference(octets);
        var lower = Vector256<ulong>.Zero;
        var upper = Vector256<ulong>.Zero;
        var mask = Vector256.Create(LowerHalf);
        for (var at = 0; at <= octets.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var words = Vector256.LoadUnsafe(ref start, (nuint)at).AsUInt64();
            lower += words & mask;
            upper += words >>> 32;
        }

        return Vector256.Sum(lower + upper);
    }

    private static ulong Sum128(ReadOnlySpan<byte> octets)
    {
        ref var start = ref MemoryMarshal.GetReference(octets);
        var lower = Vector128<ulong>.Zero;
        var upper = Vector128<ulong>.Zero;
        var mask = Vector128.Create(LowerHalf);
        for (var at = 0; at <= octets.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var words = Vector128.LoadUnsafe(ref start, (nuint)at).AsUInt64();
            lower += words & mask;
            upper += words >>> 32;
        }

        return Vector128.Sum(lower + upper);
    }
}
