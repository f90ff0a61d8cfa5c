using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>One thing that is told of a connection, with the packets that show it. Durations are nanoseconds.</summary>
public abstract record StorySentence
{
    /// <summary>Packets that show it, in capture order; at least one unless nothing was seen at all.</summary>
    public IReadOnlyList<PacketRef> Evidence { get; init; } = [];
}

public sealed record SynSent(EndSummary Offer) : StorySentence;

public sealed record SynAnswered(EndSummary Offer) : StorySentence;

/// <param name="Connect">From the first SYN; -1 where that was not seen.</param>
public sealed record HandshakeCompleted(long Connect) : StorySentence;

public sealed record PickedUpMidstream : StorySentence;

/// <param name="AfterPeerFin">Nanoseconds after the other end's FIN passed the tap; -1 where there was none before.</param>
public sealed record RequestSent(HttpExchange Exchange, long AfterPeerFin) : StorySentence;

/// <param name="Wait">From the head of the request; -1 where that was not seen.</param>
public sealed record InterimReceived(int Ordinal, int Status, int Count, long Wait) : StorySentence;

/// <param name="Wait">From the end of the request to the start of the response; -1 where one was not seen.</param>
public sealed record ResponseReceived(HttpExchange Exchange, long Wait) : StorySentence
{
    /// <summary>The packet with the last octets of a response that was cut off; none where it was not, or is not known.</summary>
    public PacketRef LastOctets { get; init; }
}

/// <summary>Ordinary warm exchanges, one after the other.</summary>
/// <param name="ShortestIdle">-1 where the connection was not idle between them.</param>
/// <param name="SlowestWait">End of a request to the start of its response.</param>
/// <param name="Slowest">Start of a request to the end of its response.</param>
/// <param name="FirstMax">Keep-Alive max of the first response; -1 without.</param>
public sealed record ExchangeRun(
    int First,
    int Last,
    long ShortestIdle,
    long LongestIdle,
    long SlowestWait,
    long Slowest,
    long FirstMax,
    long LastMax) : StorySentence;

/// <param name="Idle">Since the end of the last exchange; -1 where something was outstanding, or nothing was exchanged.</param>
/// <param name="IsFirst">Nobody had sent a FIN or RST before.</param>
/// <param name="Crossed">Both FINs were on their way at once.</param>
public sealed record FinSent(long Idle, bool IsFirst, bool Crossed, int Copies) : StorySentence;

/// <summary>A segment of its own that acknowledges the other end's FIN.</summary>
/// <param name="IsUnseen">That FIN is not in the capture.</param>
public sealed record FinAcknowledged(bool IsUnseen = false) : StorySentence;

/// <param name="AfterFin">Nanoseconds after the first FIN; -1 without one.</param>
/// <param name="Acknowledged">Octets of the other stream that it acknowledges; -1 for a bare RST, and where not known.</param>
/// <param name="Refuses">It answers the SYN.</param>
public sealed record RstSent(bool OnUnread, long AfterFin, long Acknowledged, bool Refuses) : StorySentence;

/// <summary>Holes of one cause and sender that follow each other.</summary>
/// <param name="Length">Of all of them together, octets.</param>
public sealed record OctetsMissing(Side Of, long Length, GapCause Cause) : StorySentence
{
    public int Count { get; init; } = 1;
}

/// <summary>Remarks of one kind and sender that follow each other.</summary>
/// <param name="Value">Of the first; its meaning is the kind's.</param>
/// <param name="Earlier">The packet that the first refers to; none where unknown.</param>
/// <param name="Answered">Keep-alive probes among them that were answered.</param>
public sealed record SegmentRemarked(
    TcpRemarkKind Kind, int Count, long Value, PacketRef First, PacketRef Last, PacketRef Earlier, int Answered)
    : StorySentence
{
    /// <summary>Why the octets of the first came again, where it is known; the kind itself where it is not.</summary>
    public TcpRemarkKind Because { get; init; } = Kind;

    /// <summary>Of that remark.</summary>
    public long BecauseValue { get; init; }

    /// <summary>A probe of the other end's closed window, not of its life.</summary>
    public bool OfWindow { get; init; }

    /// <summary>The other end's RST that answers the last of the keep-alive probes; none without one.</summary>
    public PacketRef RefusedBy { get; init; }

    /// <summary>The server's SYN-ACK, sent again.</summary>
    public bool IsSynAck { get; init; }

    /// <inheritdoc cref="TcpRemark.IsResent"/>
    public bool IsResent { get; init; }

    /// <summary>
    /// It came too soon after <see cref="Earlier"/> for its sender to have heard that it was missing: a copy was made
    /// on the way, and what was late had been overtaken.
    /// </summary>
    public bool TooSoon { get; init; }
}

/// <summary>A router or host says that a segment of this connection did not arrive.</summary>
/// <param name="Toward">The end whose segment it was, and who is told.</param>
/// <param name="Reporter">Who says so; null where not known.</param>
public sealed record IcmpReported(Side Toward, IcmpReason Reason, Address? Reporter) : StorySentence;

public sealed record MessageRemarked(HttpAnomalies Kind, int Ordinal, long Value) : StorySentence;

/// <summary>The frame with which the first message of a WebSocket began.</summary>
public sealed record WebSocketMessageBegan : StorySentence;

/// <param name="IsAnswer">The other end had said Close before.</param>
public sealed record WebSocketCloseSent(WebSocketClose Close, bool IsAnswer) : StorySentence;

/// <summary>A frame of HTTP/2 that is about the connection, or ends a stream; or the client's preface.</summary>
public sealed record ConnectionFrame(Http2Event Frame) : StorySentence;
