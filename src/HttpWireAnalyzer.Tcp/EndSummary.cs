using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

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
