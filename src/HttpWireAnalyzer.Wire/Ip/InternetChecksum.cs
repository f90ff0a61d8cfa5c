using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>
    /// As many words are added before the sum is widened, eight pairs at a time: each pair adds at most 2^16 to 32 bits.
    /// A segment has fewer, but for the longest that offload makes.
    /// </summary>
    private const nuint WordsInBlock = 1 << 18;

    /// <summary>Words of two octets in 256 bits.</summary>
    private const nuint WordsInVector = 16;

    private const uint WordBias = 1 << 15;

    /// <summary>
    /// The sum that is not folded yet, in the machine's order: sums of several pieces are added, and folded once. All
    /// pieces but the last have an even number of octets.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Words(ReadOnlySpan<byte> octets) =>
        octets.Length < Vector256<byte>.Count ? SumPieces(octets)
        : Avx2.IsSupported ? SumAvx2(octets)
        : SumPortable(octets);

    /// <summary>The same of an IPv4 or TCP header: at least 20 octets, and a multiple of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WordsOfHeader(ReadOnlySpan<byte> octets)
    {
        const int Fixed = 20;
        Debug.Assert(octets.Length >= Fixed && octets.Length % sizeof(uint) == 0, "A header has whole words.");
        ref var first = ref MemoryMarshal.GetReference(octets);
        ulong sum;
        int at;
        if (octets.Length >= Vector256<byte>.Count)
        {
            // Most TCP headers: with timestamps.
            sum = Pairs(ref first);
            at = Vector256<byte>.Count;
        }
        else
        {
            sum = Pair(ref first, 0) + Pair(ref first, sizeof(ulong)) + Piece(ref first, 2 * sizeof(ulong));
            at = Fixed;
        }

        for (; at <= octets.Length - sizeof(ulong); at += sizeof(ulong))
        {
            sum += Pair(ref first, at);
        }

        return at < octets.Length ? sum + Piece(ref first, at) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pair(ref byte first, int at)
    {
        var octets = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));
        return (octets >> 32) + (uint)octets;
    }

    /// <summary>Four of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pairs(ref byte first)
    {
        var pairs = Unsafe.ReadUnaligned<Vector256<ulong>>(ref first);
        return Vector256.Sum((pairs >>> 32) + (pairs & Vector256.Create((ulong)uint.MaxValue)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Piece(ref byte first, int at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at));

    /// <summary>Folds a sum of <see cref="Words"/>, and turns it; 0 only for no octets or zeros.</summary>
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
    public static ulong Of(Address address) => Of(address.High) + Of(address.Low);

    /// <summary>What a number adds that stands in eight octets, or behind zeros in fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong number)
    {
        var octets = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(number) : number;
        return (octets >> 32) + (uint)octets;
    }

    /// <summary>Pieces of 32 bits in a 64-bit sum: 2^32 of them fit, more than a span has octets.</summary>
    private static ulong SumPieces(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        foreach (var piece in MemoryMarshal.Cast<byte, uint>(octets))
        {
            sum += piece;
        }

        octets = octets[(octets.Length & -sizeof(uint))..];
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

    /// <summary>
    /// One instruction adds pairs of words, taking them for signed: turning the upper bit makes each of them less by
    /// 2^15, which is added again at the end.
    /// </summary>
    private static ulong SumAvx2(ReadOnlySpan<byte> octets)
    {
        var words = (nuint)(octets.Length / Vector256<byte>.Count * Vector256<short>.Count);
        ref var next = ref Unsafe.As<byte, short>(ref MemoryMarshal.GetReference(octets));
        var sum = (ulong)words * WordBias;
        for (var left = words; left > 0;)
        {
            var block = nuint.Min(left, WordsInBlock);
            left -= block;
            var even = Vector256<int>.Zero;
            var odd = Vector256<int>.Zero;
            for (; block >= 4 * WordsInVector; block -= 4 * WordsInVector)
            {
                even += Pairs(ref next, 0) + Pairs(ref next, 2 * WordsInVector);
                odd += Pairs(ref next, WordsInVector) + Pairs(ref next, 3 * WordsInVector);
                next = ref Unsafe.Add(ref next, 4 * WordsInVector);
            }

            for (; block > 0; block -= WordsInVector)
            {
                even += Pairs(ref next, 0);
                next = ref Unsafe.Add(ref next, WordsInVector);
            }

            sum += (ulong)Vector256.Sum(Vector256.WidenLower(even) + Vector256.WidenUpper(even)
                + Vector256.WidenLower(odd) + Vector256.WidenUpper(odd));
        }

        return sum + SumPieces(octets[(octets.Length & -Vector256<byte>.Count)..]);
    }

    /// <summary>Eight sums of two words each, less the bias. The caller stays within the octets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pairs(ref short first, nuint at) => Avx2.MultiplyAddAdjacent(
        Vector256.LoadUnsafe(ref first, at) ^ Vector256.Create(short.MinValue), Vector256<short>.One);

    private static ulong SumPortable(ReadOnlySpan<byte> octets)
    {
        var lower = Vector128<ulong>.Zero;
        var upper = Vector128<ulong>.Zero;
        var mask = Vector128.Create((ulong)uint.MaxValue);
        foreach (ref readonly var pieces in MemoryMarshal.Cast<byte, Vector128<ulong>>(octets))
        {
            lower += pieces & mask;
            upper += pieces >>> 32;
        }

        return Vector128.Sum(lower + upper) + SumPieces(octets[(octets.Length & -Vector128<byte>.Count)..]);
    }
}
