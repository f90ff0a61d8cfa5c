using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>The message that a reader is in: what its <see cref="MessageTrace"/> will say.</summary>
internal struct MessageInProgress
{
    public long HeadOffset;
    public long BodyOffset;

    /// <summary>What made the first octet contiguous, and what brought it.</summary>
    public PacketRef Start;
    public long StartSent;

    /// <summary>How far the sender had acknowledged the other stream when it sent the first octet; -1 unknown.</summary>
    public long Acknowledged;

    public PacketRef HeadEnd;
    public BodyFraming Framing;
    public long BodyOctets;
    public long MissingOctets;

    /// <summary>Empty lines came before it.</summary>
    public bool AfterEmptyLine;

    /// <summary>Seen in its body: not to be told again.</summary>
    public HttpAnomalies Anomalies;

    /// <summary>The trace as far as the head.</summary>
    public readonly MessageTrace HeadTrace(in BodyFraming framing) => new()
    {
        HeadOffset = HeadOffset,
        BodyOffset = BodyOffset,
        EndOffset = BodyOffset,
        Start = Start,
        HeadEnd = HeadEnd,
        End = HeadEnd,
        Rule = framing.Rule,
        ExpectedBodyOctets = framing.Expected,
    };
}
