using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Numbers as ASCII, whole and fixed-point: no floating point touches a time.</summary>
internal static class DecimalText
{
    /// <summary>Room for any number: a sign, twenty digits and a point, and what is written beyond them and does not count.</summary>
    public const int MaxLength = 32;

    private const ulong EightZeros = 0x3030_3030_3030_3030;
    private const uint EightDigits = 100_000_000;

    private static ReadOnlySpan<uint> PowersOfTen =>
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Gives how many octets were written; <paramref name="destination"/> has <see cref="MaxLength"/>.</summary>
    public static int Write(long value, Span<byte> destination)
    {
        if (value >= 0)
        {
            return WriteWhole((ulong)value, destination);
        }

        destination[0] = (byte)'-';
        return 1 + WriteWhole(unchecked((ulong)-value), destination[1..]);
    }

    /// <summary>The same of <paramref name="value"/> / 10^<paramref name="decimals"/>.</summary>
    /// <param name="decimals">1 to 9.</param>
    public static int Write(long value, int decimals, Span<byte> destination)
    {
        var at = 0;
        if (value < 0)
        {
            destination[at++] = (byte)'-';
        }

        var scaled = value < 0 ? unchecked((ulong)-value) : (ulong)value;
        if (decimals == 9)
        {
            // Nearly all times; dividing by what is known beforehand is multiplying.
            var (seconds, nanoseconds) = Math.DivRem(scaled, 1_000_000_000UL);
            at += WriteWhole(seconds, destination[at..]);
            var (first, rest) = Math.DivRem((uint)nanoseconds, EightDigits);
            destination[at] = (byte)'.';
            destination[at + 1] = (byte)('0' + first);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(at + 2)..], DigitsOf(rest) | EightZeros);
            return at + 10;
        }

        var (whole, fraction) = Math.DivRem(scaled, PowersOfTen[decimals]);
        at += WriteWhole(whole, destination[at..]);

        // A one in front keeps the zeros; the point takes its place.
        var written = WriteWhole(fraction + PowersOfTen[decimals], destination[at..]);
        destination[at] = (byte)'.';
        return at + written;
    }

    private static int WriteWhole(ulong value, Span<byte> destination)
    {
        if (value < EightDigits)
        {
            // The first digit is the lowest octet: leading zeros are shifted out.
            var digits = DigitsOf((uint)value);
            var zeros = BitOperations.TrailingZeroCount(digits | 1UL << 56) / 8;
            BinaryPrimitives.WriteUInt64LittleEndian(destination, (digits | EightZeros) >> (8 * zeros));
            return 8 - zeros;
        }

        var (upper, lower) = Math.DivRem(value, EightDigits);
        var written = WriteWhole(upper, destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[written..], DigitsOf((uint)lower) | EightZeros);
        return written + 8;
    }

    /// <summary>
    /// Eight decimal digits, one in each octet, the first in the lowest. Halves are split into quarters and quarters into
    /// digits side by side in one word; each quotient is a product and a shift, exact for the numbers that can come.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DigitsOf(uint value)
    {
        unchecked
        {
            var (high, low) = Math.DivRem(value, 10_000u);
            var halves = high | (ulong)low << 32;
            var hundreds = (halves * 10_486 >> 20) & 0x0000_007F_0000_007F;
            var pairs = hundreds | (halves - (100 * hundreds)) << 16;
            var tens = (pairs * 103 >> 10) & 0x000F_000F_000F_000F;
            return tens | (pairs - (10 * tens)) << 8;
        }
    }
}
