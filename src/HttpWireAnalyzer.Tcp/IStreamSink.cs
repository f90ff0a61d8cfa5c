using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Takes what tracking gives, in capture order. For each connection: opened, then the rest, then closed.</summary>
public interface IStreamSink
{
    void OnOpened(in ConnectionOpening opening);

    void OnChunk(in StreamChunk chunk);

    void OnGap(in StreamGap gap);

    /// <summary>At most once for each side.</summary>
    void OnEnd(in StreamEnd end);

    void OnStateChange(in TcpStateChange change);

    /// <summary>
    /// Inputs whose state changes it has a use for, each a bit by its <see cref="TcpInput"/>, and
    /// <see cref="TcpStateChange.Proofs"/>: of others nobody need tell it. The same from beginning to end.
    /// </summary>
    uint StateInputs => uint.MaxValue;

    void OnRemark(in TcpRemark remark);

    /// <summary>The connection leaves the table; its slot may be given to another.</summary>
    void OnClosed(in TcpSummary summary);

    /// <summary>
    /// Something is about to happen to the connection in this slot, or one is about to open there: what is kept by slot
    /// may be fetched from memory.
    /// It decides nothing.
    /// </summary>
    void Expect(int slot)
    {
    }
}

/// <summary>A new connection, before its first chunk.</summary>
/// <param name="Midstream">No SYN or SYN-ACK was seen: states start as assumed.</param>
/// <param name="Incarnation">1 for the first connection of the 4-tuple.</param>
public readonly record struct ConnectionOpening(
    ConnectionId Connection,
    Endpoint Client,
    Endpoint Server,
    int Incarnation,
    bool Midstream,
    PacketRef Packet);
