using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Testing;

/// <summary>A request, and what answered it.</summary>
public sealed class WireExchange : WireRecord
{
    internal WireExchange(KeptExchange kept)
        : base(kept)
    {
    }

    /// <summary>The connection that carried it.</summary>
    public long Connection => Number("conn.id")!.Value;

    /// <summary>Place on its connection, from 1.</summary>
    public long Ordinal => Number("exchange.ordinal")!.Value;

    /// <summary>The first of its connection: it paid for the handshake.</summary>
    public bool IsCold => Flag("exchange.cold");

    /// <summary>Who sent the request.</summary>
    public Endpoint Client => PlaceBy("client.address", "client.port").Client;

    public Endpoint Server => PlaceBy("server.address", "server.port").Server;

    /// <summary>As sent; null where the request was not captured.</summary>
    public string? Method => Text("http.request.method");

    /// <summary>As sent.</summary>
    public string? Target => Text("http.request.target");

    public string? Host => Text("http.request.header.host");

    /// <summary>The method may be repeated without asking (RFC 9110 §9.2.2).</summary>
    public bool IsIdempotent => Flag("http.request.idempotent");

    /// <summary>Of the final response.</summary>
    public long? Status => Number("http.response.status_code");

    /// <summary>Time with nothing outstanding before the request; null for the first one.</summary>
    public TimeSpan? IdleBefore => Duration("exchange.idle_before");

    /// <summary>Last octet of the request to first of the response.</summary>
    public TimeSpan? TimeToFirstOctet => Duration("exchange.ttfb");

    /// <summary>The server's own part of that.</summary>
    public TimeSpan? ServerTime => Duration("exchange.time.think");

    /// <summary>First octet of the request to last of the response.</summary>
    public TimeSpan? Latency => Duration("exchange.latency");

    /// <summary>Requests unanswered when this one began, this one included.</summary>
    public long? PipelineDepth => Number("exchange.pipeline.depth");

    public PersistenceVerdict Persistence => Word<PersistenceVerdict>("exchange.persistent")!.Value;

    /// <summary>Both messages are whole.</summary>
    public bool IsComplete => Flag("exchange.complete");

    public ExchangeEnd Outcome => Word<ExchangeEnd>("exchange.outcome")!.Value;

    /// <summary>The failed exchange that it repeats, as connection and ordinal: 17.3.</summary>
    public string? RetryOf => Text("exchange.retry_of");
}
