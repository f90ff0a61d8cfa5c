using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>One thing that is told of a connection, with the packets that show it. Durations are nanoseconds.</summary>
public abstract record StorySentence
{
    /// <summary>Packets that show it, in capture order; at least one unless nothing was seen at all.</summary>
    public IReadOnlyList<PacketRef> Evidence { get; init; } = [];
}

// The course of the connection.

/// <param name="Copies">How often it was sent.</param>
public sealed record SynSent(EndSummary Offer, int Copies) : StorySentence;

/// <param name="Copies">How often it was sent.</param>
/// <param name="Front">From the first SYN; -1 where that was not seen.</param>
public sealed record SynAnswered(EndSummary Offer, int Copies, long Front) : StorySentence;

/// <param name="Connect">From the first SYN; -1 where that was not seen.</param>
public sealed record HandshakeCompleted(long Connect) : StorySentence;

public sealed record PickedUpMidstream : StorySentence;

/// <param name="AfterPeerFin">Nanoseconds after the other end's FIN passed the tap; -1 where there was none before.</param>
public sealed record RequestSent(HttpExchange Exchange, long AfterPeerFin) : StorySentence;

public sealed record InterimReceived(int Ordinal, int Status, int Count) : StorySentence;

/// <param name="Wait">From the end of the request to the start of the response; -1 where one was not seen.</param>
public sealed record ResponseReceived(HttpExchange Exchange, long Wait) : StorySentence;

/// <summary>Ordinary warm exchanges, one after the other.</summary>
/// <param name="ShortestIdle">-1 where the connection was not idle between them.</param>
public sealed record ExchangeRun(
    int First, int Last, long ShortestIdle, long LongestIdle, long SlowestWait) : StorySentence
{
    public int Count => Last - First + 1;
}

/// <param name="Idle">Since the end of the last exchange; -1 where something was outstanding, or nothing was exchanged.</param>
/// <param name="IsFirst">Nobody had sent a FIN or RST before.</param>
public sealed record FinSent(long Idle, bool IsFirst, int Copies) : StorySentence;

/// <param name="AfterFin">Nanoseconds after the first FIN; -1 without one.</param>
/// <param name="Acknowledged">Octets of the other stream that it acknowledges; -1 for a bare RST, and where not known.</param>
public sealed record RstSent(bool OnUnread, long UnreadOctets, long AfterFin, long Acknowledged) : StorySentence;

public sealed record OctetsMissing(Side Of, long Length, GapCause Cause) : StorySentence;

/// <summary>Remarks of one kind and sender that follow each other.</summary>
/// <param name="Value">Of the first; its meaning is the kind's.</param>
public sealed record SegmentRemarked(TcpRemarkKind Kind, int Count, long Value) : StorySentence;

public sealed record MessageRemarked(HttpAnomalies Kind, int Ordinal, long Value) : StorySentence;

// The answers.

public sealed record OpenedBy(Handshake Handshake, bool Midstream, int Incarnation) : StorySentence;

/// <param name="Warm">Exchanges that reused the connection.</param>
public sealed record Exchanged(
    ApplicationProtocol Protocol, ApplicationProtocol SwitchedTo, int Requests, int Responses, int Warm, int MaxDepth,
    long ClientOctets, long ServerOctets) : StorySentence;

/// <param name="BeforeClose">It ended with the connection, not with another request.</param>
/// <param name="Announced">Keep-Alive timeout, seconds; -1 without.</param>
public sealed record LongestIdle(long Idle, bool BeforeClose, long Announced) : StorySentence;

/// <param name="Idle">At the FIN or RST; -1 where something was outstanding, or nothing was exchanged.</param>
public sealed record ClosedFirst(
    Side First, CloseManner How, CloseReason Reason, long Idle, long AnnouncedTimeout, long AnnouncedMax) : StorySentence;

/// <summary>The capture does not show an end.</summary>
public sealed record NotClosed(CloseReason Reason, CloseManner How, Side FinFrom, long Quiet) : StorySentence;

/// <summary>A request sent on a connection that the other end had already closed.</summary>
/// <param name="Delay">From that FIN to the request.</param>
/// <param name="FinAcknowledgedBy">The packet with which the requester had acknowledged the FIN; none where it had not.</param>
public sealed record RequestAfterFin(
    HttpExchange Exchange, Side Requester, long Delay, PacketRef Fin, PacketRef FinAcknowledgedBy, PacketRef Rst) : StorySentence;

/// <summary>A RST from an end that had the request and did not read it.</summary>
/// <param name="RequestCovered">The whole request had been acknowledged, or is by the RST.</param>
/// <param name="ResponseAcknowledgedBy">The requester's packet that acknowledged the whole response; none where not seen.</param>
public sealed record UnreadAtReset(
    Side Resetter, long UnreadOctets, HttpExchange? Exchange, bool RequestCovered,
    PacketRef ResponseAcknowledgedBy) : StorySentence;

/// <param name="Span">From the first FIN to the last octet or FIN of the other side.</param>
/// <param name="Octets">Sent by the other side meanwhile.</param>
public sealed record HalfClosed(Side First, long Span, long Octets) : StorySentence;

/// <summary>A message cut off before its end.</summary>
/// <param name="Expected">-1 where nothing said how long it ought to be.</param>
public sealed record CutOff(HttpExchange Exchange, Side Sender, BodyRule Rule, long Got, long Expected) : StorySentence;

/// <summary>Requests without a whole answer at the end.</summary>
/// <param name="Exchanges">The first of them: at most <see cref="StoryCollector.MaxOutstanding"/>.</param>
public sealed record Outstanding(int Count, IReadOnlyList<HttpExchange> Exchanges) : StorySentence
{
    /// <summary>RFC 9110 §9.2.2: all of them may be sent again without asking.</summary>
    public bool AllIdempotent => Exchanges.Count == Count && Exchanges.All(e => e.Request is { IsIdempotent: true });
}

/// <param name="Until">When the last one lets go, by the profile.</param>
/// <param name="NoneBecauseReset">Nobody holds it: a RST ended both ends.</param>
public sealed record TimeWaitHeld(bool Client, bool Server, Timestamp Until, Timestamp From, bool NoneBecauseReset) : StorySentence;

/// <summary>What the capture lacks: conclusions about this connection are weaker for it.</summary>
public sealed record CaptureIncomplete(int Gaps, long ClientOctets, long ServerOctets) : StorySentence;
