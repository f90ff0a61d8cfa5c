using System.Diagnostics.CodeAnalysis;

namespace HttpWireAnalyzer.Tcp;

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
