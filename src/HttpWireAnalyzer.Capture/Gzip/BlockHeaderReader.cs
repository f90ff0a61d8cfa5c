namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>Reads what stands before a block's symbols (RFC 1951 §3.2.3 to §3.2.7).</summary>
internal sealed class BlockHeaderReader(BitReader bits)
{
    private const int LiteralSymbols = 288;
    private const int DistanceSymbols = 30;

    // Two literal symbols of the fixed code are never used, and never described.
    private const int MostLiterals = LiteralSymbols - 2;
    private const int CodeLengthSymbols = 19;
    private const int RepeatPrevious = 16;
    private const int RepeatZero = 17;

    private readonly HuffmanCode _codeLengths = new(CodeLengthSymbols);
    private readonly byte[] _lengths = new byte[LiteralSymbols + DistanceSymbols];

    // RFC 1951 §3.2.7: the order in which the lengths of the code length code are written.
    private static ReadOnlySpan<byte> CodeLengthOrder =>
        [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <param name="storedLength">Set for a block that is not packed.</param>
    public InflateStatus Read(HuffmanCode literals, HuffmanCode distances, out bool isLast, out int? storedLength)
    {
        storedLength = null;
        isLast = false;
        if (!bits.Ensure(3))
        {
            return InflateStatus.Truncated;
        }

        isLast = bits.Take(1) == 1;
        switch (bits.Take(2))
        {
            case 0:
                return ReadStored(out storedLength);
            case 1:
                UseFixed(literals, distances);
                return InflateStatus.More;
            case 2:
                return ReadDynamic(literals, distances);
            default:
                return InflateStatus.Damaged;
        }
    }

    // RFC 1951 §3.2.4: the length, and its complement to prove it.
    private InflateStatus ReadStored(out int? length)
    {
        length = null;
        bits.AlignToOctet();
        if (!bits.Ensure(32))
        {
            return InflateStatus.Truncated;
        }

        var given = bits.Take(16);
        var complement = bits.Take(16);
        length = given;
        return (given ^ complement) == ushort.MaxValue ? InflateStatus.More : InflateStatus.Damaged;
    }

    // RFC 1951 §3.2.6.
    private void UseFixed(HuffmanCode literals, HuffmanCode distances)
    {
        var lengths = _lengths.AsSpan(0, LiteralSymbols);
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        literals.TryBuild(lengths);

        // Distance codes 30 and 31 are never used, but they take part in the code: each is five bits long.
        Span<byte> distanceLengths = stackalloc byte[DistanceSymbols + 2];
        distanceLengths.Fill(5);
        distances.TryBuild(distanceLengths);
    }

    private InflateStatus ReadDynamic(HuffmanCode literals, HuffmanCode distances)
    {
        if (!bits.Ensure(14))
        {
            return InflateStatus.Truncated;
        }

        var literalCount = bits.Take(5) + 257;
        var distanceCount = bits.Take(5) + 1;
        var codeLengthCount = bits.Take(4) + 4;
        if (literalCount > MostLiterals || distanceCount > DistanceSymbols)
        {
            return InflateStatus.Damaged;
        }

        Span<byte> codeLengths = stackalloc byte[CodeLengthSymbols];
        codeLengths.Clear();
        for (var i = 0; i < codeLengthCount; i++)
        {
            if (!bits.Ensure(3))
            {
                return InflateStatus.Truncated;
            }

            codeLengths[CodeLengthOrder[i]] = (byte)bits.Take(3);
        }

        if (!_codeLengths.TryBuild(codeLengths))
        {
            return InflateStatus.Damaged;
        }

        var status = ReadLengths(_lengths.AsSpan(0, literalCount + distanceCount));
        var built = status == InflateStatus.More
            && literals.TryBuild(_lengths.AsSpan(0, literalCount))
            && distances.TryBuild(_lengths.AsSpan(literalCount, distanceCount));
        return status == InflateStatus.More && !built ? InflateStatus.Damaged : status;
    }

    private InflateStatus ReadLengths(Span<byte> lengths)
    {
        var filled = 0;
        while (filled < lengths.Length)
        {
            // 7 bits of code and 7 of repetition; at the very end there may be fewer, and still enough.
            bits.Ensure(14);
            var symbol = _codeLengths.Find(bits.Peek, out var codeLength);
            if (codeLength == 0 || codeLength > bits.Count)
            {
                return bits.HasEnded ? InflateStatus.Truncated : InflateStatus.Damaged;
            }

            bits.Drop(codeLength);
            if (symbol < RepeatPrevious)
            {
                lengths[filled++] = (byte)symbol;
                continue;
            }

            if (symbol == RepeatPrevious && filled == 0)
            {
                return InflateStatus.Damaged;
            }

            var (value, repeat) = symbol switch
            {
                RepeatPrevious => (lengths[filled - 1], 3 + bits.Take(2)),
                RepeatZero => ((byte)0, 3 + bits.Take(3)),
                _ => ((byte)0, 11 + bits.Take(7)),
            };
            if (bits.Count < 0)
            {
                return InflateStatus.Truncated;
            }

            if (repeat > lengths.Length - filled)
            {
                return InflateStatus.Damaged;
            }

            lengths.Slice(filled, repeat).Fill(value);
            filled += repeat;
        }

        return InflateStatus.More;
    }
}
