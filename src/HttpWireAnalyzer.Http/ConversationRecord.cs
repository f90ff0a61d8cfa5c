using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// All that is kept of a conversation which is idle, or waits for the answers to whole requests: most connections of a
/// large capture, most of the time.
/// </summary>
internal struct ConversationRecord
{
    /// <summary>Leads the conversation through everything else, and then knows more than the record.</summary>
    public HttpConversation? Lead;

    public ExchangeLedger Ledger;
    public long ClientPosition;
    public long ServerPosition;

    /// <summary>The packet of the latest end of a stream.</summary>
    public PacketRef EndPacket;

    /// <summary>The requests that wait, linked in order; meaningful where <see cref="Waiting"/> is not 0.</summary>
    public int FirstWaiting;
    public int LastWaiting;
    public int Waiting;

    /// <summary>The response whose body goes on, one more than its index; 0 without one.</summary>
    public int UnderWay;

    public ReaderState ClientState;
    public ReaderState ServerState;
    public bool ClientEnded;
    public bool ServerEnded;

    /// <summary>What ended the stream; meaningful once it ended. (A nullable enum takes eight octets here.)</summary>
    public StreamEndCause ClientEndCause;
    public StreamEndCause ServerEndCause;
    public Side Requester;
    public bool RequesterKnown;
    public bool RequestsLost;
    public byte TunnelDepth;
    public PairingConfidence Confidence;
    public ApplicationProtocol Protocol;
    public ApplicationProtocol SwitchedTo;

    /// <summary>Another protocol's octets that came while a switch to it was not answered yet.</summary>
    public ApplicationProtocol CameEarly;

    /// <summary>Both streams stand between messages, open, and nothing is in doubt.</summary>
    public readonly bool IsPlain =>
        ClientState == ReaderState.Start && ServerState == ReaderState.Start && TunnelDepth == 0
        && !ClientEnded && !ServerEnded && Confidence != PairingConfidence.Possible;

    /// <summary>Begins a conversation in an empty record, or in one that was closed.</summary>
    public void Open(in ConnectionOpening opening)
    {
        if (opening.Midstream)
        {
            Ledger.BeginMidstream();
        }
    }

    /// <summary>
    /// Clears it while it is at hand, not when the next connection comes. What the ledger allocated serves that one.
    /// </summary>
    public void Close()
    {
        var details = Ledger.Retire();
        this = default;
        Ledger.Keep(details);
    }

    public void MoveTo(Side side, long position)
    {
        if (side == Side.Client)
        {
            ClientPosition = position;
        }
        else
        {
            ServerPosition = position;
        }
    }

    public readonly ReaderState StateOf(Side side) => side == Side.Client ? ClientState : ServerState;

    public readonly StreamEndCause? EndOf(Side side) => side == Side.Client
        ? ClientEnded ? ClientEndCause : null
        : ServerEnded ? ServerEndCause : null;

    public void NoteEnd(Side side, StreamEndCause? cause)
    {
        if (side == Side.Client)
        {
            ClientEnded = cause is not null;
            ClientEndCause = cause ?? default;
        }
        else
        {
            ServerEnded = cause is not null;
            ServerEndCause = cause ?? default;
        }
    }
}
