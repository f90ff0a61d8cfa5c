using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>How a message is found where nothing says that one begins: among octets that are no message, and behind a guess.</summary>
internal sealed partial class MessageReader
{
    private long _huntFrom;
    private bool _huntAfterHole;
    private PacketRef _huntSince;

    /// <summary>
    /// The head at hand begins where an answer may begin, among octets that are no message: as long as its status line is
    /// not certain, it is one of those.
    /// </summary>
    private bool _isSearching;

    /// <summary>Where a body ends that the latest response announced and must not have (RFC 9112 §6.3, rule 1); -1 without one.</summary>
    private long _surplusEnd = -1;

    private void BeginHunt(bool hole)
    {
        if (State != ReaderState.Hunt)
        {
            BeginHunt(Position, _contiguous);
        }

        _huntAfterHole |= hole;
        LostPlace |= hole;
    }

    private void BeginHunt(long from, PacketRef since)
    {
        _huntFrom = from;
        _huntSince = since;
        _huntAfterHole = false;
        UnreadAcknowledged = _message.Acknowledged;
        State = ReaderState.Hunt;
    }

    private void EndHunt(long at, bool found)
    {
        State = ReaderState.Start;
        UnreadFrom = found ? _huntFrom : -1;
        _conversation.OnHuntEnded(this, _huntFrom, at - _huntFrom, _huntAfterHole, found, _huntSince);
    }

    private int StepHunt(ReadOnlySpan<byte> octets, bool beginsChunk)
    {
        if (beginsChunk && StartLine.IsUnmistakable(octets, out var kind) && _conversation.Accepts(side, kind))
        {
            EndHunt(Position, found: true);
            return 0;
        }

        if (StatusLine.MayBegin(octets) && NextAnswer(Position) == Position)
        {
            BeginMessage();
            _isSearching = true;
            State = ReaderState.Head;
            return 0;
        }

        _conversation.OnPassedOver(this, _contiguous);
        return ToNextAnswer(octets);
    }

    /// <summary>
    /// The first place that is not before <paramref name="from"/> where, among octets that are no message, the answer to a
    /// request that waits may begin: cuts do not change it. -1 without one.
    /// </summary>
    private long NextAnswer(long from)
    {
        var answer = _conversation.NextAnswer(side, from);
        var isBehindSurplus = _surplusEnd >= from && (answer < 0 || _surplusEnd < answer) && _conversation.AwaitsAnswer(side);
        return isBehindSurplus ? _surplusEnd : answer;
    }

    /// <summary>How many octets, one at least, are to be passed over at once.</summary>
    private int ToNextAnswer(ReadOnlySpan<byte> octets)
    {
        var answer = NextAnswer(Position + 1);
        return answer < 0 ? octets.Length : (int)Math.Min(octets.Length, answer - Position);
    }

    /// <summary>
    /// What the head at hand, which was searched for, begins with is a status line beyond doubt; if it can be none, it is
    /// passed over.
    /// </summary>
    private bool FindStatusLine()
    {
        if (StartLine.IsUnmistakable(_buffer.Octets, out var kind) && kind == StartLineKind.Response)
        {
            BeginFound();
            return true;
        }

        var mayBecomeOne = StatusLine.MayBegin(_buffer.Octets) && _buffer.Length < StatusLine.CodeWithin
            && !_buffer.Octets.Contains(Characters.LineFeed);
        if (!mayBecomeOne)
        {
            EndSearch();
        }

        return false;
    }

    /// <summary>No more comes of the line at hand.</summary>
    private void SettleSearch()
    {
        if (StatusLine.TryParseBeginning(_buffer.Octets, out _))
        {
            BeginFound();
        }
        else
        {
            EndSearch();
        }
    }

    /// <summary>What is held begins the message that was searched for.</summary>
    private void BeginFound()
    {
        _isSearching = false;
        EndHunt(_message.HeadOffset, found: true);
        State = ReaderState.Head;
    }

    /// <summary>What is held is none of the answers that are due: it is passed over like the octets before it.</summary>
    private void EndSearch()
    {
        _isSearching = false;
        _buffer.Release();
        State = ReaderState.Hunt;
    }

    /// <summary>
    /// A response whose end is a guess, or of which it is not known whether it has a body, because its request is not there: it
    /// has ended where a later request's sender had acknowledged it, and the next status line stands.
    /// </summary>
    private bool TryEndDoubtfulBody(ReadOnlySpan<byte> octets, bool beginsChunk)
    {
        var isGuess = _message.Framing.IsGuess;
        var lacksRequest = !isGuess && Position == _message.BodyOffset && _conversation.LacksRequest(Entry);
        if (IsRequest || !(isGuess || lacksRequest))
        {
            return false;
        }

        // A later request may wait behind the hole that hides this one: its answer's sender had it.
        var isHeardLater = lacksRequest && beginsChunk && _message.Acknowledged >= 0 && _acknowledged > _message.Acknowledged;
        if (!isHeardLater && _conversation.NextAnswer(side, Position) != Position)
        {
            return false;
        }

        var begins = StartLine.IsUnmistakable(octets, out var kind) && kind == StartLineKind.Response;
        if (!begins && !(isGuess && octets.Length < StatusLine.UsualLength && StatusLine.MayBegin(octets)))
        {
            return false;
        }

        // RFC 9112 §6.3, rule 1: the request that is not there was HEAD.
        _message.Framing = isGuess ? _message.Framing : new BodyFraming(BodyRule.NoBodyByStatusOrHead, 0);
        FinishBefore(beginsChunk);
        return true;
    }

    /// <summary>The octets at hand show that the message has ended before them: those before them brought its end.</summary>
    private void FinishBefore(bool beginsChunk)
    {
        var (packet, contiguous) = (_packet, _contiguous);
        (_packet, _contiguous) = beginsChunk ? (_packetBefore, _contiguousBefore) : (packet, contiguous);
        Finish(MessageFate.Whole, Position);
        (_packet, _contiguous) = (packet, contiguous);
    }
}
