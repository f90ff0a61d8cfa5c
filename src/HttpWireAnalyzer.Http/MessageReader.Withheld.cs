using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>The wait for a body that nobody asked for: what comes in its place is held back until it shows what it is.</summary>
internal sealed partial class MessageReader
{
    /// <summary>The state in which the body would be read.</summary>
    private ReaderState _withheldState;

    // The chunk that brought the first octets of what is held back behind a head that may have no body.
    private PacketRef _heldPacket;
    private PacketRef _heldContiguous;
    private long _heldAcknowledged;
    private bool _isHeldFromChunk;

    /// <summary>The final answer is there and no octet of the body is: it may never come.</summary>
    public void ExpectNoBody()
    {
        if (State is ReaderState.FixedBody or ReaderState.Chunked && _message.BodyOctets == 0 && Position == _message.BodyOffset)
        {
            _withheldState = State;
            State = ReaderState.Withheld;
        }
    }

    /// <summary>
    /// RFC 9110 §10.1.1: after a final response a client may leave the body out, or send it nevertheless; what comes
    /// tells which.
    /// </summary>
    private int StepWithheld(ReadOnlySpan<byte> octets, bool beginsChunk)
    {
        var before = _buffer.Length;
        if (before == 0)
        {
            (_heldPacket, _heldContiguous, _heldAcknowledged) = (_packet, _contiguous, _acknowledged);
            _isHeldFromChunk = beginsChunk;
        }

        var taken = _buffer.Append(octets, limits.HeadOctets);
        var kind = KindOfHeld();
        if (kind == StartLineKind.NeedMore && _buffer.Length < limits.HeadOctets)
        {
            return taken;
        }

        Position += taken;
        EndWaitForBody(bodyCame: kind != StartLineKind.Request, before);
        Position -= taken;
        return taken;
    }

    /// <summary>A method that is not in the list is believed where a whole line that begins a segment has it.</summary>
    private StartLineKind KindOfHeld()
    {
        // RFC 9112 §2.2: an empty line may stand before a request line.
        var line = _buffer.Octets.TrimStart("\r\n"u8);
        return line.IsEmpty ? StartLineKind.NeedMore
            : StartLine.MayBeginKnownMethod(line) ? StartLine.Classify(line)
            : _isHeldFromChunk && line.Contains(Characters.LineFeed) && StartLine.IsUnmistakable(line, out var kind) ? kind
            : StartLineKind.None;
    }

    /// <summary>Reads what was held back, as the body or as the next request.</summary>
    /// <param name="before">Octets of it that an earlier chunk brought.</param>
    private void EndWaitForBody(bool bodyCame, int before)
    {
        var held = _buffer;
        _buffer = default;
        Position -= held.Length;
        State = _withheldState;
        if (!bodyCame)
        {
            Finish(MessageFate.Withheld, _message.BodyOffset);
        }

        if (before > 0)
        {
            var (packet, contiguous, acknowledged) = (_packet, _contiguous, _acknowledged);
            (_packet, _contiguous, _acknowledged) = (_heldPacket, _heldContiguous, _heldAcknowledged);
            Run(held.Octets[..before], beginsChunk: false);
            (_packet, _contiguous, _acknowledged) = (packet, contiguous, acknowledged);
        }

        Run(held.Octets[before..], beginsChunk: false);
        held.Release();
    }
}
