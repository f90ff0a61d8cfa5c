using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

// What answers the questions that a story is read for, behind the course that StorySentence.cs has.

/// <param name="IntoTimeWait">How long the connection before it on these ports had been in TIME-WAIT; -1 where it was not.</param>
/// <param name="LastSynRoundTrip">By the last copy of a repeated SYN, nanoseconds; -1 where there was none, or it is not known.</param>
public sealed record OpenedBy(
    Handshake Handshake, bool Midstream, int Incarnation, long IntoTimeWait, long LastSynRoundTrip) : StorySentence
{
    /// <summary>SYN-ACKs that were sent again although the client had acknowledged the first.</summary>
    public int SynAcksAfterAck { get; init; }

    /// <summary>What answered the SYN for an earlier connection on these ports; none where nothing did.</summary>
    public PacketRef AnsweredForEarlier { get; init; }
}

/// <param name="Requests">Of this connection, without those inside a tunnel.</param>
/// <param name="Cut">Requests or responses that were cut off.</param>
/// <param name="Warm">Exchanges that reused the connection.</param>
/// <param name="Rule">Why it could be reused; None where it was not.</param>
/// <param name="Midstream">The first request may have had others before it.</param>
public sealed record Exchanged(
    ApplicationProtocol Protocol, int Requests, int Answered, int Cut, int Warm, int MaxDepth, PersistenceRule Rule,
    bool Midstream, long ClientOctets, long ServerOctets) : StorySentence
{
    /// <inheritdoc cref="StoryMaterial.CutUnanswered"/>
    public int CutUnanswered { get; init; }

    /// <summary>Event streams, which the client left: they have no other end.</summary>
    public int Endless { get; init; }

    /// <summary>Of <see cref="Cut"/>: those whose request was cut off, and answered all the same.</summary>
    public int AnsweredUnfinished { get; init; }

    /// <summary>Of these, those that were answered only behind the close.</summary>
    public int AnsweredAfterCut { get; init; }

    /// <summary>Those of whose answer nothing was captured; not among <see cref="Answered"/>.</summary>
    public int Uncaptured { get; init; }

    /// <summary>Those that got octets in place of an answer; not among <see cref="Answered"/>.</summary>
    public int Unreadable { get; init; }

    /// <summary>HTTP/2: requests that were refused, and those whose stream was reset before the answer was whole.</summary>
    public int Refused { get; init; }

    public int Reset { get; init; }
}

/// <summary>How HTTP/2 was spoken, and what became of its streams.</summary>
public sealed record MultiplexedStreams(Http2Record Record) : StorySentence;

/// <summary>The GOAWAYs of an end, and what became of the streams that were open then, or opened later.</summary>
/// <param name="Frame">The last of them.</param>
/// <param name="Sender">As finally known.</param>
/// <param name="LeftToGoOn">Streams that were open at the first that named a last stream, and not refused.</param>
/// <param name="Refused">Streams that were open, and are refused.</param>
/// <param name="RefusedLater">Streams that the other end opened after the first, and that are refused.</param>
public sealed record GoAwaySent(Http2GoAway Frame, Side Sender, int LeftToGoOn, int Refused, int RefusedLater) : StorySentence;

/// <summary>What the connection carried once it had left HTTP.</summary>
/// <param name="Requests">HTTP requests among that.</param>
public sealed record Tunnelled(
    HttpExchange Exchange, ApplicationProtocol To, long ClientOctets, long ServerOctets, int Requests) : StorySentence;

/// <summary>What a WebSocket's ends agreed to, and what they told each other.</summary>
public sealed record WebSocketSpoken(WebSocketRecord Socket) : StorySentence;

/// <summary>What a WebSocket's ends must not have done (RFC 6455), each with its packet.</summary>
public sealed record WebSocketRulesBroken(WebSocketRecord Socket) : StorySentence;

/// <summary>How a WebSocket was kept alive: pings, pongs, and the longest silence.</summary>
public sealed record WebSocketKeptAlive(WebSocketRecord Socket) : StorySentence;

/// <summary>Who said Close on a WebSocket, or that nobody did.</summary>
/// <param name="IsOpen">The connection is open as far as the capture goes.</param>
public sealed record WebSocketEnded(WebSocketRecord Socket, bool IsOpen) : StorySentence
{
    /// <summary>The end that closed, where it had pinged and heard nothing any more; else null.</summary>
    public Side? PingedInVain { get; init; }
}

