namespace HttpWireAnalyzer.Http.Http2.Hpack;

/// <summary>Integers (RFC 7541 §5.1): a prefix of N bits, and octets of seven bits each where that is all ones.</summary>
internal static class HpackInteger
{
    /// <summary>What is longer than a field block can be is no length, no index and no size that is meant.</summary>
    private const int Most = int.MaxValue >> 1;

    /// <summary>Takes an integer off the front; false where it is cut off, or larger than anything here can be.</summary>
    /// <param name="prefix">Bits of the first octet, 1 to 8.</param>
    public static bool TryTake(ref ReadOnlySpan<byte> octets, int prefix, out int value)
    {
        value = 0;
        if (octets.IsEmpty)
        {
            return false;
        }

        var ones = (1 << prefix) - 1;
        value = octets[0] & ones;
        if (value < ones)
        {
            octets = octets[1..];
            return true;
        }

        long sum = value;
        var shift = 0;
        for (var at = 1; at < octets.Length && shift <= 28; at++, shift += 7)
        {
            sum += (long)(octets[at] & 0x7F) << shift;
            if (sum > Most)
            {
                return false;
            }

            if ((octets[at] & 0x80) == 0)
            {
                value = (int)sum;
                octets = octets[(at + 1)..];
                return true;
            }
        }

        return false;
    }
}
