using System.Buffers.Binary;
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

    /// <summary>Vectors after which a 32-bit lane could overflow: twice 32,768 words of 16 bits just fit.</summary>
    private const int VectorsPerRound = 32_768;

    /// <summary>The folded sum, in network order; 0 only for no octets or zeros.</summary>
    public static ushort Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        if (Vector256.IsHardwareAccelerated && octets.Length >= 2 * Vector256<byte>.Count)
        {
            var vectors = MemoryMarshal.Cast<byte, Vector256<ushort>>(octets);
            octets = octets[(vectors.Length * Vector256<byte>.Count)..];
            sum = Sum256(vectors);
        }
        else if (Vector128.IsHardwareAccelerated && octets.Length >= 2 * Vector128<byte>.Count)
        {
            var vectors = MemoryMarshal.Cast<byte, Vector128<ushort>>(octets);
            octets = octets[(vectors.Length * Vector128<byte>.Count)..];
            sum = Sum128(vectors);
        }

        sum += SumScalar(octets);
        var folded = Fold(sum);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }

    /// <summary>Adds the carries back in until 16 bits are left (RFC 1071 §4.1).</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF_FFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)((sum & 0xFFFF) + (sum >> 16));
    }

    /// <summary>
    /// What an address adds to a pseudo-header. IPv4 needs no case of its own: the prefix of the mapped form is one
    /// word of all ones, which is zero in one's complement.
    /// </summary>
    public static ulong Of(Address address) =>
        (address.High >> 32) + (uint)address.High + (address.Low >> 32) + (uint)address.Low;

    private static ulong SumScalar(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        var words = MemoryMarshal.Cast<byte, uint>(octets);
        foreach (var word in words)
        {
            sum += word;
        }

        octets = octets[(words.Length * sizeof(uint))..];
        if (octets.Length >= sizeof(ushort))
        {
            sum += MemoryMarshal.Read<ushort>(octets);
            octets = octets[sizeof(ushort)..];
        }

        if (octets.Length > 0)
        {
            // RFC 1071 §4.1: an odd octet is padded with zero behind it.
            sum += BitConverter.IsLittleEndian ? octets[0] : (uint)octets[0] << 8;
        }

        return sum;
    }

    private static ulong Sum256(ReadOnlySpan<Vector256<ushort>> vectors)
    {
        ulong sum = 0;
        while (!vectors.IsEmpty)
        {
            var round = vectors[..Math.Min(vectors.Length, VectorsPerRound)];
            vectors = vectors[round.Length..];
            var lower = Vector256<uint>.Zero;
            var upper = Vector256<uint>.Zero;
            foreach (var vector in round)
            {
                lower += Vector256.WidenLower(vector);
                upper += Vector256.WidenUpper(vector);
            }

            var (low, high) = Vector256.Widen(lower + upper);
            sum += Vector256.Sum(low + high);
        }

        return sum;
    }

    private static ulong Sum128(ReadOnlySpan<Vector128<ushort>> vectors)
    {
        ulong sum = 0;
        while (!vectors.IsEmpty)
        {
            var round = vectors[..Math.Min(vectors.Length, VectorsPerRound)];
            vectors = vectors[round.Length..];
            var lower = Vector128<uint>.Zero;
            var upper = Vector128<uint>.Zero;
            foreach (var vector in round)
            {
                lower += Vector128.WidenLower(vector);
                upper += Vector128.WidenUpper(vector);
            }

            var (low, high) = Vector128.Widen(lower + upper);
            sum += Vector128.Sum(low + high);
        }

        return sum;
    }
}
