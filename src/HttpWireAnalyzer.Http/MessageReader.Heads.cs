using HttpWireAnalyzer.Http.Http2;

namespace HttpWireAnalyzer.Http;

/// <summary>How octets become the head of a message, or turn out to be none.</summary>
internal sealed partial class MessageReader
{
    /// <summary>The octets in the buffer are, or may become, a header of the PROXY protocol; or they are empty lines alone.</summary>
    /// <param name="before">Octets that were in the buffer before those at hand.</param>
    /// <param name="taken">Of those at hand; what a whole header leaves is read again.</param>
    private bool TryTakeProxyHeader(int before, ref int taken)
    {
        var header = ProxyHeader.LengthOf(_buffer.Octets);
        if (header == ProxyHeader.NeedMore)
        {
            return true;
        }

        var areEmptyLines = _buffer.Octets[0] == Characters.CarriageReturn
            && _buffer.Octets[..before].IndexOfAnyExcept(Characters.CarriageReturn, Characters.LineFeed) < 0;
        if (header == 0 && !areEmptyLines)
        {
            return false;
        }

        taken = Math.Max(header, before) - before;
        _buffer.Release();
        State = ReaderState.Start;
        if (header > 0)
        {
            _conversation.Remark(this, HttpAnomalies.ProxyHeader, 0, header);
        }
        else
        {
            _emptyLine = true;
        }

        return true;
    }

    /// <summary>False where the octets in the buffer are no start line, and were dealt with.</summary>
    private bool JudgeBuffer()
    {
        if (_isSearching && !FindStatusLine())
        {
            return State == ReaderState.Head;
        }

        if (_conversation.ExpectsSimpleResponse(side) && !StatusLine.MayBegin(_buffer.Octets))
        {
            TakeSimpleResponse();
            return false;
        }

        // A method that is known tells a request from the rest of a body: "deGET / HTTP/1.1" follows the grammar, too.
        if (_isBehindGuess && !StartLine.MayBeginKnownMethod(_buffer.Octets))
        {
            _isBehindGuess = false;
            GiveUpHead();
            return false;
        }

        var kind = StartLine.Classify(_buffer.Octets);
        switch (kind)
        {
            // Nothing else is to be expected of an end that answers. To wait for the end of another line would take what comes
            // behind it for a part of that line: surplus octets come in a packet, and the next response in the one after.
            case StartLineKind.NeedMore when _conversation.Accepts(side, StartLineKind.Request) || StatusLine.MayBegin(_buffer.Octets):
                break;
            case StartLineKind.Request or StartLineKind.VersionlessRequest when _conversation.Accepts(side, StartLineKind.Request):
            case StartLineKind.Response when _conversation.Accepts(side, kind):
                _isStartLine = true;
                break;
            case not (StartLineKind.Tls or StartLineKind.Http2Preface)
                when _buffer.Length < limits.HeadOctets && _conversation.MayLeaveHttp(side):
                _isHeldBack = true;
                return false;
            default:
                TakeForeign(kind);
                return false;
        }

        return true;
    }

    private void TakeBufferedHead(int length)
    {
        var buffer = _buffer;
        _buffer = default;
        var kind = TakeHead(buffer.Octets[..length], whole: true);
        buffer.Release();
        if (kind is not (StartLineKind.Request or StartLineKind.Response))
        {
            TakeForeign(kind);
        }
    }

    /// <summary>The start line is known, the rest of the head is not: it is still a message.</summary>
    private void TakeCutHead(MessageFate fate)
    {
        if (TryLeaveToHttp2())
        {
            return;
        }

        if (fate != MessageFate.Lost && TakeCutStartLine() || TakePartOfHead(isStartLineEnough: fate == MessageFate.Lost))
        {
            Finish(fate, Position);
        }
        else
        {
            BeginHunt(_message.HeadOffset, _message.Start);
            EndHunt(Position, found: false);
        }
    }

    /// <summary>
    /// Its sender ended within the start line: what came of it begins the answer that is due, or a request. That is no more
    /// than a few octets, which have to follow the grammar as far as they go.
    /// </summary>
    private bool TakeCutStartLine()
    {
        var head = _buffer.Octets.Contains(Characters.LineFeed) ? null : HeadParser.ParseBeginning(_buffer.Octets);
        if (head is null || (head is ResponseHead && !_conversation.AwaitsAnswer(this)) || _conversation.ExpectsSimpleResponse(side))
        {
            return false;
        }

        var length = _buffer.Length;
        _buffer.Release();
        if (Take(head, length, whole: false) == StartLineKind.None)
        {
            return false;
        }

        // No field has come that could say how long the body is, and what the status says of it holds for a whole head.
        _message.Framing = default;
        return true;
    }

    /// <summary>Takes the whole lines of what is held for a head.</summary>
    /// <param name="isStartLineEnough">
    /// Where no line is whole, what the start line says so far is taken: more was sent than the capture has, or than is kept.
    /// </param>
    private bool TakePartOfHead(bool isStartLineEnough)
    {
        var buffer = _buffer;
        _buffer = default;
        var lines = buffer.Octets[..(buffer.Octets.LastIndexOf(Characters.LineFeed) + 1)];
        var kind = lines.IsEmpty && isStartLineEnough ? Take(HeadParser.ParseCutStartLine(buffer.Octets), buffer.Length, whole: false)
            : _isStartLine && !lines.IsEmpty ? TakeHead(lines, whole: false)
            : StartLineKind.None;
        var taken = kind is StartLineKind.Request or StartLineKind.Response;
        buffer.Release();
        return taken;
    }

