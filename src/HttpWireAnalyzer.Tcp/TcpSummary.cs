using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>All that is known of a connection when it leaves, or when the capture ends.</summary>
public readonly record struct TcpSummary
{
    public required ConnectionId Connection { get; init; }

    /// <summary>The ends as finally known; see <see cref="Swapped"/>.</summary>
    public required Endpoint Client { get; init; }

    public required Endpoint Server { get; init; }

    /// <summary>
    /// True where everything reported before this said "client" for what is the server: a SYN seen late.
    /// <see cref="ClientEnd"/> and <see cref="ServerEnd"/> are right already.
    /// </summary>
    public required bool Swapped { get; init; }

    public required Encapsulation Encapsulation { get; init; }

    /// <summary>1 for the first connection of the 4-tuple.</summary>
    public required int Incarnation { get; init; }

    /// <summary>Neither SYN nor SYN-ACK was seen.</summary>
    public required bool Midstream { get; init; }

    public required PacketRef First { get; init; }

    public required PacketRef Last { get; init; }

    /// <summary>The ACK that completed the handshake; none where it was not seen.</summary>
    public required PacketRef HandshakeAck { get; init; }

    public required CloseAnatomy Close { get; init; }

    public required EndSummary ClientEnd { get; init; }

    public required EndSummary ServerEnd { get; init; }

    /// <summary>Zeek's conn_state, for interchange.</summary>
    public required ZeekState ZeekState { get; init; }

    /// <summary>Zeek's history string, for interchange.</summary>
    public required string ZeekHistory { get; init; }

    public EndSummary EndOf(Side side) => side == Side.Client ? ClientEnd : ServerEnd;
}

/// <summary>How a connection ended.</summary>
/// <param name="How">The manner.</param>
/// <param name="First">Who sent the first FIN or RST; meaningful unless still open.</param>
/// <param name="Packet">That FIN or RST.</param>
/// <param name="HalfCloseNanoseconds">From the first FIN to the last octet or FIN of the other side; 0 without a half-close.</param>
/// <param name="HalfCloseOctets">Octets that the other side sent after the first FIN had reached it.</param>
/// <param name="ResetOnUnread">The RST covers octets that its sender had acknowledged but could not have answered (RFC 9293 §3.6.1).</param>
/// <param name="UnreadOctets">Octets that reached the resetting end after its last own octet: at least so many stayed unread.</param>
/// <param name="ClientHoldsTimeWait">The client is, or was, in TIME-WAIT.</param>
/// <param name="TimeWaitUntil">When the last TIME-WAIT ends, by the profile; meaningless without a holder.</param>
public readonly record struct CloseAnatomy(
    CloseManner How,
    Side First,
    PacketRef Packet,
    long HalfCloseNanoseconds,
    long HalfCloseOctets,
    bool ResetOnUnread,
    long UnreadOctets,
    bool ClientHoldsTimeWait,
    bool ServerHoldsTimeWait,
    Timestamp TimeWaitUntil);

/// <summary>The manner of an end.</summary>
public enum CloseManner : byte
{
    /// <summary>Not closed when last seen.</summary>
    Open,

    /// <summary>A SYN that nobody answered.</summary>
    Unanswered,

    /// <summary>A SYN answered by RST.</summary>
    Refused,

    /// <summary>One FIN only: half-closed when last seen.</summary>
    HalfClosed,

    /// <summary>A FIN from each side, one after the other.</summary>
    Fin,

    /// <summary>A FIN from each side before either saw the other's (RFC 9293 §3.6, figure 13).</summary>
    SimultaneousFin,

    /// <summary>A RST after at least one FIN.</summary>
    FinThenReset,

    /// <summary>A RST, without a FIN before it.</summary>
    Reset,
}

/// <summary>One end of a finished connection.</summary>
public readonly record struct EndSummary
{
    public required TcpState State { get; init; }

    public required StateBasis Basis { get; init; }

    /// <summary>The packet that put it into the state.</summary>
    public required PacketRef StateSince { get; init; }

    public required EndCounters Counters { get; init; }

    /// <summary>First SYN or SYN-ACK; none where not seen.</summary>
    public required PacketRef Syn { get; init; }

    /// <summary>First FIN.</summary>
    public required PacketRef Fin { get; init; }

    /// <summary>First RST.</summary>
    public required PacketRef Rst { get; init; }

    /// <summary>Last segment of any kind.</summary>
    public required PacketRef Last { get; init; }

    /// <summary>Initial sequence number; meaningful when <see cref="Syn"/> is there.</summary>
    public required uint InitialSequence { get; init; }

    /// <summary>MSS option of the SYN, octets; 0 without.</summary>
    public required ushort MaximumSegmentSize { get; init; }

    /// <summary>Window scale option of the SYN; -1 without, or where no SYN was seen.</summary>
    public required sbyte WindowScale { get; init; }

    public required EndOptions Options { get; init; }

    /// <summary>TTL or hop limit of the first segment.</summary>
    public required byte TimeToLive { get; init; }

    public EndDiagnosisSummary Diagnosis { get; init; }
}

/// <summary>What an end offered in its SYN, or used later.</summary>
[Flags]
public enum EndOptions : byte
{
    None = 0,
    Sack = 1,
    Timestamps = 2,
    Multipath = 4,
    FastOpen = 8,
    SynData = 16,
}

/// <summary>
/// Counts for one sender. Every payload octet on the wire is counted once on the right:
/// Octets = Delivered + Duplicate + Late + Cut + AfterEnd, once nothing waits any more.
/// The stream's length is Delivered + Gap.
/// </summary>
public readonly record struct EndCounters
{
    public long Packets { get; init; }

    /// <summary>Payload octets on the wire, repeats included.</summary>
    public long Octets { get; init; }

    /// <summary>Handed on, in order.</summary>
    public long Delivered { get; init; }

    /// <summary>Seen before.</summary>
    public long Duplicate { get; init; }

    /// <summary>For a hole that had been given up.</summary>
    public long Late { get; init; }

    /// <summary>Cut off by the snap length.</summary>
    public long Cut { get; init; }

    /// <summary>Beyond the FIN, or on a RST that its receiver ought not to obey.</summary>
    public long AfterEnd { get; init; }

    /// <summary>Octets of the stream that were not captured.</summary>
    public long Gap { get; init; }

    /// <summary>The part of <see cref="Gap"/> behind the last octet seen: acknowledged, or before the FIN.</summary>
    public long TrailingGap { get; init; }

    public int Syns { get; init; }

    public int SynAcks { get; init; }

    public int Fins { get; init; }

    public int Rsts { get; init; }

    public int Retransmissions { get; init; }

    public int OutOfOrder { get; init; }

    public int KeepAliveProbes { get; init; }

    public int ZeroWindows { get; init; }

    public int BadChecksums { get; init; }

    public int OverlapConflicts { get; init; }

    /// <summary>Octets of the stream that were seen at least once.</summary>
    public long UniqueOctets => Delivered + Late + Cut + AfterEnd;
}

/// <summary>Zeek's conn_state values (docs.zeek.org, base/protocols/conn).</summary>
public enum ZeekState : byte
{
    S0,
    S1,
    SF,
    REJ,
    S2,
    S3,
    RSTO,
    RSTR,
    RSTOS0,
    RSTRH,
    SH,
    SHR,
    OTH,
}
