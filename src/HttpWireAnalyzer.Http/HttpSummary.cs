using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>What a connection carried, seen from above TCP.</summary>
/// <remarks>Fields, as in <see cref="TcpSummary"/>: who keeps it keeps a copy.</remarks>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "It is reached by reference, not copied.")]
public record struct HttpSummary
{
    public required ApplicationProtocol Protocol;

    /// <summary>What the connection switched to after CONNECT or Upgrade; Unknown without a switch.</summary>
    public required ApplicationProtocol SwitchedTo;

    /// <summary>What was read after HTTP/1; null where nothing followed it, or nobody reads that.</summary>
    public SuccessorRecord? Successor;

    /// <summary>Null where the connection carried no HTTP/2.</summary>
    public readonly Http2Record? Http2 => Successor as Http2Record;

    /// <summary>Null where no WebSocket followed.</summary>
    public readonly WebSocketRecord? WebSocket => Successor as WebSocketRecord;

    public required int Requests;

    /// <summary>Final responses.</summary>
    public required int Responses;

    /// <summary>Requests without a whole answer when the connection ended.</summary>
    public required int Unanswered;

    /// <summary>Most requests outstanding at once; 1 without pipelining, 0 without requests.</summary>
    public required int MaxPipelineDepth;

    /// <summary>Keep-Alive timeout of the last response that had one, seconds; -1 without.</summary>
    public required long KeepAliveTimeout;

    /// <summary>Keep-Alive max of the last response that had one; -1 without.</summary>
    public required long KeepAliveMax;

    public required KeepAliveMaxMeaning KeepAliveMaxMeaning;

    /// <summary>Verdict of the last exchange.</summary>
    public required Persistence LastPersistence;

    /// <summary>
    /// The packet that ended the last message, or brought the last octets behind an answer whose end is not known; none
    /// without messages.
    /// </summary>
    public required PacketRef LastMessageEnd;

    public required HttpAnomalies Anomalies;

    /// <summary>Those that something is wrong with, or unusual: a header of the PROXY protocol is there on purpose.</summary>
    public readonly HttpAnomalies Oddities => Anomalies & ~HttpAnomalies.ProxyHeader;
}

/// <summary>What octets turned out to be.</summary>
public enum ApplicationProtocol : byte
{
    Unknown,
    Http1,
    Http2,
    Tls,
    WebSocket,

    /// <summary>Octets that are none of these.</summary>
    Other,
}

/// <summary>How a server uses max in Keep-Alive: the study of RFC 2068 §19.7.1.1 left it open.</summary>
public enum KeepAliveMaxMeaning : byte
{
    /// <summary>None, or one value only.</summary>
    Unknown,

    /// <summary>100, 99, 98 …: what remains.</summary>
    Remaining,

    /// <summary>The same each time: the limit.</summary>
    Limit,

    /// <summary>Neither.</summary>
    Inconsistent,
}
