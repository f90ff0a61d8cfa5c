namespace HttpWireAnalyzer.Http;

/// <summary>Content-Length = 1*DIGIT (RFC 9110 §8.6), within 63 bits.</summary>
internal static class DecimalLength
{
    /// <remarks>RFC 9110 §8.6: a recipient MUST anticipate large numerals and prevent overflow.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (var octet in digits)
        {
            var digit = octet - '0';
            if (digit is < 0 or > 9 || value > (long.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
