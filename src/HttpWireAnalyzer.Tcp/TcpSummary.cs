using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>All that is known of a connection when it leaves, or when the capture ends.</summary>
/// <remarks>
/// Fields, here and in its parts, because it is large: it is put together where it stands, and read there by all who
/// are given it. Who keeps it keeps a copy.
/// </remarks>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct TcpSummary
{
    public required ConnectionId Connection;

    /// <summary>The ends as finally known; see <see cref="Swapped"/>.</summary>
    public required Endpoint Client;

    public required Endpoint Server;

    /// <summary>
    /// True where everything reported before this said "client" for what is the server: a SYN seen late.
    /// <see cref="ClientEnd"/> and <see cref="ServerEnd"/> are right already.
    /// </summary>
    public required bool Swapped;

    public required Encapsulation Encapsulation;

    /// <summary>1 for the first connection of the 4-tuple.</summary>
    public required int Incarnation;

    /// <summary>Neither SYN nor SYN-ACK was seen.</summary>
    public required bool Midstream;

    public required PacketRef First;

    public required PacketRef Last;

    /// <summary>The ACK that completed the handshake; none where it was not seen.</summary>
    public required PacketRef HandshakeAck;

    public required CloseAnatomy Close;

    public required EndSummary ClientEnd;

    public required EndSummary ServerEnd;

    /// <summary>Zeek's conn_state, for interchange.</summary>
    public required ZeekState ZeekState;

    /// <summary>Zeek's history string, for interchange.</summary>
    public required string ZeekHistory;

    [UnscopedRef]
    public readonly ref readonly EndSummary EndOf(Side side) => ref side == Side.Client ? ref ClientEnd : ref ServerEnd;

    /// <summary>
    /// The end that closed first went on reading: octets came behind its FIN, and no RST of its own refused them (RFC 9293 §3.6).
    /// </summary>
    public readonly bool IsReadOn => Close.HalfCloseOctets > 0 && EndOf(Close.First).Rst.IsNone;

    /// <summary>
    /// What events called <paramref name="side"/>, as it is finally known: a SYN seen late swaps the ends. The same way back.
    /// </summary>
    public readonly Side Actual(Side side) => Swapped ? side.Other() : side;
}

