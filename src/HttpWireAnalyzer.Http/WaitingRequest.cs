using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>A request that came whole in one chunk, has no body, and is not answered yet.</summary>
internal struct WaitingRequest
{
    public RequestHead Head;

    /// <summary>Offset of its first octet.</summary>
    public long Offset;

    /// <summary>The packet that made it contiguous, and the one that brought it.</summary>
    public PacketRef Contiguous;
    public long Sent;

    /// <summary>How far its sender had acknowledged the other stream; -1 unknown.</summary>
    public long Acknowledged;

    /// <summary>The request after it, on the same connection.</summary>
    public int Next;

    /// <summary>Fills an empty exchange with what a reader would have told of the request.</summary>
    public readonly void Tell(ref PendingExchange pending, PairingConfidence pairing)
    {
        pending.Expect(pairing);
        pending.Begin(Head, Acknowledged, Sent);
        long end = Offset + Head.Octets.Length;
        pending.RequestTrace = new MessageTrace
        {
            HeadOffset = Offset,
            BodyOffset = end,
            EndOffset = end,
            Start = Contiguous,
            HeadEnd = Contiguous,
            End = Contiguous,
            Rule = Head.Framing.Rule,
            ExpectedBodyOctets = Head.Framing.Expected,
            Complete = true,
        };
        pending.EndRequest(MessageFate.Whole, Sent);
    }
}
