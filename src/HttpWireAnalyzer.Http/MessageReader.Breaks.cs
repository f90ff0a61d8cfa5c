using System.Diagnostics;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>What holes in the stream, and its end, do to the message under way.</summary>
internal sealed partial class MessageReader
{
    public void Skip(in StreamGap gap)
    {
        var last = _contiguous;
        // The tap may put the acknowledgment before octets that stand before the hole.
        _contiguous = PacketRef.Later(last, gap.NoticedAt);
        _packet = _contiguous;
        Position = gap.Offset;
        if (State == ReaderState.Withheld)
        {
            EndWaitForBody(bodyCame: true, _buffer.Length);
        }

        if (_isSearching)
        {
            EndSearch();
        }

        IsInHole = true;
        switch (State)
        {
            case ReaderState.Head:
                EndInHole(last);
                BeginHunt(hole: true);
                break;
            case ReaderState.FixedBody:
                SkipInFixedBody(gap.Length);
                break;
            case ReaderState.Chunked when gap.Length > _chunked.DataRemaining:
                // How much of the hole is data, and how much framing, nobody knows.
                _message.MissingOctets += gap.Length;
                _digest.Miss();
                EndInHole(last);
                BeginHunt(hole: true);
                break;
            case ReaderState.Chunked:
                _chunked.SkipData(gap.Length);
                CountMissing(gap.Length);
                break;
            case ReaderState.UntilClose:
                CountMissing(gap.Length);
                break;
            case ReaderState.Start or ReaderState.Hunt:
                BeginHunt(hole: true);
                _conversation.OnPassedOver(this, _contiguous);
                break;
            case ReaderState.Opaque:
                break;
            default:
                throw new UnreachableException();
        }

        IsInHole = false;
        Position = gap.Offset + gap.Length;
    }

    /// <summary>
    /// What a request has before the hole was there when the packet before it was; when an answer's end was, nobody knows
    /// before the hole is given up.
    /// </summary>
    private void EndInHole(PacketRef last)
    {
        var noticed = _contiguous;
        _contiguous = _conversation.IsResponder(side) ? noticed : last;
        if (State == ReaderState.Head)
        {
            TakeCutHead(MessageFate.Lost);
        }
        else
        {
            Finish(MessageFate.Lost, Position);
        }

        _contiguous = noticed;
    }

    public void End(StreamEndCause cause, PacketRef packet)
    {
        LastOctets = State is ReaderState.Chunked or ReaderState.UntilClose ? _contiguous : default;
        // Octets that were on their way when a RST was sent come behind it.
        EndPacket = State == ReaderState.Start ? packet : PacketRef.Later(packet, _contiguous);
        SettleHeldLine();
        if (_isSearching)
        {
            SettleSearch();
        }

        var cut = cause == StreamEndCause.CaptureEnd ? MessageFate.Unfinished : MessageFate.Cut;
        switch (State)
        {
            case ReaderState.Head:
                TakeCutHead(cut);
                break;
            case ReaderState.FixedBody or ReaderState.Chunked:
                Finish(cut, Position);
                break;
            case ReaderState.UntilClose:
                // RFC 9112 §8: complete unless the transport indicates an error, as a RST does.
                if (cause == StreamEndCause.Fin)
                {
                    _contiguous = EndPacket;
                    cut = MessageFate.Whole;
                }

                Finish(cut, Position);
                break;
            case ReaderState.Withheld:
                EndWaitForBody(bodyCame: _buffer.Length > 0, _buffer.Length);
                if (State is ReaderState.FixedBody or ReaderState.Chunked)
                {
                    Finish(cut, Position);
                }

                break;
            case ReaderState.Hunt:
                EndHunt(Position, found: false);
                UnreadFrom = _huntFrom;
                break;
            case ReaderState.Start or ReaderState.Opaque:
                break;
            default:
                throw new UnreachableException();
        }

        LastOctets = default;
        EndPacket = default;
    }

    private void SkipInFixedBody(long length)
    {
        var within = Math.Min(length, _remaining);
        CountMissing(within);
        _remaining -= within;
        if (_remaining > 0)
        {
            return;
        }

        Finish(MessageFate.Whole, Position + within);
        if (length > within)
        {
            BeginHunt(hole: true);
        }
    }

    private void CountMissing(long octets)
    {
        _message.BodyOctets += octets;
        _message.MissingOctets += octets;
        _digest.Miss();
    }
}
