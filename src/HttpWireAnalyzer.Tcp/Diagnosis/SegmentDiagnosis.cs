using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>What was concluded from one segment.</summary>
public readonly record struct SegmentDiagnosis
{
    public SegmentMarks Marks { get; init; }

    /// <summary>Place among duplicate acknowledgments, from 1; 0 for other segments.</summary>
    public int DuplicateAckNumber { get; init; }

    /// <summary>The packet that a duplicate acknowledgment repeats; none for other segments.</summary>
    public PacketRef DuplicateOf { get; init; }

    /// <summary>
    /// For a retransmission, nanoseconds since its sender last sent octets; 0 for other segments.
    /// </summary>
    public long Silence { get; init; }

    /// <summary>
    /// Nanoseconds since the last octet that it acknowledges was sent; 0 where it acknowledges nothing new, and where
    /// that octet was sent more than once (Karn's rule, RFC 6298 §3). Only for listeners to segments.
    /// </summary>
    public long AckRoundTrip { get; init; }

    /// <summary>
    /// Octets sent and not acknowledged, by SACK neither, this segment's included; -1 where it has none, and where it cannot
    /// be told (docs/decisions/0013).
    /// </summary>
    public long InFlight { get; init; }

    public bool Has(SegmentMarks mark) => (Marks & mark) != 0;
}
