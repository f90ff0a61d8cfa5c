namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// What a segment shows of how well TCP does. The names and, where nothing better is known, the conditions are
/// Wireshark's (tcp.analysis.*); docs/decisions/0013 says where better is known. The last three are ours.
/// </summary>
[Flags]
public enum SegmentMarks : uint
{
    None = 0,

    /// <summary>Sent again. Set with each of the next two as well, as Wireshark does.</summary>
    Retransmission = 1 << 0,

    /// <summary>Sent again on two or more duplicate acknowledgments (RFC 5681 §3.2), within 20 ms of the last.</summary>
    FastRetransmission = 1 << 1,

    /// <summary>Sent again although the receiver had acknowledged all of it.</summary>
    SpuriousRetransmission = 1 << 2,

    /// <summary>Overtaken on the way, not sent again.</summary>
    OutOfOrder = 1 << 3,

    /// <summary>Nothing new: no octets, same acknowledgment, same window (RFC 5681 §2).</summary>
    DuplicateAck = 1 << 4,

    /// <summary>At most one octet, the one before the next (RFC 9293 §3.8.4).</summary>
    KeepAlive = 1 << 5,

    KeepAliveAck = 1 << 6,

    /// <summary>Closes the window.</summary>
    ZeroWindow = 1 << 7,

    /// <summary>The next octet, alone, into a closed window (RFC 9293 §3.8.6.1).</summary>
    ZeroWindowProbe = 1 << 8,

    ZeroWindowProbeAck = 1 << 9,

    /// <summary>Nothing but another window.</summary>
    WindowUpdate = 1 << 10,

    /// <summary>Fills the receiver's window to its last octet.</summary>
    WindowFull = 1 << 11,

    /// <summary>Begins beyond what was expected: something before it was lost, overtaken or not captured.</summary>
    LostSegment = 1 << 12,

    /// <summary>Acknowledges octets that the capture has not seen.</summary>
    AckLostSegment = 1 << 13,

    /// <summary>A SYN on a 4-tuple that a connection had before.</summary>
    ReusedPorts = 1 << 14,

    /// <summary>A retransmission after as long a silence as a retransmission timeout takes (RFC 6298 §5).</summary>
    RetransmissionTimeout = 1 << 15,

    /// <summary>
    /// A retransmission after such a silence that asks for room (RFC 9293 §3.8.6.1): the receiver's window is closed, or was
    /// since the sender last sent.
    /// </summary>
    ZeroWindowRetransmission = 1 << 16,

    /// <summary>New octets after more than a retransmission timeout with nothing to send (RFC 5681 §4.1).</summary>
    RestartAfterIdle = 1 << 17,
}
