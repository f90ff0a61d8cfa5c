namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>A prefix code given by its lengths (RFC 1951 §3.2.2), decoded by a table, or by counting.</summary>
internal sealed class HuffmanCode(int symbols)
{
    public const int LongestCode = 15;

    // Codes of up to 10 bits take one look-up; nearly all symbols of real data have such codes.
    private const int TableBits = 10;
    private const int LengthBits = 4;
    private const int LengthMask = (1 << LengthBits) - 1;

    private readonly ushort[] _table = new ushort[1 << TableBits];
    private readonly ushort[] _inOrder = new ushort[symbols];
    private readonly int[] _counts = new int[LongestCode + 1];

    /// <summary>False where the lengths are not those of a prefix code.</summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_counts);
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        var free = 1;
        for (var length = 1; length <= LongestCode; length++)
        {
            free = (free << 1) - _counts[length];
            if (free < 0)
            {
                return false;
            }
        }

        // RFC 1951 §3.2.7: a single distance code is one bit long, the other half unused; none is allowed too.
        if (free > 0 && used > 1)
        {
            return false;
        }

        Fill(lengths);
        return true;
    }

    /// <summary>The symbol that <paramref name="bits"/> begin with; a length of 0 where they begin with none.</summary>
    public int Find(uint bits, out int length)
    {
        int entry = _table[bits & ((1 << TableBits) - 1)];
        if (entry != 0)
        {
            length = entry & LengthMask;
            return entry >> LengthBits;
        }

        return FindByCounting(bits, out length);
    }

    private int FindByCounting(uint bits, out int length)
    {
        var code = 0;
        var first = 0;
        var index = 0;
        for (length = 1; length <= LongestCode; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            var count = _counts[length];
            if (code - first < count)
            {
                return _inOrder[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        length = 0;
        return 0;
    }

    private void Fill(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_table);
        Span<int> nextCode = stackalloc int[LongestCode + 1];
        Span<int> nextIndex = stackalloc int[LongestCode + 1];
        for (var length = 1; length < LongestCode; length++)
        {
            nextCode[length + 1] = (nextCode[length] + _counts[length]) << 1;
            nextIndex[length + 1] = nextIndex[length] + _counts[length];
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _inOrder[nextIndex[length]++] = (ushort)symbol;
            var code = nextCode[length]++;
            if (length <= TableBits)
            {
                FillTable(Reversed(code, length), length, (ushort)((symbol << LengthBits) | length));
            }
        }
    }

    private void FillTable(int firstEntry, int length, ushort value)
    {
        for (var entry = firstEntry; entry < _table.Length; entry += 1 << length)
        {
            _table[entry] = value;
        }
    }

    // RFC 1951 §3.1.1: codes stand in the stream with their highest bit first, unlike all else.
    private static int Reversed(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }
}
