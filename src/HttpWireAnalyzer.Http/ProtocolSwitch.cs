using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>A connection leaves HTTP/1: by 101 (RFC 9110 §7.8), or by HTTP/2's connection preface (RFC 9113 §3.4).</summary>
internal readonly ref struct ProtocolSwitch
{
    public required ConnectionId Connection { get; init; }

    public required ApplicationProtocol Protocol { get; init; }

    /// <summary>Who asked for it, or sent the preface.</summary>
    public required Side Requester { get; init; }

    /// <summary>CONNECT tunnels that carry it.</summary>
    public required byte TunnelDepth { get; init; }

    /// <summary>Null where it was not captured, and with the preface.</summary>
    public RequestHead? Request { get; init; }

    /// <summary>Where that request stands; all zero where there is none.</summary>
    public MessageTrace RequestTrace { get; init; }

    /// <summary>Exchanges of the connection until then, the one that switched among them.</summary>
    public required int Exchanges { get; init; }

    /// <summary>The 101; null with the preface.</summary>
    public ResponseHead? Response { get; init; }

    /// <summary>Where the protocol begins in the requester's stream; -1 where nobody knows. The preface belongs to it.</summary>
    public required long RequesterFrom { get; init; }

    /// <summary>The same in the other stream.</summary>
    public required long ResponderFrom { get; init; }

    /// <summary>The packet that completed the 101, or the preface's first line.</summary>
    public required PacketRef Packet { get; init; }
}
