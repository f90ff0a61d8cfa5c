namespace HttpWireAnalyzer.Http.Http2.Hpack;

/// <summary>The Huffman code of string literals (RFC 7541 §5.2, appendix B).</summary>
/// <remarks>
/// The code is canonical: codes of one length are consecutive numbers, in the order of their symbols, and the first of a
/// length continues where the shorter ones end. So the lengths are the whole of appendix B. Decoding compares the next
/// bits, read as a number, with the first code of each length.
/// </remarks>
internal static class HuffmanCode
{
    /// <summary>No string literal holds it; its first bits are the padding.</summary>
    private const int EndOfString = 256;

    private const int Shortest = 5;
    private const int Longest = 30;

    /// <summary>A string of octets becomes at most so many times longer: the shortest code has five bits.</summary>
    private const int MostSymbolsPerFiveOctets = 8;

    private static readonly byte[] Lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <summary>In the order of their codes.</summary>
    private static readonly short[] Symbols = Sorted();

    /// <summary>By length: the first code, how many there are, and where their symbols begin.</summary>
    private static readonly Row[] Rows = RowsOf(Symbols);

    /// <summary>Octets that a string of so many may decode to.</summary>
    public static int MostDecoded(int octets) => (octets * MostSymbolsPerFiveOctets / Shortest) + 1;

    /// <summary>Decodes all of <paramref name="octets"/>; false where they are no code, or the padding is none.</summary>
    /// <param name="decoded">Has room for <see cref="MostDecoded"/>.</param>
    public static bool TryDecode(ReadOnlySpan<byte> octets, Span<byte> decoded, out int length)
    {
        length = 0;
        ulong bits = 0;
        var count = 0;
        foreach (var octet in octets)
        {
            bits = bits << 8 | octet;
            count += 8;
            while (TryTake(bits, count, out var symbol, out var used))
            {
                if (symbol == EndOfString)
                {
                    // RFC 7541 §5.2: a string literal that contains it is a decoding error.
                    return false;
                }

                decoded[length++] = (byte)symbol;
                count -= used;
                bits &= (1ul << count) - 1;
            }
        }

        // RFC 7541 §5.2: padding is shorter than 8 bits, and the first ones of EOS, which are ones.
        return count < 8 && bits == (1ul << count) - 1;
    }

    private static bool TryTake(ulong bits, int count, out int symbol, out int used)
    {
        for (used = Shortest; used <= count && used <= Longest; used++)
        {
            ref readonly var row = ref Rows[used];
            var place = (uint)(bits >> (count - used)) - row.FirstCode;
            if (place < row.Count)
            {
                symbol = Symbols[row.FirstSymbol + (int)place];
                return true;
            }
        }

        symbol = 0;
        return false;
    }

    private static short[] Sorted() =>
        [.. Enumerable.Range(0, Lengths.Length).OrderBy(symbol => Lengths[symbol]).Select(symbol => (short)symbol)];

    private static Row[] RowsOf(short[] symbols)
    {
        var rows = new Row[Longest + 1];
        uint code = 0;
        var at = 0;
        for (var length = 1; length <= Longest; length++)
        {
            code <<= 1;
            var first = at;
            while (at < symbols.Length && Lengths[symbols[at]] == length)
            {
                at++;
            }

            rows[length] = new Row(code, (uint)(at - first), first);
            code += (uint)(at - first);
        }

        return rows;
    }

    private readonly record struct Row(uint FirstCode, uint Count, int FirstSymbol);
}
