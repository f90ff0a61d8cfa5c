using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>A response whose head came whole in one chunk, and whose body's length is known.</summary>
internal struct ResponseUnderWay
{
    public ResponseHead Head;

    /// <summary>Offset of its first octet.</summary>
    public long Offset;

    /// <summary>The packet that made the head contiguous, and the one that brought it.</summary>
    public PacketRef Contiguous;
    public long Sent;

    /// <summary>The packet that made the latest octets of the body contiguous; the head's, where none came yet.</summary>
    public PacketRef Latest;

    /// <summary>How far its sender had acknowledged the other stream; -1 unknown.</summary>
    public long Acknowledged;

    public BodyFraming Framing;

    public readonly long BodyOffset => Offset + Head.Octets.Length;

    /// <summary>Offset of the first octet after the message.</summary>
    public readonly long EndOffset => BodyOffset + Framing.Length;

    /// <summary>Adds to an exchange what a reader would have told of the head.</summary>
    public readonly void Tell(ref PendingExchange pending)
    {
        TellHead(ref pending);
        ref var trace = ref pending.Exchange.ResponseTrace;
        trace.EndOffset = BodyOffset;
        trace.End = Contiguous;
    }

    /// <summary>The same, and the body's end.</summary>
    /// <param name="pending">The exchange.</param>
    /// <param name="end">The packet that made the last octet contiguous.</param>
    /// <param name="endSent">The one that brought it.</param>
    public readonly void TellWhole(ref PendingExchange pending, PacketRef end, PacketRef endSent)
    {
        TellHead(ref pending);
        ref var trace = ref pending.Exchange.ResponseTrace;
        trace.EndOffset = EndOffset;
        trace.End = end;
        trace.BodyOctets = Framing.Length;
        trace.Complete = true;
        pending.EndResponse(MessageFate.Whole, endSent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void TellHead(ref PendingExchange pending)
    {
        pending.ResponseOffset = Offset;
        pending.ResponderHad = Acknowledged;
        pending.Begin(Head, Sent);
        ref var trace = ref pending.Exchange.ResponseTrace;
        trace.HeadOffset = Offset;
        trace.BodyOffset = BodyOffset;
        trace.Start = Contiguous;
        trace.HeadEnd = Contiguous;
        trace.Rule = Framing.Rule;
        trace.ExpectedBodyOctets = Framing.Expected;
    }
}