/// <summary>How a connection ended.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct CloseAnatomy
{
    public CloseManner How;

    /// <summary>Who sent the first FIN or RST; meaningful unless still open.</summary>
    public Side First;

    /// <summary>That FIN or RST; of a FIN that the capture lacks (<see cref="EndSummary.HasUnseenFin"/>), the next of either end.</summary>
    public PacketRef Packet;

    /// <summary>From the first FIN to the last octet or FIN of the other side; 0 without a half-close.</summary>
    public long HalfCloseNanoseconds;

    /// <summary>Octets that the other side sent after the first FIN had reached it.</summary>
    public long HalfCloseOctets;

    /// <summary>The RST covers octets that its sender had acknowledged but could not have answered (RFC 9293 §3.6.1).</summary>
    public bool ResetOnUnread;

    /// <summary>Octets that reached the resetting end after its last own octet: some of them, or all, stayed unread.</summary>
    public long UnreadOctets;

    /// <summary>The client is, or was, in TIME-WAIT.</summary>
    public bool ClientHoldsTimeWait;

    public bool ServerHoldsTimeWait;

    public readonly bool HasTimeWait => ClientHoldsTimeWait || ServerHoldsTimeWait;

    /// <summary>When the last TIME-WAIT ends, by the profile or a RST; meaningless without a holder.</summary>
    public Timestamp TimeWaitUntil;

    /// <summary>The RST that ended TIME-WAIT before its time was over (RFC 9293 §3.10.7.4, RFC 1337).</summary>
    public PacketRef TimeWaitReset;

    /// <summary>The connection never came to be: refused, or not answered.</summary>
    public readonly bool NeverOpened => How is CloseManner.Refused or CloseManner.Unanswered;

    /// <summary>A FIN or RST says who ended it.</summary>
    public readonly bool HasCloser => How is not (CloseManner.Open or CloseManner.Unanswered);
}

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
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct EndSummary
{
    public required TcpState State;

    public required StateBasis Basis;

    /// <summary>The packet that put it into the state.</summary>
    public required PacketRef StateSince;

    public required EndCounters Counters;

    /// <summary>First SYN or SYN-ACK; none where not seen.</summary>
    public required PacketRef Syn;

    /// <summary>First FIN.</summary>
    public required PacketRef Fin;

    /// <summary>
    /// One octet was acknowledged behind all that it was seen to send, and nothing followed: most likely a FIN that the capture
    /// lacks, for it takes a sequence number (RFC 9293 §3.4).
    /// </summary>
    public bool HasUnseenFin;

    /// <summary>The other end's packet that acknowledged <see cref="Fin"/>; none where it was not seen.</summary>
    public PacketRef FinAcknowledged;

    /// <summary>How far <see cref="Fin"/> acknowledged the other stream; -1 where it does not, meaningless without it.</summary>
    public long HeardAtFin;

    /// <summary>First RST.</summary>
    public required PacketRef Rst;

    /// <summary>Last segment of any kind.</summary>
    public required PacketRef Last;

    /// <summary>Initial sequence number; meaningful when <see cref="Syn"/> is there.</summary>
    public required uint InitialSequence;

    /// <summary>MSS option of the SYN, octets; 0 without.</summary>
    public required ushort MaximumSegmentSize;

    /// <summary>Window scale option of the SYN; -1 without, or where no SYN was seen, -2 where the snap length cut its options.</summary>
    public required sbyte WindowScale;

    public required EndOptions Options;

    /// <summary>TTL or hop limit of the first segment.</summary>
    public required byte TimeToLive;

    /// <summary>TTL or hop limit of <see cref="Rst"/>; meaningless without one.</summary>
    public byte RstTimeToLive;

    /// <summary>
    /// <see cref="Rst"/> has no ACK and the number that the other end expected: so a segment is answered where its connection is
    /// not known any more (RFC 9293 §3.10.7.1, §3.5.2).
    /// </summary>
    public bool IsRstOfClosed;

    /// <summary>
    /// The segment that acknowledged the FIN stands behind octets of its sender that were not here yet: those had been sent
    /// before.
    /// </summary>
    public bool IsFinAcknowledgedAhead;

    /// <summary>Offset up to which the other end acknowledged its octets, as its RST says too.</summary>
    public long AcknowledgedUpTo;

    /// <summary>Octets that were seen and never acknowledged: on their way when the connection was last seen, or lost.</summary>
    public long Unacknowledged;

    public EndDiagnosisSummary Diagnosis;

    /// <summary>
    /// Its FIN left before octet <paramref name="offset"/> of the other stream had arrived: each segment acknowledges all that
    /// there is (RFC 9293 §3.4).
    /// </summary>
    public readonly bool HasClosedBefore(long offset) => !Fin.IsNone && HeardAtFin >= 0 && HeardAtFin <= offset;
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
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct EndCounters
{
    public long Packets;

    /// <summary>Payload octets on the wire, repeats included.</summary>
    public long Octets;

    /// <summary>Handed on, in order.</summary>
    public long Delivered;

    /// <summary>Seen before.</summary>
    public long Duplicate;

    /// <summary>For a hole that had been given up.</summary>
    public long Late;

    /// <summary>Cut off by the snap length.</summary>
    public long Cut;

    /// <summary>Beyond the FIN, or on a RST that its receiver ought not to obey.</summary>
    public long AfterEnd;

    /// <summary>Octets of the stream that were not captured.</summary>
    public long Gap;

    /// <summary>The part of <see cref="Gap"/> behind the last octet seen: acknowledged, or before the FIN.</summary>
    public long TrailingGap;

    /// <summary>SYN without ACK; but for <see cref="DoubledSyns"/>.</summary>
    public int Syns;

    /// <summary>SYN with ACK; but for <see cref="DoubledSynAcks"/>.</summary>
    public int SynAcks;

    /// <summary>Copies of a SYN that came too soon for its sender to have sent them.</summary>
    public int DoubledSyns;

    /// <summary>SYN without ACK as the capture has them, copies included.</summary>
    public readonly long AllSyns => (long)Syns + DoubledSyns;

    /// <inheritdoc cref="DoubledSyns"/>
    public int DoubledSynAcks;

    /// <summary>The same one, sent again, included; but for <see cref="DoubledFins"/>.</summary>
    public int Fins;

    /// <summary>Copies of a FIN that came too soon for its sender to have sent them.</summary>
    public int DoubledFins;

    public int Rsts;

    public int Retransmissions;

    public int OutOfOrder;

    /// <summary>But for copies that the wire or the capture made.</summary>
    public int KeepAliveProbes;

    /// <summary>Of these, those that the other end answered.</summary>
    public int KeepAliveAnswers;

    public int ZeroWindows;

    public int BadChecksums;

    public int OverlapConflicts;

    /// <summary>Of the wrong checksums one at least is not as a sender leaves it to its network card.</summary>
    public bool IsDamaged;

    /// <summary>Octets of the stream that were seen at least once.</summary>
    public readonly long UniqueOctets => Delivered + Late + Cut + AfterEnd;
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
