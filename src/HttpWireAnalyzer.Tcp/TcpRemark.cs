using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>One observation on a segment that states and chunks do not tell.</summary>
/// <param name="Sender">Who sent the segment; for <see cref="TcpRemarkKind.IcmpError"/>, the quoted one.</param>
/// <param name="Earlier">The packet it refers to: the original of a retransmission; none where unknown.</param>
/// <param name="Value">As the kind says.</param>
/// <param name="IsResent">
/// The packet of a retransmission is not <paramref name="Earlier"/> doubled: its IP header has another identification, or its TCP
/// header another checksum; or it is a SYN or FIN, and came <see cref="DoubledWithin"/> or later. (Of a SYN only the time is looked at.)
/// </param>
public readonly record struct TcpRemark(
    ConnectionId Connection, Side Sender, TcpRemarkKind Kind, PacketRef Packet, PacketRef Earlier, long Value, bool IsResent = false)
{
    /// <summary>
    /// Nanoseconds. A mirror port or a second interface shows a copy no later than this; no end sends a SYN or FIN again so soon
    /// (RFC 6298 §2.1: 1 s; in practice 0.2 s).
    /// </summary>
    public const long DoubledWithin = 5_000_000;

    /// <summary>Sooner behind the first than any end sends the same SYN or FIN again.</summary>
    internal static bool IsDoubled(PacketRef first, PacketRef copy) => copy.Time.Since(first.Time) < DoubledWithin;
}

/// <summary>The kinds of observation.</summary>
public enum TcpRemarkKind : byte
{
    /// <summary>All octets of the segment, or its SYN, were seen before. Value: octets.</summary>
    Retransmission,

    /// <summary>The FIN was seen before.</summary>
    FinRetransmission,

    /// <summary>The segment fills a hole left by a later one. Value: octets.</summary>
    OutOfOrder,

    /// <summary>The segment begins beyond the next octet expected. Value: octets missing before it.</summary>
    HoleBefore,

    /// <summary>Two copies of the same octets differ; the first was kept. Value: stream offset.</summary>
    OverlapConflict,

    /// <summary>
    /// A probe of the connection's life: at most one old octet (RFC 9293 §3.8.4). Value: nanoseconds since the other end
    /// was heard.
    /// </summary>
    KeepAliveProbe,

    /// <summary>Answers a keep-alive probe.</summary>
    KeepAliveAnswer,

    /// <summary>The sender's window is closed.</summary>
    ZeroWindow,

    /// <summary>An acknowledgment of octets that the capture has not seen. Value: octets.</summary>
    AckedUnseen,

    /// <summary>Octets for a hole that had already been given up. Value: octets.</summary>
    LateOctets,

    /// <summary>Octets beyond the sender's FIN, or after a RST: nobody reads them. Value: octets.</summary>
    OctetsAfterEnd,

    /// <summary>
    /// A RST outside the window, or not at RCV.NXT: the receiver ought to ignore or challenge it. Earlier: the SYN of its own,
    /// where the sender refuses with it what answers another connection (RFC 9293 §3.10.7.3); else none.
    /// </summary>
    UnacceptableRst,

    /// <summary>
    /// A RST had answered the SYN, and now a SYN-ACK does: the RST was not the server's own, or it listens now, and the client
    /// asked again.
    /// </summary>
    RstDisproved,

    /// <summary>Payload on a RST: text for people (RFC 9293 §3.5.3). Value: octets.</summary>
    RstPayload,

    /// <summary>A SYN on a connection that is open (RFC 5961 §4), whether that was captured or not.</summary>
    SynOnOpenConnection,

    /// <summary>An ACK that repeats what is expected, as an answer to that SYN or RST (RFC 5961).</summary>
    ChallengeAck,

    /// <summary>The 4-tuple was in TIME-WAIT. Value: nanoseconds since it was entered.</summary>
    TimeWaitReuse,

    /// <summary>A SYN from the end that was taken for the server, or a SYN-ACK from the client: the ends were swapped.</summary>
    OrientationCorrected,

    /// <summary>Both ends sent a SYN without ACK (RFC 9293 §3.5, figure 8).</summary>
    SimultaneousOpen,

    /// <summary>A SYN-ACK with another sequence number than the one before.</summary>
    SynAckChanged,

    /// <summary>An ICMP error quotes this connection. Value: its reason, packed.</summary>
    IcmpError,

    /// <summary>An input that has no place in the state table. Value: state × 256 + input.</summary>
    OutOfState,

    /// <summary>Urgent pointer in use (RFC 6093). Value: urgent pointer.</summary>
    Urgent,

    /// <summary>The TCP checksum is wrong.</summary>
    BadChecksum,

    /// <summary>
    /// Sent again on duplicate acknowledgments (RFC 5681 §3.2, RFC 6675 §2). Value: how many; Earlier: the first of them.
    /// </summary>
    FastRetransmission,

    /// <summary>Sent again when the retransmission timer ran out (RFC 6298 §5). Value: nanoseconds of silence before. Earlier:
    /// the SYN, or the FIN where it was sent again without octets.</summary>
    RetransmissionTimeout,

    /// <summary>
    /// Sent again although the receiver had it. Value: octets. Earlier: the copy, where the receiver told only after
    /// it (RFC 2883, RFC 3522); none where it had acknowledged before.
    /// </summary>
    SpuriousRetransmission,

    /// <summary>Brings octets that were missing behind Earlier. Value: nanoseconds since that.</summary>
    HoleFilled,

    /// <summary>The sender's window, closed by Earlier, is open. Value: nanoseconds since that.</summary>
    WindowReopened,

    /// <summary>
    /// New octets after a pause, behind an acknowledgment (Earlier) of all that the sender had sent: it may have waited
    /// for it. Value: nanoseconds since its last octets.
    /// </summary>
    AckAwaited,

    /// <summary>
    /// Sent again by a timer that asks for room (RFC 9293 §3.8.6.1): the receiver's window is closed, or was since the sender
    /// last sent. Value: nanoseconds of silence before.
    /// </summary>
    ZeroWindowRetransmission,
}
