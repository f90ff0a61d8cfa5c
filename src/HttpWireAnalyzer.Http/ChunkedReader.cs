using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>Reads chunked transfer coding (RFC 9112 §7.1); a response's data are counted, not touched.</summary>
/// <remarks>
/// <code>
/// chunked-body = *chunk last-chunk trailer-section CRLF
/// chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
/// chunk-size   = 1*HEXDIG
///
///  Size -HEX-> SizeDigits -SP-> AfterSize -;-> Extension        CR leads to the LineFeed state of the same line,
///                 |  '-;-> Extension                            LF alone does what CR LF does, and is odd
///                 v
///              (line end) -size 0-> TrailerStart -any-> TrailerLine -line end-> TrailerStart
///                 |                      '-CR-> LastLineFeed -LF-> ended
///                 '-size n-> Data -n octets-> DataCarriageReturn -CR-> DataLineFeed -LF-> Size
/// </code>
/// </remarks>
internal struct ChunkedReader
{
    private ChunkedState _state;
    private long _size;
    private byte[]? _trailers;
    private int _trailerLength;
    private HttpAnomalies _told;

    /// <summary>Chunks with data.</summary>
    public int Chunks { get; private set; }

    public HttpAnomalies Oddity { get; private set; }

    /// <summary>Octets of the current chunk's data that are still to come; 0 outside of data.</summary>
    public readonly long DataRemaining => _state == ChunkedState.Data ? _size : 0;

    /// <summary>The trailer section as Latin-1 text; null without one.</summary>
    public readonly string? Trailers =>
        _trailerLength == 0 ? null : Encoding.Latin1.GetString(_trailers.AsSpan(0, _trailerLength));

    /// <summary>Takes data that were not captured; at most <see cref="DataRemaining"/>.</summary>
    public void SkipData(long octets) => TakeData(octets);

    /// <summary>Gives the trailers' memory back.</summary>
    public void Release()
    {
        if (_trailers is not null)
        {
            ArrayPool<byte>.Shared.Return(_trailers);
        }

        this = default;
    }

    /// <summary>Reads until something is to be said; <paramref name="used"/> octets were taken.</summary>
    /// <param name="digest">Takes the data in.</param>
    /// <param name="data">Octets of chunk data among them.</param>
    public ChunkedOutcome Read(
        ReadOnlySpan<byte> octets, int trailerLimit, ref BodyDigest digest, out int used, out long data)
    {
        used = 0;
        data = 0;
        while (used < octets.Length)
        {
            if (_state == ChunkedState.Data)
            {
                var taken = (int)Math.Min(_size, octets.Length - used);
                TakeData(taken);
                digest.Add(octets.Slice(used, taken));
                data += taken;
                used += taken;
                continue;
            }

            var outcome = Take(octets[used], trailerLimit);
            if (outcome == ChunkedOutcome.Broken)
            {
                return outcome;
            }

            used++;
            if (outcome != ChunkedOutcome.NeedMore)
            {
                return outcome;
            }
        }

        return ChunkedOutcome.NeedMore;
    }

    private void TakeData(long octets)
    {
        _size -= octets;
        if (_size == 0)
        {
            _state = ChunkedState.DataCarriageReturn;
        }
    }

    private ChunkedOutcome Take(byte octet, int trailerLimit) => _state switch
    {
        ChunkedState.Size => TakeDigit(octet) ? ChunkedOutcome.NeedMore : Broken(HttpAnomalies.InvalidChunkSize),
        ChunkedState.SizeDigits => TakeDigit(octet) ? ChunkedOutcome.NeedMore : TakeAfterSize(octet),
        ChunkedState.AfterSize => TakeAfterSize(octet),
        ChunkedState.Extension => TakeExtension(octet),
        ChunkedState.SizeLineFeed => octet == Characters.LineFeed
            ? EndSizeLine()
            : Broken(HttpAnomalies.InvalidChunkSize),
        ChunkedState.DataCarriageReturn => TakeDataEnd(octet),
        ChunkedState.DataLineFeed => octet == Characters.LineFeed
            ? Go(ChunkedState.Size)
            : Broken(HttpAnomalies.ChunkWithoutLineEnd),
        ChunkedState.TrailerStart or ChunkedState.TrailerLine or ChunkedState.LastLineFeed =>
            TakeTrailer(octet, trailerLimit),
        _ => throw new UnreachableException(),
    };

