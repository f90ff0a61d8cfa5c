using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Cuts one stream into messages, by the table above <see cref="ReaderState"/>. Whatever the cuts between chunks, the
/// messages are the same; only a search, after a loss or behind octets that are no message, looks at where chunks begin, too.
/// </summary>
internal sealed partial class MessageReader(Side side, HttpLimits limits, HeadCache heads)
{
    private HttpConversation _conversation = null!;
    private MessageInProgress _message;
    private HeadBuffer _buffer;
    private ChunkedReader _chunked;
    private BodyDigest _digest;
    private long _remaining;
    private bool _emptyLine;
    private bool _isStartLine;

    /// <summary>Where the request before ended is a guess: what follows may be the rest of its body.</summary>
    private bool _isBehindGuess;

    /// <summary>Octets that are no message are kept, for the next protocol may begin with them.</summary>
    private bool _isHeldBack;

    // The chunk at hand.
    private PacketRef _packet;
    private PacketRef _contiguous;
    private long _acknowledged;

    // The packets of the chunk before it.
    private PacketRef _packetBefore;
    private PacketRef _contiguousBefore;

    public Side Side => side;

    public ReaderState State { get; private set; }

    /// <summary>Offset of the next octet.</summary>
    public long Position { get; private set; }

    /// <summary>Where its message stands in the ring; -1 where it has no entry.</summary>
    public int Entry { get; set; } = -1;

    /// <summary>The message is a request; else a response.</summary>
    public bool IsRequest { get; set; }

    /// <summary>The message is a 1xx response.</summary>
    public bool IsInterim { get; set; }

    public ref readonly MessageInProgress Message => ref _message;

    /// <summary>The packet that brought the octets at hand.</summary>
    public PacketRef Packet => _packet;

    /// <summary>The packet that ended the stream, while that is dealt with; else none.</summary>
    public PacketRef EndPacket { get; private set; }

    /// <summary>
    /// While a stream's end is dealt with, in a body that nobody knew the length of: the packet before it that brought
    /// octets; else none.
    /// </summary>
    public PacketRef LastOctets { get; private set; }

    /// <summary>What is dealt with is not there: it lies in a hole.</summary>
    public bool IsInHole { get; private set; }

    /// <summary>Messages may have been lost before the next one: it cannot be paired by counting.</summary>
    public bool LostPlace { get; private set; }

    /// <summary>
    /// Where octets before the message, or before the end of the stream, begin that are no message; -1 without any.
    /// </summary>
    public long UnreadFrom { get; private set; } = -1;

    /// <summary>How far the sender had acknowledged the other stream when it sent the first of them; -1 unknown.</summary>
    public long UnreadAcknowledged { get; private set; }

    /// <summary>Nothing is kept but the position: the reader's object can serve another connection.</summary>
    public bool IsIdle =>
        State is ReaderState.Start or ReaderState.Opaque or ReaderState.Hunt && !_emptyLine && !LostPlace && !_isBehindGuess;

    /// <summary>Part of a head is there; its first octet is at <see cref="Message"/>'s HeadOffset.</summary>
    public bool IsInHead => State == ReaderState.Head;

    /// <summary>All that is to be kept of an idle reader.</summary>
    public ReaderPlace Place => new(Position, State, _huntFrom, _huntSince);

    public void Begin(HttpConversation conversation, in ReaderPlace place)
    {
        Reset();
        _conversation = conversation;
        State = place.State;
        Position = place.Position;
        _huntFrom = place.HuntFrom;
        _huntSince = place.HuntSince;
        _huntAfterHole = false;
        _contiguous = default;
    }

    /// <summary>Drops whatever is kept.</summary>
    public void Reset()
    {
        _buffer.Release();
        _chunked.Release();
        _message = default;
        _emptyLine = false;
        _isStartLine = false;
        _isBehindGuess = false;
        _isHeldBack = false;
        _isSearching = false;
        _surplusEnd = -1;
        UnreadAcknowledged = 0;
        FindPlace();
        Entry = -1;
        State = ReaderState.Start;
    }

    /// <summary>What was before the message no longer matters: it is paired.</summary>
    public void FindPlace()
    {
        LostPlace = false;
        UnreadFrom = -1;
    }

    /// <summary>Takes over within the body of a response that answers the first exchange.</summary>
    public void BeginWithin(in ResponseUnderWay response)
    {
        _message = new MessageInProgress
        {
            HeadOffset = response.Offset,
            BodyOffset = response.BodyOffset,
            Start = response.Contiguous,
            StartSent = response.Sent,
            Acknowledged = response.Acknowledged,
            HeadEnd = response.Contiguous,
            Framing = response.Framing,
            BodyOctets = Position - response.BodyOffset,
        };
        _packet = response.Latest;
        _contiguous = response.Latest;
        _digest = BodyDigest.None;
        _remaining = response.EndOffset - Position;
        State = ReaderState.FixedBody;
        Entry = 0;
        IsRequest = false;
        IsInterim = false;
    }

    /// <summary>Reads the chunk without its first <paramref name="from"/> octets.</summary>
    public void Read(in StreamChunk chunk, int from)
    {
        (_packetBefore, _contiguousBefore) = (_packet, _contiguous);
        _packet = chunk.Packet;
        _contiguous = chunk.Contiguous;
        _acknowledged = chunk.Acknowledged;
        Position = chunk.Offset + from;
        Run(chunk.Octets[from..], beginsChunk: from == 0);
    }

    /// <summary>Goes on behind the chunk.</summary>
    public void PassOver(in StreamChunk chunk) => Position = chunk.EndOffset;

    /// <summary>A line that can only be HTTP/0.9, or broken, is a whole request once its sender waits or is gone.</summary>
    public void SettleHeldLine()
    {
        if (State != ReaderState.Head || StartLine.Classify(_buffer.Octets) != StartLineKind.VersionlessRequest)
        {
            return;
        }

        var held = _buffer.Octets;
        if (held.IndexOf(Characters.LineFeed) == held.Length - 1)
        {
            TakeBufferedHead(_buffer.Length);
        }
    }

    /// <summary>The request has become known after the response's head: another rule may hold for the body.</summary>
    public void Reframe(BodyFraming framing)
    {
        if (State is ReaderState.FixedBody or ReaderState.Chunked or ReaderState.UntilClose
            && Position == _message.BodyOffset && framing != _message.Framing)
        {
            _message.Framing = framing;
            BeginBody();
        }
    }
}
