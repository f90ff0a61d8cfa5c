using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What a connection carried as HTTP/2, seen from above its streams.</summary>
public sealed record Http2Record : SuccessorRecord
{
    /// <summary>Who opens streams and sends the preface; Client but for connections whose ends were guessed wrong.</summary>
    public required Side Requester { get; init; }

    /// <summary>The packet that completed the client's preface; none where it was not seen.</summary>
    public required PacketRef Preface { get; init; }

    /// <summary>The server does not speak HTTP/2; null where it does, or nothing tells.</summary>
    public required Http1Answer? Http1Answer { get; init; }

    /// <summary>By Upgrade: h2c (RFC 7540 §3.2), not by prior knowledge.</summary>
    public required bool IsUpgraded { get; init; }

    /// <summary>Inside a CONNECT tunnel: it is between others than the ends of the connection (RFC 9110 §9.3.6).</summary>
    public required bool IsTunnelled { get; init; }

    /// <summary>Streams with a HEADERS or PUSH_PROMISE frame.</summary>
    public required int Streams { get; init; }

    /// <summary>Both messages whole.</summary>
    public required int Completed { get; init; }

    /// <summary>RST_STREAM ended them first, and they were not refused.</summary>
    public required int Reset { get; init; }

    /// <summary>Not processed: by GOAWAY or REFUSED_STREAM.</summary>
    public required int Refused { get; init; }

    /// <summary>The connection, or the capture, ended first: they are the unanswered requests of the connection.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Promised by the server.</summary>
    public required int Pushed { get; init; }

    /// <summary>Most streams open at once.</summary>
    public required int MaxConcurrent { get; init; }

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS of the server, the last it sent; -1 without, which is no limit.</summary>
    public required long ConcurrentLimit { get; init; }

    /// <summary>The stream of the client with the greatest number.</summary>
    public required int LastStream { get; init; }

    /// <summary>PING frames that are no acknowledgment, by sender.</summary>
    public required int ClientPings { get; init; }

    public required int ServerPings { get; init; }

    /// <summary>Longest time from a PING to its acknowledgment, nanoseconds; -1 without one.</summary>
    public required long SlowestPing { get; init; }

    /// <summary>In their order; the first <see cref="HttpLimits.ControlFrames"/>.</summary>
    public required IReadOnlyList<Http2GoAway> GoAways { get; init; }

    /// <summary>In capture order; the first <see cref="HttpLimits.ControlFrames"/>, at most half of them PINGs.</summary>
    public required IReadOnlyList<Http2Event> Events { get; init; }

    public required int EventsLeftOut { get; init; }

    /// <summary>Streams whose request was seen.</summary>
    public required int Requests { get; init; }

    /// <summary>Streams with a final response.</summary>
    public required int Responses { get; init; }

    /// <summary>The packet that ended the last message.</summary>
    public required PacketRef LastMessageEnd { get; init; }

    /// <summary>Of the stream that ended last.</summary>
    public required Persistence LastPersistence { get; init; }

    public required HttpAnomalies Anomalies { get; init; }

    /// <summary>By whom a reader looks for it: of the server or, where that sent none, of the client; null without any.</summary>
    public Http2GoAway? LastGoAway => LastGoAwayOf(Requester.Other()) ?? LastGoAwayOf(Requester);

    /// <summary>Null where that side sent none.</summary>
    public Http2GoAway? LastGoAwayOf(Side side) => GoAways.LastOrDefault(frame => frame.Sender == side);

    /// <summary>Streams are requests of the connection, beside those of HTTP/1 before them.</summary>
    internal override void AddTo(ref HttpSummary http)
    {
        http.Requests += Requests;
        http.Responses += Responses;
        http.Unanswered += Unfinished;

        // Streams do not wait for each other: one at a time is the depth of each.
        http.MaxPipelineDepth = Math.Max(http.MaxPipelineDepth, Math.Min(Requests, 1));
        http.LastPersistence = LastMessageEnd.IsNone || IsTunnelled ? http.LastPersistence : LastPersistence;
        http.LastMessageEnd = LastMessageEnd.IsNone ? http.LastMessageEnd : LastMessageEnd;
        http.Anomalies |= Anomalies;
    }
}

/// <summary>What a server that speaks no HTTP/2 answers the client's preface: a response of HTTP/1, most often 400.</summary>
/// <param name="Status">0 where it has none.</param>
public sealed record Http1Answer(PacketRef At, int Status);

/// <summary>A GOAWAY frame (RFC 9113 §6.8).</summary>
/// <param name="LastStream">Streams of the receiver beyond it were not processed; 2^31 - 1 only warns.</param>
/// <param name="Code">As sent.</param>
/// <param name="Open">Streams that were open then, and go on.</param>
/// <param name="Refused">Streams that were open then, and that it refuses.</param>
public sealed record Http2GoAway(PacketRef At, Side Sender, int LastStream, uint Code, int Open, int Refused)
{
    /// <summary>Octets of <see cref="DebugData"/> that are kept.</summary>
    internal const int MostDebugOctets = 256;

    public Http2ErrorCode Error => Http2ErrorCodes.Read(Code);

    /// <summary>What the sender says of it, such as too_many_pings: the first 256 octets, a letter for each; null without.</summary>
    public string? DebugData { get; init; }

    /// <summary>RFC 9113 §6.8: an end that is about to close says so first, and names its last stream a round trip later.</summary>
    public bool IsWarning => LastStream == int.MaxValue;
}

/// <summary>A frame that is about the connection, or ends a stream.</summary>
/// <param name="Stream">0 for the connection.</param>
/// <param name="Value">Of GOAWAY the last stream; of RST_STREAM and GOAWAY <paramref name="Error"/> says the rest.</param>
public sealed record Http2Event(PacketRef At, Side Sender, Http2EventKind Kind, int Stream, long Value, Http2ErrorCode Error)
{
    /// <summary>Of SETTINGS, in their order; those that the RFC names.</summary>
    public IReadOnlyList<(Http2SettingKind Kind, uint Value)> Settings { get; init; } = [];
}

/// <summary>What an event is.</summary>
public enum Http2EventKind : byte
{
    Preface,
    Settings,
    Ping,
    PingAcknowledged,
    Reset,
    GoAway,

    /// <summary>Of the server, in the place of its first frame; Value is the status.</summary>
    Http1Answer,
}
