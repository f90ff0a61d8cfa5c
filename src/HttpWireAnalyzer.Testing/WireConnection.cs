using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Testing;

/// <summary>A TCP connection.</summary>
public sealed class WireConnection : WireRecord
{
    internal WireConnection(KeptConnection kept)
        : base(kept) => KeptConnection = kept;

    /// <summary>From 0 in order of the first packet: what hwa story and the others call it.</summary>
    public long Id => Number("conn.id")!.Value;

    public Endpoint Client => PlaceBy("client.address", "client.port").Client;

    public Endpoint Server => PlaceBy("server.address", "server.port").Server;

    /// <summary>From the first packet to the last.</summary>
    public TimeSpan? Lifetime => Duration("conn.duration");

    /// <summary>Neither SYN nor SYN-ACK was captured.</summary>
    public bool IsMidstream => Flag("conn.midstream");

    /// <summary>Of a handshake without repeated segments.</summary>
    public TimeSpan? RoundTrip => Duration("conn.rtt.handshake");

    /// <summary>HTTP/1 requests; null where it carried no HTTP/1.</summary>
    public long? Requests => Number("conn.requests");

    /// <summary>Final responses.</summary>
    public long? Responses => Number("conn.responses");

    /// <summary>Requests without a whole answer when it ended.</summary>
    public long? Unanswered => Number("conn.unanswered");

    /// <summary>Share of its requests that found it open.</summary>
    public double? Reuse => Ratio("conn.reuse");

    /// <summary>Most requests outstanding at once.</summary>
    public long? PipelineDepth => Number("conn.pipeline.max");

    /// <summary>Longest time with nothing outstanding, before a request or before the end.</summary>
    public TimeSpan? LongestIdle => Duration("conn.idle.max");

    /// <summary>End of the last exchange to the first FIN or RST.</summary>
    public TimeSpan? IdleBeforeClose => Duration("conn.idle.before_close");

    /// <summary>Seconds, as the last response with Keep-Alive announced.</summary>
    public long? KeepAliveTimeout => Number("http.keep_alive.timeout");

    public CloseManner Close => Word<CloseManner>("conn.close.how")!.Value;

    /// <summary>Who sent the first FIN or RST.</summary>
    public Side? ClosedFirst => Word<Side>("conn.close.first");

    public CloseReason CloseReason => Word<CloseReason>("conn.close.reason")!.Value;

    /// <summary>Holes in both streams.</summary>
    public long Gaps => Number("conn.gaps") ?? 0;

    /// <summary>Those that it carried, in the order in which they ended.</summary>
    public IReadOnlyList<WireExchange> Exchanges => [.. KeptConnection.Exchanges.Select(exchange => new WireExchange(exchange))];

    internal KeptConnection KeptConnection { get; }
}