/// <summary>Pipelined answers that were there and had to wait for the one before them (RFC 9112 §9.3.2).</summary>
/// <param name="Blocker">The exchange whose answer was slow.</param>
/// <param name="Blocked">How many came right behind it.</param>
/// <param name="Behind">Longest time from the slow answer's end to the end of one of them.</param>
public sealed record HeldUpByAnswer(HttpExchange Blocker, int Blocked, long Behind) : StorySentence;

/// <summary>Times when an end sent a part, and the rest only once the part was acknowledged.</summary>
/// <param name="WholeWindow">A whole flight was out, as in slow start; otherwise less than a segment, as with Nagle's algorithm.</param>
/// <param name="Octets">Sent before the first of these waits, and not acknowledged then.</param>
public sealed record WaitedForAcknowledgment(
    Side Sender, bool WholeWindow, int Count, long Total, long Longest, long Octets) : StorySentence;

/// <summary>What was sent again, or came late, and what it cost.</summary>
/// <param name="Again">Segments sent again, whatever the reason.</param>
/// <param name="Timeouts">Those that waited for a retransmission timeout.</param>
/// <param name="Spurious">Those that the receiver did not need.</param>
/// <param name="RoundTripLeast">Both ways from the tap added; -1 where unknown.</param>
public sealed record DeliveryTroubled(
    int Again, int Fast, int Timeouts, int Spurious, int OutOfOrder, long WindowClosed, long RoundTripLeast,
    long RoundTripAverage) : StorySentence
{
    /// <summary>Segments that came twice without having been sent twice; not among <see cref="Again"/>.</summary>
    public int Doubled { get; init; }

    /// <summary>ICMP errors about its segments.</summary>
    public int IcmpErrors { get; init; }

    /// <summary>The first of these; null without one.</summary>
    public IcmpReported? Icmp { get; init; }
}

/// <summary>A response of which octets were sent again, and that was acknowledged long after it had passed the tap.</summary>
/// <param name="Late">From its last octet at the tap to that acknowledgment.</param>
public sealed record AcknowledgedLate(HttpExchange Exchange, long Late, PacketRef By) : StorySentence;

/// <summary>Where the time of the slowest exchange went.</summary>
public sealed record TimeSpent(HttpExchange Exchange, ExchangeTiming Timing) : StorySentence;

/// <param name="BeforeClose">It ended with the connection, not with another request.</param>
/// <param name="Announced">Keep-Alive timeout, seconds; -1 without.</param>
public sealed record LongestIdle(long Idle, bool BeforeClose, long Announced) : StorySentence;

/// <param name="Idle">At the FIN or RST; -1 as <see cref="AtClose.Idle"/>.</param>
/// <param name="Last">The last exchange that began before it; null without one.</param>
/// <param name="SinceRequest">From the end of that exchange's request; -1 where that was not seen.</param>
/// <param name="AnnouncedMax">Keep-Alive max as last announced; -1 without.</param>
public sealed record ClosedFirst(
    Side First, CloseManner How, CloseReason Reason, long Idle, HttpExchange? Last, long SinceRequest,
    long AnnouncedTimeout, long AnnouncedMax, KeepAliveMaxMeaning MaxMeaning, int UnansweredProbes) : StorySentence
{
    /// <summary>Whole requests that were left unanswered, in their order: at most <see cref="StoryCollector.MaxOutstanding"/>.</summary>
    public IReadOnlyList<HttpExchange> Lost { get; init; } = [];

    /// <summary>The RST acknowledges them all: the kernel of the end that sent it had them.</summary>
    public bool LostWereAcknowledged { get; init; }

    /// <summary>Where the answer to <see cref="Last"/> began after the close; none where it did not.</summary>
    public PacketRef AnsweredLate { get; init; }

    /// <summary>No answer to <see cref="Last"/> had begun when it closed.</summary>
    public bool IsWithoutAnswer => Last is { Response: null } || !AnsweredLate.IsNone;

    /// <inheritdoc cref="Http.Http2.Http2Record.Http1Answer"/>
    public bool IsBehindHttp1Answer { get; init; }

    /// <summary>The server's first frame of HTTP/2, where the requests were HTTP/1; none without one.</summary>
    public PacketRef Http2Answer { get; init; }

    /// <summary>Not an octet had been sent.</summary>
    public bool NothingSent { get; init; }

    /// <summary>Nothing of the other end was captured.</summary>
    public bool OtherUnseen { get; init; }

    /// <inheritdoc cref="ConnectionRecord.IsOneSided"/>
    public bool IsOneSided { get; init; }

    /// <inheritdoc cref="AtClose.HoleBefore"/>
    public bool HoleBefore { get; init; }

    /// <summary>What acknowledged the other end's FIN, which was not captured; none where that did not happen.</summary>
    public PacketRef OtherFinAcknowledged { get; init; }

    /// <summary>
    /// The SYN of the next connection on these ports, where it came before the RST: who sends both has forgotten this one
    /// (RFC 9293 §3.5.1).
    /// </summary>
    public PacketRef ForgottenAt { get; init; }

    /// <summary>The other end's keep-alive probe that the RST answers; none without one.</summary>
    public PacketRef Probe { get; init; }

    /// <inheritdoc cref="EndSummary.IsRstOfClosed"/>
    public bool IsOfClosed { get; init; }

    /// <inheritdoc cref="AtClose.Undelivered"/>
    public long Undelivered { get; init; }

    /// <inheritdoc cref="AtClose.Unread"/>
    public ClosedWindow Unread { get; init; }

    /// <summary>How long, until it closed, that window had been closed, nanoseconds; meaningless without one.</summary>
    public long UnreadFor { get; init; }

    /// <summary>It closed before the request of <see cref="Last"/> arrived: its FIN does not acknowledge it.</summary>
    public bool HasCrossed { get; init; }

    /// <summary>TTLs of the RST and of that end's other packets where they differ: it may not be its own; null where it is.</summary>
    public (byte Rst, byte End)? ForeignTtl { get; init; }
}