    /// <summary>
    /// A head beyond the limit is a message all the same: its start line is known, and so whose answer the next response
    /// is. The rest of it is passed over, and its body with it, if it has one: that nobody knows its end is our doing, and
    /// not its sender's.
    /// </summary>
    private void TakeLongHead()
    {
        var held = _buffer.Length;
        var taken = TakePartOfHead(isStartLineEnough: true);
        _conversation.Remark(this, HttpAnomalies.HeadTooLong, _message.HeadOffset, held);
        if (taken)
        {
            Finish(MessageFate.Lost, Position);
            BeginHunt(hole: true);
        }
        else
        {
            GiveUpHead();
        }
    }

    /// <summary>Parses a head, or finds it parsed, and begins its body.</summary>
    /// <returns>Request or Response; anything else is what the octets are instead.</returns>
    private StartLineKind TakeHead(ReadOnlySpan<byte> octets, bool whole)
    {
        var head = heads.Read(octets, out var kind);
        return head is not null ? Take(head, octets.Length, whole)
            : kind == StartLineKind.NeedMore ? StartLineKind.None
            : kind;
    }

    /// <summary>Begins the message of a head, if one may begin here.</summary>
    private StartLineKind Take(MessageHead? head, int length, bool whole)
    {
        if (head is null)
        {
            return StartLineKind.None;
        }

        var role = head is RequestHead ? StartLineKind.Request : StartLineKind.Response;
        if (!_conversation.Accepts(side, role))
        {
            return StartLineKind.None;
        }

        _message.BodyOffset = _message.HeadOffset + length;
        _message.HeadEnd = whole ? _contiguous : default;
        OpenMessage(head);
        _surplusEnd = _message.Framing.Rule == BodyRule.NoBodyByStatusOrHead && head.ContentLength > 0
            ? _message.BodyOffset + head.ContentLength : -1;
        if (whole)
        {
            BeginBody();
        }
        else if (_message.Framing.RestsOnAbsence)
        {
            _message.Framing = default;
        }

        return role;
    }

    private void TakeSimpleResponse()
    {
        _message.BodyOffset = _message.HeadOffset;
        _message.HeadEnd = _message.Start;
        OpenMessage(HeadParser.SimpleResponse);
        BeginBody();
        _message.BodyOctets = _buffer.Length;
        _buffer.Release();
    }

    private void OpenMessage(MessageHead head)
    {
        _isStartLine = false;
        _message.Framing = _conversation.OnHead(this, head);
        if (_message.AfterEmptyLine)
        {
            Tell(HttpAnomalies.LeadingEmptyLine, _message.HeadOffset);
        }

        foreach (var oddity in head.Oddities)
        {
            Tell(oddity.Kind, _message.HeadOffset + oddity.Offset);
        }
    }

    private void Tell(HttpAnomalies kind, long offset)
    {
        _message.Anomalies |= kind;
        _conversation.Remark(this, kind, offset, 0);
    }

    private void BeginMessage()
    {
        _message = new MessageInProgress
        {
            HeadOffset = Position,
            Start = _contiguous,
            StartSent = _packet.Number,
            Acknowledged = _acknowledged,
            AfterEmptyLine = _emptyLine,
        };
        _digest = BodyDigest.None;
        _emptyLine = false;
        _isStartLine = false;
        _isHeldBack = false;
    }

    private void BeginBody()
    {
        var framing = _message.Framing;
        if (framing.EndsWithHead)
        {
            Finish(MessageFate.Whole, _message.BodyOffset);
            return;
        }

        _digest = IsRequest ? BodyDigest.Begin() : BodyDigest.None;
        _remaining = framing.Length;
        State = framing.Rule switch
        {
            BodyRule.Chunked or BodyRule.ChunkedOverLength => ReaderState.Chunked,
            BodyRule.ContentLength or BodyRule.InvalidContentLength when framing.Length > 0 => ReaderState.FixedBody,
            _ => ReaderState.UntilClose,
        };
    }

    /// <summary>Octets that are no message: another protocol, or nothing known.</summary>
    private void TakeForeign(StartLineKind kind)
    {
        switch (kind)
        {
            case StartLineKind.Tls or StartLineKind.Http2Preface:
                State = ReaderState.Opaque;
                _conversation.OnForeign(this, kind);
                LeaveHttp();
                break;
            default:
                if (!TryLeaveToHttp2())
                {
                    GiveUpHead();
                    _conversation.OnForeign(this, kind);
                }

                break;
        }
    }

    /// <summary>What is held shows that the server speaks HTTP/2 alone: the rest of its stream is none of the answers that are due.</summary>
    private bool TryLeaveToHttp2()
    {
        if (_message.HeadOffset != 0 || !Http2Preface.IsAnswerToHttp1(_buffer.Octets) || !_conversation.IsResponder(side))
        {
            return false;
        }

        _conversation.OnHttp2Answer(this);
        LeaveHttp();
        return true;
    }

    private void GiveUpHead()
    {
        _buffer.Release();
        var position = Position;
        Position = _message.HeadOffset;
        BeginHunt(hole: false);
        Position = position;
    }
}
