namespace HttpWireAnalyzer.Http;

/// <summary>Everything in the message stage that can grow has its limit here; reaching one is a remark.</summary>
public sealed record HttpLimits
{
    public static readonly HttpLimits Default = new();

    /// <summary>
    /// Octets of a head, start line included. Servers refuse far less (Apache 8 KiB a line and 100 lines, nginx
    /// 32 KiB, Kestrel 32 KiB, Node 16 KiB); h11 stops at 16 KiB. 64 KiB is more than any of them lets through.
    /// </summary>
    public int HeadOctets { get; init; } = 64 * 1024;

    /// <summary>
    /// Octets of a trailer section that are kept: what Apache allows for one line; checksums and timings need less.
    /// </summary>
    public int TrailerOctets { get; init; } = 8 * 1024;

    /// <summary>
    /// Requests that wait for an answer on one connection. Zeek calls 100 excessive; load generators pipeline a few
    /// hundred.
    /// </summary>
    public int OutstandingRequests { get; init; } = 1024;

    /// <summary>
    /// Responses that wait for a request which is late in the capture. Reordering swaps neighbours, and a hole is
    /// given up after 64 segments (TrackerLimits.HolePatienceSegments): no more can be waiting.
    /// </summary>
    public int ParkedResponses { get; init; } = 64;

    /// <summary>
    /// Requests of a one-sided capture that are kept in case the other side turns up, by the same reasoning as
    /// <see cref="ParkedResponses"/>.
    /// </summary>
    public int RequestsAwaitingLateResponses { get; init; } = 64;

    /// <summary>Heads of 1xx responses kept for one exchange: 102 can be sent every 20 s (RFC 2518 §10.1).</summary>
    public int InterimHeads { get; init; } = 16;

    /// <summary>
    /// Heads that are kept to be shared, a power of two. A busy server answers with some hundred different heads in a
    /// second, and its Date field makes new ones the next.
    /// </summary>
    public int CachedHeads { get; init; } = 4096;

    /// <summary>Longer heads are not shared: full of cookies, they do not come back. Together at most 8 MiB.</summary>
    public int CachedHeadOctets { get; init; } = 2 * 1024;

    /// <summary>
    /// Octets of an HPACK table (RFC 7541 §4.1) that are kept for each direction of an HTTP/2 connection, whatever its
    /// ends agree on: sixteen times the 4096 that all begin with.
    /// </summary>
    public int FieldTableOctets { get; init; } = 64 * 1024;

    /// <summary>
    /// Streams of one HTTP/2 connection that are followed at once. Servers allow 100 to 250 (nginx 128, Go 250, Envoy 100).
    /// </summary>
    public int OpenStreams { get; init; } = 1024;

    /// <summary>GOAWAY, SETTINGS, RST_STREAM and PING frames of one connection that are kept one by one; the rest is counted.</summary>
    public int ControlFrames { get; init; } = 256;

    /// <summary>Settings of one SETTINGS frame that are kept: seven have names here (RFC 9113 §6.5.2), and a frame may repeat one.</summary>
    public int NamedSettings { get; init; } = 16;

    /// <summary>CONNECT within CONNECT that is followed. Proxy chains are two or three long.</summary>
    public byte TunnelDepth { get; init; } = 8;

    /// <summary>
    /// Pings of one end of a WebSocket, or of HTTP/2, that wait for their pongs; of more the oldest is not waited for. Libraries
    /// send one and wait (websockets: 20 s, ws: none); a tunnel's delay holds two or three.
    /// </summary>
    public int PingsAwaitingPongs { get; init; } = 16;
}
