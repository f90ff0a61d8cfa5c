namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Fixed-point numbers as ASCII: no floating point touches a time.</summary>
internal static class DecimalText
{
    /// <summary>A sign, nineteen digits, a leading zero and a point.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes <paramref name="value"/> / 10^<paramref name="decimals"/>; gives the part that was written.</summary>
    public static ReadOnlySpan<byte> Write(long value, int decimals, Span<byte> destination)
    {
        var negative = value < 0;
        var rest = negative ? unchecked((ulong)-value) : (ulong)value;
        var at = MaxLength;
        for (var digit = 0; digit <= decimals || rest > 0; digit++)
        {
            if (digit == decimals && decimals > 0)
            {
                destination[--at] = (byte)'.';
            }

            (rest, var last) = Math.DivRem(rest, 10);
            destination[--at] = (byte)('0' + last);
        }

        if (negative)
        {
            destination[--at] = (byte)'-';
        }

        return destination[at..MaxLength];
    }
}
