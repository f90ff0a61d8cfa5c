using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>The state of one endpoint (RFC 9293 §3.3.2), and one more: nothing is known of it yet.</summary>
public enum TcpState : byte
{
    Unknown,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
    Closed,
}

/// <summary>How we know that an endpoint is in a state.</summary>
public enum StateBasis : byte
{
    /// <summary>The cause was seen going to it; nothing came back yet.</summary>
    Assumed,

    /// <summary>A later segment of its own acknowledges the cause.</summary>
    Acked,

    /// <summary>It sent the cause itself.</summary>
    Sent,

    /// <summary>Time ran out: 2 MSL.</summary>
    Timer,
}

/// <summary>One endpoint entered a state; or, with From equal to To, a state is now known on better grounds.</summary>
/// <param name="Input">Why.</param>
public readonly record struct TcpStateChange(
    ConnectionId Connection,
    Side Side,
    TcpState From,
    TcpState To,
    TcpInput Input,
    StateBasis Basis,
    PacketRef Packet)
{
    /// <summary>
    /// Among <see cref="IStreamSink.StateInputs"/>: changes of the basis alone, by a segment that its sender could not have
    /// sent in another state.
    /// </summary>
    public const uint Proofs = 1u << 31;
}
