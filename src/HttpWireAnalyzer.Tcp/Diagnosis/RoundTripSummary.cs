using System.Diagnostics.CodeAnalysis;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>Round trips of one end's octets, from the tap to their receiver and back. Nanoseconds.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct RoundTripSummary
{
    public long Samples;
    public long Least;
    public long Average;
    public long Most;

    /// <summary>Without the first sixteen; -1 with so few.</summary>
    public long Percentile95;

    /// <summary>SRTT at the end (RFC 6298 §2).</summary>
    public long Smoothed;

    /// <summary>The retransmission timeout from these round trips, with Linux's minimum of 200 ms.</summary>
    public long Timeout;
}
