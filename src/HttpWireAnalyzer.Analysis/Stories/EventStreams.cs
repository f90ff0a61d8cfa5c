using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>Server-sent events (WHATWG HTML §9.2): a response that goes on for as long as both ends care to.</summary>
public static class EventStreams
{
    public static bool Is(in HttpExchange exchange) => exchange.Response is { } response && Is(response);

    public static bool Is(ResponseHead response) =>
        response.Field("Content-Type") is { } type
        && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