/// <summary>An end closed before the other one did, and its FIN was not captured.</summary>
/// <param name="Acknowledged">The other end's packet that acknowledged one octet more than was captured.</param>
/// <param name="Closed">The other end's FIN; none without one.</param>
/// <param name="Reset">The RST of either end behind it; none without one.</param>
public sealed record UnseenFin(Side Closer, PacketRef Acknowledged, PacketRef Closed, PacketRef Reset) : StorySentence;

/// <summary>An end that had the other's FIN and sent none of its own, or late: its program did not close.</summary>
/// <param name="Span">From that FIN to its own, to the RST, or to the connection's last packet.</param>
/// <param name="Closed">It closed in the end.</param>
public sealed record LeftInCloseWait(Side Who, long Span, bool StillThere, bool Closed) : StorySentence;

/// <summary>The capture does not show an end.</summary>
public sealed record NotClosed(CloseReason Reason, long Quiet) : StorySentence
{
    /// <summary>What ICMP said of the SYN; null without.</summary>
    public IcmpReported? Icmp { get; init; }
}

/// <summary>A request sent on a connection that the other end had already closed.</summary>
/// <param name="Delay">From that FIN to the request.</param>
/// <param name="FinAcknowledgedBy">The packet with which the requester had acknowledged the FIN; none where it had not.</param>
public sealed record RequestAfterFin(
    HttpExchange Exchange, Side Requester, long Delay, PacketRef Fin, PacketRef FinAcknowledgedBy, PacketRef Rst) : StorySentence
{
    /// <summary>It came so soon behind the FIN that the two may have met on their way; else the FIN was lost, most likely.</summary>
    public required bool MayHaveCrossed { get; init; }
}

/// <summary>A RST from an end that had the request and did not read it.</summary>
/// <param name="RequestCovered">The whole request had been acknowledged, or is by the RST.</param>
/// <param name="RequestAcknowledgedBy">The first packet, before the RST, that acknowledged all of the request; none where not seen.</param>
/// <param name="ResponseAcknowledgedBy">The requester's packet that acknowledged the whole response; none where not seen.</param>
public sealed record UnreadAtReset(
    Side Resetter, long UnreadOctets, HttpExchange? Exchange, bool RequestCovered, PacketRef RequestAcknowledgedBy,
    PacketRef ResponseAcknowledgedBy, PacketRef Rst, long AfterFin) : StorySentence;

/// <param name="Span">From the first FIN to the last octet or FIN of the other side.</param>
/// <param name="Octets">Sent by the other side meanwhile.</param>
/// <param name="AcknowledgedBy">The packet of the first closer that acknowledged them all; none where not seen.</param>
/// <param name="Refused">Of them, octets that met the first closer's RST: it had closed both directions by then.</param>
/// <param name="RefusedBy">That RST; none where all arrived.</param>
public sealed record HalfClosed(
    Side First, long Span, long Octets, PacketRef AcknowledgedBy, long Refused, PacketRef RefusedBy) : StorySentence;