    private bool TakeDigit(byte octet)
    {
        var digit = octet switch
        {
            >= (byte)'0' and <= (byte)'9' => octet - '0',
            >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
            _ => -1,
        };

        // RFC 9112 §7.1: recipients MUST anticipate large hexadecimal numerals and prevent overflow.
        if (digit < 0 || _size > long.MaxValue >> 4)
        {
            return false;
        }

        _size = (_size << 4) | (uint)digit;
        _state = ChunkedState.SizeDigits;
        return true;
    }

    // RFC 9112 §7.1.1: chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ).
    private ChunkedOutcome TakeAfterSize(byte octet)
    {
        switch (octet)
        {
            case (byte)' ' or (byte)'\t':
                return Go(ChunkedState.AfterSize);
            case (byte)';':
                Go(ChunkedState.Extension);
                return Note(HttpAnomalies.ChunkExtension);
            case Characters.CarriageReturn:
                return Go(ChunkedState.SizeLineFeed);
            case Characters.LineFeed:
                EndSizeLine();
                return Note(HttpAnomalies.BareLineFeed);
            default:
                return Broken(HttpAnomalies.InvalidChunkSize);
        }
    }

    private ChunkedOutcome TakeExtension(byte octet)
    {
        switch (octet)
        {
            case Characters.CarriageReturn:
                return Go(ChunkedState.SizeLineFeed);
            case Characters.LineFeed:
                EndSizeLine();
                return Note(HttpAnomalies.BareLineFeed);
            default:
                return ChunkedOutcome.NeedMore;
        }
    }

    private ChunkedOutcome EndSizeLine()
    {
        if (_size == 0)
        {
            return Go(ChunkedState.TrailerStart);
        }

        Chunks++;
        return Go(ChunkedState.Data);
    }

    private ChunkedOutcome TakeDataEnd(byte octet)
    {
        switch (octet)
        {
            case Characters.CarriageReturn:
                return Go(ChunkedState.DataLineFeed);
            case Characters.LineFeed:
                Go(ChunkedState.Size);
                return Note(HttpAnomalies.BareLineFeed);
            default:
                return Broken(HttpAnomalies.ChunkWithoutLineEnd);
        }
    }

    private ChunkedOutcome TakeTrailer(byte octet, int limit)
    {
        if (octet == Characters.LineFeed)
        {
            // An empty line, also one that ends in LF alone; that is not remarked, for the message is over.
            if (_state is ChunkedState.LastLineFeed or ChunkedState.TrailerStart)
            {
                return ChunkedOutcome.Ended;
            }

            Go(ChunkedState.TrailerStart);
            return Keep(octet, limit);
        }

        if (_state == ChunkedState.TrailerStart && octet == Characters.CarriageReturn)
        {
            return Go(ChunkedState.LastLineFeed);
        }

        // A CR that ended no line belongs to the trailers.
        var before = _state == ChunkedState.LastLineFeed ? Keep(Characters.CarriageReturn, limit) : ChunkedOutcome.NeedMore;
        Go(ChunkedState.TrailerLine);
        var kept = Keep(octet, limit);
        return before == ChunkedOutcome.NeedMore ? kept : before;
    }

    private ChunkedOutcome Keep(byte octet, int limit)
    {
        if (_trailerLength >= limit)
        {
            return Note(HttpAnomalies.TrailersTooLong);
        }

        _trailers ??= ArrayPool<byte>.Shared.Rent(limit);
        _trailers[_trailerLength++] = octet;
        return ChunkedOutcome.NeedMore;
    }

    private ChunkedOutcome Go(ChunkedState state)
    {
        _state = state;
        return ChunkedOutcome.NeedMore;
    }

    private ChunkedOutcome Note(HttpAnomalies kind)
    {
        if ((_told & kind) != 0)
        {
            return ChunkedOutcome.NeedMore;
        }

        _told |= kind;
        Oddity = kind;
        return ChunkedOutcome.Odd;
    }

    private ChunkedOutcome Broken(HttpAnomalies kind)
    {
        Oddity = kind;
        return ChunkedOutcome.Broken;
    }
}
