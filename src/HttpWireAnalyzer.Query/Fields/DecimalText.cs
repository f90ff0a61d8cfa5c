namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Fixed-point numbers as ASCII: no floating point touches a time.</summary>
internal static class DecimalText
{
    /// <summary>A sign, nineteen digits, a leading zero and a point.</summary>
    public const int MaxLength = 32;

    private static readonly ulong[] PowersOfTen =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Writes <paramref name="value"/> / 10^<paramref name="decimals"/>; gives the part that was written.</summary>
    /// <param name="decimals">1 to 9.</param>
    public static ReadOnlySpan<byte> Write(long value, int decimals, Span<byte> destination)
    {
        var negative = value < 0;
        var scaled = negative ? unchecked((ulong)-value) : (ulong)value;
        // Dividing by what is known beforehand is multiplying; nearly all times have nine decimals.
        var (whole, fraction) = decimals == 9
            ? Math.DivRem(scaled, 1_000_000_000UL)
            : Math.DivRem(scaled, PowersOfTen[decimals]);
        var at = 0;
        if (negative)
        {
            destination[at++] = (byte)'-';
        }

        whole.TryFormat(destination[at..], out var digits);
        at += digits;

        // A one in front keeps the zeros; the point takes its place.
        (fraction + PowersOfTen[decimals]).TryFormat(destination[at..], out digits);
        destination[at] = (byte)'.';
        return destination[..(at + digits)];
    }
}
