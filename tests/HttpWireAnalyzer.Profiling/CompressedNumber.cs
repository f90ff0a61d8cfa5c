using System.Buffers.Binary;

namespace HttpWireAnalyzer.Profiling;

/// <summary>
/// A number as ECMA-335 II.23.2 compresses signed ones, the sign in the lowest bit, in one or two octets; else 0xC0 and four
/// octets or 0xC1 and eight, most significant first.
/// </summary>
internal static class CompressedNumber
{
    /// <exception cref="InvalidDataException">It ends early.</exception>
    public static long Read(ref ReadOnlySpan<byte> octets)
    {
        var length = octets switch
        {
            [] => 1,
            [< 0x80, ..] => 1,
            [< 0xC0, ..] => 2,
            [0xC1, ..] => 9,
            _ => 5,
        };
        if (octets.Length < length)
        {
            throw new InvalidDataException($"expected a number of {length} octets, found {octets.Length}");
        }

        var number = length switch
        {
            1 => Rotated(octets[0], bits: 7),
            2 => Rotated(BinaryPrimitives.ReadUInt16BigEndian(octets) & 0x3FFF, bits: 14),
            5 => BinaryPrimitives.ReadInt32BigEndian(octets[1..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(octets[1..]),
        };
        octets = octets[length..];
        return number;
    }

    private static long Rotated(int written, int bits) =>
        (written >> 1) - ((written & 1) == 0 ? 0 : 1L << (bits - 1));
}