/// <summary>A message cut off before its end.</summary>
/// <param name="Expected">-1 where nothing said how long it ought to be.</param>
/// <param name="WhollyCaptured">Neither an octet nor a FIN is missing from the capture: it was the sender who left it so.</param>
public sealed record CutOff(
    HttpExchange Exchange, Side Sender, long Got, long Expected, bool WhollyCaptured) : StorySentence
{
    /// <summary>An event stream has no end of its own, and who closed first is who reads it: it has simply had enough.</summary>
    public bool IsEndless { get; init; }

    /// <summary>From the last octets that its sender sent to the close; -1 where not known.</summary>
    public long Silence { get; init; } = -1;

    /// <summary>The RST with which its receiver ended it; none where the sender had closed before.</summary>
    public PacketRef RefusedBy { get; init; }
}

/// <summary>Requests without a whole answer at the end.</summary>
/// <param name="Exchanges">The first of them: at most <see cref="StoryCollector.MaxOutstanding"/>.</param>
/// <param name="AcknowledgedBy">Acknowledged the whole of it, where it is a single one; none where not seen.</param>
/// <param name="NeverOpened">There was no connection on which anything could be outstanding.</param>
public sealed record Outstanding(
    int Count, IReadOnlyList<HttpExchange> Exchanges, PacketRef AcknowledgedBy, bool NeverOpened) : StorySentence
{
    /// <summary>
    /// Its answer, the last one, was not captured, or not its end, or cannot be read: nobody can say whether it was outstanding.
    /// Else null.
    /// </summary>
    public HttpExchange? Unknown { get; init; }

    /// <inheritdoc cref="AtClose.HoleBefore"/>
    public bool HoleBefore { get; init; }

    /// <summary>The last answer, to a request that was not captured, did not come to its end.</summary>
    public bool CutAnswer { get; init; }

    /// <summary>Nothing that was sent was captured, if anything was.</summary>
    public bool NothingCaptured { get; init; }

    /// <summary>The whole answer was sent, and its end met a requester that had closed: null where it was not so.</summary>
    public HttpExchange? NotTaken { get; init; }

    /// <inheritdoc cref="AtClose.Undelivered"/>
    public long Undelivered { get; init; }

    /// <summary>RFC 9110 §9.2.2: all of them may be sent again without asking.</summary>
    public bool AllIdempotent => Exchanges.Count == Count && Exchanges.All(e => e.Request is { IsIdempotent: true });
}

/// <summary>A request that was sent again and again, on a connection that stayed open, to an end that was not heard any more.</summary>
/// <param name="Copies">Times that its segments were sent again.</param>
/// <param name="Last">The last of these.</param>
public sealed record Unheard(HttpExchange Exchange, int Copies, PacketRef Last) : StorySentence;

/// <summary>A request of this connection that repeats a failed one, of this connection or another.</summary>
/// <param name="Exchange">The first such: its <see cref="HttpExchange.RetryOf"/> is the failed one.</param>
/// <param name="More">Further ones.</param>
public sealed record RepeatsFailed(HttpExchange Exchange, int More) : StorySentence;

/// <summary>A request of this connection that failed and was sent again on another.</summary>
/// <param name="By">The first repetition: its <see cref="HttpExchange.RetryOf"/> is of this connection.</param>
/// <param name="More">Further ones.</param>
public sealed record RepeatedElsewhere(HttpExchange By, int More) : StorySentence;

/// <summary>A FIN that nothing acknowledged: the other end, or the way to it, is gone.</summary>
/// <param name="Copies">Beside the first.</param>
/// <param name="Within">From the first to the last, nanoseconds.</param>
public sealed record UnheardFin(Side Closer, int Copies, long Within) : StorySentence;

/// <param name="Until">When the last one lets go, by the profile.</param>
/// <param name="From">The packet from which on it is held; of both holders, the later.</param>
/// <param name="Successor">The SYN of the next connection on these ports, where it came before the time was over.</param>
/// <param name="Reset">The RST that ended it before its time.</param>
public sealed record TimeWaitHeld(
    bool Client, bool Server, Timestamp Until, PacketRef From, PacketRef Successor, PacketRef Reset) : StorySentence;

/// <summary>Nobody holds TIME-WAIT, for a RST.</summary>
/// <param name="PeerGone">Whether that RST found the other end is not known.</param>
/// <param name="Gone">The end that met the last FIN with the RST; null where a RST ended both ends.</param>
public sealed record NoTimeWait(bool PeerGone, Side? Gone) : StorySentence;

/// <summary>What went wrong, in short, to be told before all else.</summary>
/// <param name="Of">One of the answers.</param>
public sealed record Verdict(StorySentence Of) : StorySentence;

/// <summary>What the capture lacks: conclusions about this connection are weaker for it.</summary>
public sealed record CaptureIncomplete(int Gaps, long ClientOctets, long ServerOctets) : StorySentence;
