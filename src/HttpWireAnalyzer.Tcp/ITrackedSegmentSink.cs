using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Takes each segment once more, after tracking, with its place in its connection: for lists of packets. Not given,
/// it costs nothing.
/// </summary>
public interface ITrackedSegmentSink
{
    void OnTracked(in TcpSegment segment, in TrackedSegment tracked);
}

/// <summary>A segment's place in its connection.</summary>
/// <param name="Offset">Stream offset of its first octet; -1 for a SYN.</param>
/// <param name="Acknowledged">How far it acknowledges the other stream; -1 without ACK.</param>
/// <param name="Window">In octets, scaled (RFC 7323 §2.2); -1 where the scale is not known.</param>
/// <param name="ClientState">State of the client after the segment.</param>
/// <param name="ServerState">State of the server after the segment.</param>
public readonly record struct TrackedSegment(
    ConnectionId Connection,
    Side Sender,
    long Offset,
    long Acknowledged,
    long Window,
    TcpState ClientState,
    TcpState ServerState)
{
    public SegmentDiagnosis Diagnosis { get; init; }

    /// <summary>Nothing that the client sent shows its state (<see cref="StateBasis.Assumed"/>).</summary>
    public bool IsClientAssumed { get; init; }

    /// <summary>The same of the server.</summary>
    public bool IsServerAssumed { get; init; }
}
