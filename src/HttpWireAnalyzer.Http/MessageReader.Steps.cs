using System.Diagnostics;

namespace HttpWireAnalyzer.Http;

/// <summary>The steps of each state.</summary>
internal sealed partial class MessageReader
{
    private void Run(ReadOnlySpan<byte> octets, bool beginsChunk)
    {
        while (!octets.IsEmpty)
        {
            var used = Step(octets, beginsChunk);
            octets = octets[used..];
            Position += used;
            beginsChunk &= used == 0;
        }
    }

    /// <summary>Takes some octets, or none and changes the state.</summary>
    private int Step(ReadOnlySpan<byte> octets, bool beginsChunk) => State switch
    {
        ReaderState.Start => StepStart(octets),
        ReaderState.Head => StepHead(octets),
        ReaderState.FixedBody or ReaderState.Chunked or ReaderState.UntilClose when TryEndDoubtfulBody(octets, beginsChunk) => 0,
        ReaderState.FixedBody => StepFixedBody(octets, beginsChunk),
        ReaderState.Chunked => StepChunked(octets),
        ReaderState.UntilClose => StepUntilClose(octets),
        ReaderState.Withheld => StepWithheld(octets, beginsChunk),
        ReaderState.Hunt => StepHunt(octets, beginsChunk),
        ReaderState.Opaque => StepOpaque(octets),
        _ => throw new UnreachableException(),
    };

    private int StepStart(ReadOnlySpan<byte> octets)
    {
        if (Position == 0 && side == Tcp.Side.Client && ProxyHeader.LengthOf(octets) != 0)
        {
            BeginMessage();
            State = ReaderState.Head;
            return 0;
        }

        // RFC 9112 §2.2: a server SHOULD ignore at least one empty line before the request line.
        var emptyLines = octets.IndexOfAnyExcept(Characters.CarriageReturn, Characters.LineFeed);
        if (emptyLines != 0)
        {
            _emptyLine = true;
            return emptyLines < 0 ? octets.Length : emptyLines;
        }

        BeginMessage();
        var end = HeadEnd.Find(octets, 0);
        if (end < 0 || end > limits.HeadOctets || _isBehindGuess
            || _conversation.ExpectsSimpleResponse(side) || _conversation.MayLeaveHttp(side))
        {
            State = ReaderState.Head;
            return 0;
        }

        // The usual case: the whole head is in one chunk, and is not copied.
        var kind = TakeHead(octets[..end], whole: true);
        if (kind is StartLineKind.Request or StartLineKind.Response)
        {
            return end;
        }

        TakeForeign(kind);

        // What follows HTTP reads the octets that showed it, too.
        return State == ReaderState.Opaque ? 0 : ToNextAnswer(octets);
    }

    private int StepHead(ReadOnlySpan<byte> octets)
    {
        if (_isHeldBack && !_conversation.MayLeaveHttp(side))
        {
            // The connection stays with HTTP: they were no message.
            _isHeldBack = false;
            TakeForeign(StartLineKind.None);
            return 0;
        }

        var before = _buffer.Length;
        var taken = _buffer.Append(octets, limits.HeadOctets);
        if (_message.HeadOffset == 0 && !_isStartLine && side == Tcp.Side.Client && TryTakeProxyHeader(before, ref taken))
        {
            return taken;
        }

        if (!_isStartLine && !JudgeBuffer())
        {
            return State == ReaderState.Hunt ? Math.Min(taken, ToNextAnswer(octets)) : taken;
        }

        // All octets of an end but the last can be among the earlier ones.
        var end = HeadEnd.Find(_buffer.Octets, Math.Max(0, before - (HeadEnd.Longest - 1)));
        if (end > 0)
        {
            TakeBufferedHead(end);
            return end - before;
        }

        if (_buffer.Length >= limits.HeadOctets)
        {
            Position += taken;
            TakeLongHead();
            Position -= taken;
        }

        return taken;
    }

    private int StepFixedBody(ReadOnlySpan<byte> octets, bool beginsChunk)
    {
        // The guess was too long.
        if (beginsChunk && _message.Framing.IsGuess && IsRequest && StartLine.MayBeginKnownMethod(octets)
            && StartLine.IsUnmistakable(octets, out _))
        {
            FinishBefore(beginsChunk);
            return 0;
        }

        var taken = (int)Math.Min(_remaining, octets.Length);
        _remaining -= taken;
        _message.BodyOctets += taken;
        if (IsRequest)
        {
            _digest.Add(octets[..taken]);
        }

        if (_remaining == 0)
        {
            Finish(MessageFate.Whole, Position + taken);
        }

        return taken;
    }

    private int StepChunked(ReadOnlySpan<byte> octets)
    {
        var outcome = _chunked.Read(octets, limits.TrailerOctets, ref _digest, out var used, out var data);
        _message.BodyOctets += data;
        switch (outcome)
        {
            case ChunkedOutcome.NeedMore:
                break;
            case ChunkedOutcome.Ended:
                Finish(MessageFate.Whole, Position + used);
                break;
            case ChunkedOutcome.Odd:
                Tell(_chunked.Oddity, Position + used - 1);
                break;
            case ChunkedOutcome.Broken:
                Tell(_chunked.Oddity, Position + used);
                Finish(MessageFate.Broken, Position + used);
                _message.HeadOffset = Position + used;
                GiveUpHead();
                return octets.Length;
            default:
                throw new UnreachableException();
        }

        return used;
    }

    private int StepUntilClose(ReadOnlySpan<byte> octets)
    {
        _message.BodyOctets += octets.Length;
        return octets.Length;
    }

    private void Finish(MessageFate fate, long end)
    {
        var trace = _message.HeadTrace(_message.Framing) with
        {
            EndOffset = end,
            End = fate == MessageFate.Withheld ? _message.HeadEnd : _contiguous,
            BodyOctets = _message.BodyOctets,
            MissingOctets = _message.MissingOctets,
            Chunks = _chunked.Chunks,
            Trailers = _chunked.Trailers,
            BodyDigest = _digest.Value,
            Complete = fate == MessageFate.Whole,
        };
        _chunked.Release();
        _isBehindGuess = IsRequest && _message.Framing.IsGuess;
        State = ReaderState.Start;
        _conversation.OnMessageEnd(this, trace, fate);
    }
}
