using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>What a connection carried, seen from above TCP.</summary>
public readonly record struct HttpSummary
{
    public required ApplicationProtocol Protocol { get; init; }

    /// <summary>What the connection switched to after CONNECT or Upgrade; Unknown without a switch.</summary>
    public required ApplicationProtocol SwitchedTo { get; init; }

    /// <summary>What was read after HTTP/1; null where nothing followed it, or nobody reads that.</summary>
    public SuccessorRecord? Successor { get; init; }

    /// <summary>Null where no WebSocket followed.</summary>
    public WebSocketRecord? WebSocket => Successor as WebSocketRecord;

    public required int Requests { get; init; }

    /// <summary>Final responses.</summary>
    public required int Responses { get; init; }

    /// <summary>Requests without a whole answer when the connection ended.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Most requests outstanding at once; 1 without pipelining, 0 without requests.</summary>
    public required int MaxPipelineDepth { get; init; }

    /// <summary>Keep-Alive timeout of the last response that had one, seconds; -1 without.</summary>
    public required long KeepAliveTimeout { get; init; }

    /// <summary>Keep-Alive max of the last response that had one; -1 without.</summary>
    public required long KeepAliveMax { get; init; }

    public required KeepAliveMaxMeaning KeepAliveMaxMeaning { get; init; }

    /// <summary>Verdict of the last exchange.</summary>
    public required Persistence LastPersistence { get; init; }

    /// <summary>The packet that ended the last message; none without messages.</summary>
    public required PacketRef LastMessageEnd { get; init; }

    public required HttpAnomalies Anomalies { get; init; }
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
