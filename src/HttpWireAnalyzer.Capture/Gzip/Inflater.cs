namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>
/// Unpacks a DEFLATE stream (RFC 1951), and gives every octet that can be known before damage or a cut.
/// </summary>
/// <remarks>
/// Not the platform's: GZipStream ends in silence where a file is cut short, and where it is damaged it throws away all
/// that the same call had unpacked. Both hide packets.
/// </remarks>
internal sealed class Inflater(BitReader bits)
{
    private const int HistoryOctets = 32 * 1024;
    private const int LongestMatch = 258;
    private const int EndOfBlock = 256;
    private const int FirstLengthSymbol = 257;
    private const int LiteralSymbols = 288;
    private const int DistanceSymbols = 30;

    // The longest literal or match: 15 + 5 bits of length, 15 + 13 bits of distance.
    private const int LongestSymbolBits = 48;

    private static readonly int[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
         258];

    private static readonly int[] LengthExtraBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly int[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
         6145, 8193, 12289, 16385, 24577];

    private static readonly int[] DistanceExtraBits =
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private readonly byte[] _window = new byte[4 * HistoryOctets];
    private readonly HuffmanCode _literals = new(LiteralSymbols);
    private readonly HuffmanCode _distances = new(DistanceSymbols + 2);
    private readonly BlockHeaderReader _headers = new(bits);
    private InflateState _state;
    private bool _isLastBlock;
    private int _storedLeft;
    private int _made;
    private int _given;

    /// <summary>Octets unpacked and not taken yet.</summary>
    public ReadOnlySpan<byte> Pending => _window.AsSpan(_given, _made - _given);

    public void Take(int octets) => _given += octets;

    /// <summary>Begins another stream; what was unpacked has been taken.</summary>
    public void Reset()
    {
        _state = InflateState.BlockHeader;
        _isLastBlock = false;
        _made = 0;
        _given = 0;
    }

    /// <summary>Unpacks some more, or comes to an end; what is <see cref="Pending"/> is good in any case.</summary>
    public InflateStatus Step()
    {
        Slide();
        return _state switch
        {
            InflateState.BlockHeader => BeginBlock(),
            InflateState.Stored => CopyStored(),
            _ => Decode(),
        };
    }

    private void Slide()
    {
        if (_given == _made && _made > 2 * HistoryOctets)
        {
            _window.AsSpan(_made - HistoryOctets, HistoryOctets).CopyTo(_window);
            _made = HistoryOctets;
            _given = HistoryOctets;
        }
    }

    private InflateStatus BeginBlock()
    {
        if (_isLastBlock)
        {
            _isLastBlock = false;
            bits.AlignToOctet();
            return InflateStatus.Finished;
        }

        var status = _headers.Read(_literals, _distances, out _isLastBlock, out var storedLength);
        _state = storedLength is null ? InflateState.Symbols : InflateState.Stored;
        _storedLeft = storedLength ?? 0;
        return status;
    }

    private InflateStatus CopyStored()
    {
        if (_storedLeft == 0)
        {
            _state = InflateState.BlockHeader;
            return InflateStatus.More;
        }

        var copied = bits.CopyOctets(_window.AsSpan(_made, Math.Min(_storedLeft, _window.Length - _made)));
        _made += copied;
        _storedLeft -= copied;
        return copied > 0 ? InflateStatus.More : InflateStatus.Truncated;
    }

    private InflateStatus Decode()
    {
        while (_made <= _window.Length - LongestMatch)
        {
            bits.Refill();
            if (bits.Count < LongestSymbolBits && !bits.HasEnded)
            {
                // What is unpacked goes on before a pipe is waited for.
                if (_given < _made)
                {
                    return InflateStatus.More;
                }

                bits.ReadMore();
                continue;
            }

            var symbol = _literals.Find(bits.Peek, out var length);
            if (length == 0 || length > bits.Count)
            {
                return Ended();
            }

            bits.Drop(length);
            if (symbol < EndOfBlock)
            {
                _window[_made++] = (byte)symbol;
            }
            else if (symbol == EndOfBlock)
            {
                _state = InflateState.BlockHeader;
                return InflateStatus.More;
            }
            else if (!TryCopyMatch(symbol - FirstLengthSymbol))
            {
                return Ended();
            }
        }

        return InflateStatus.More;
    }

    private bool TryCopyMatch(int lengthSymbol)
    {
        if (lengthSymbol >= LengthBase.Length)
        {
            return false;
        }

        var length = LengthBase[lengthSymbol] + bits.Take(LengthExtraBits[lengthSymbol]);
        var symbol = _distances.Find(bits.Peek, out var codeLength);
        if (codeLength == 0 || symbol >= DistanceBase.Length)
        {
            return false;
        }

        bits.Drop(codeLength);
        var distance = DistanceBase[symbol] + bits.Take(DistanceExtraBits[symbol]);
        if (bits.Count < 0 || distance > _made)
        {
            return false;
        }

        // RFC 1951 §3.2.3: a match may reach into what it is writing; then it repeats.
        ReadOnlySpan<byte> from = _window.AsSpan(_made - distance, Math.Min(distance, length));
        for (var copied = 0; copied < length; copied += from.Length)
        {
            from[..Math.Min(from.Length, length - copied)].CopyTo(_window.AsSpan(_made + copied));
        }

        _made += length;
        return true;
    }

    // A code that cannot be, with the input at its end, is one that was cut.
    private InflateStatus Ended() =>
        bits.HasEnded && bits.Count < LongestSymbolBits ? InflateStatus.Truncated : InflateStatus.Damaged;

    private enum InflateState : byte
    {
        BlockHeader,
        Stored,
        Symbols,
    }
}

/// <summary>What a step of unpacking came to.</summary>
internal enum InflateStatus : byte
{
    /// <summary>There is, or will be, more.</summary>
    More,

    /// <summary>The stream is complete.</summary>
    Finished,

    /// <summary>The input ends inside the stream.</summary>
    Truncated,

    /// <summary>The stream is not DEFLATE from here on.</summary>
    Damaged,
}
