namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>Round trips of one end's octets, from the tap to their receiver and back. Nanoseconds.</summary>
/// <param name="Percentile95">Without the first sixteen; -1 with so few.</param>
/// <param name="Smoothed">SRTT at the end (RFC 6298 §2).</param>
/// <param name="Timeout">The retransmission timeout from these round trips, with Linux's minimum of 200 ms.</param>
public readonly record struct RoundTripSummary(
    long Samples, long Least, long Average, long Most, long Percentile95, long Smoothed, long Timeout);
