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

    /// <summary>
    /// Fills an exchange with what a reader would have told of the request. It is empty, or another such one was in it.
    /// </summary>
    public readonly void Tell(ref PendingExchange pending, PairingConfidence pairing)
    {
        pending.Expect(pairing);
        pending.Begin(Head, Acknowledged, Sent);
        var end = Offset + Head.Octets.Length;
        ref var trace = ref pending.Exchange.RequestTrace;
        trace.HeadOffset = Offset;
        trace.BodyOffset = end;
        trace.EndOffset = end;
        trace.Start = Contiguous;
        trace.HeadEnd = Contiguous;
        trace.End = Contiguous;
        trace.Rule = Head.Framing.Rule;
        trace.ExpectedBodyOctets = Head.Framing.Expected;
        trace.Complete = true;
        pending.EndRequest(MessageFate.Whole, Sent);
    }
}
