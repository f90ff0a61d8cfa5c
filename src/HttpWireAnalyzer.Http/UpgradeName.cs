namespace HttpWireAnalyzer.Http;

/// <summary>Protocol names of Upgrade (RFC 9110 §7.8; the registry of upgrade tokens).</summary>
internal static class UpgradeName
{
    public static ApplicationProtocol Read(string? name) => name switch
    {
        null => ApplicationProtocol.Other,

        // RFC 6455 §11.2; names are case-insensitive.
        _ when name.Equals("websocket", StringComparison.OrdinalIgnoreCase) => ApplicationProtocol.WebSocket,

        // RFC 7540 §3.2.
        _ when name.Equals("h2c", StringComparison.OrdinalIgnoreCase) => ApplicationProtocol.Http2,

        // RFC 2817 §3.
        _ when name.StartsWith("TLS/", StringComparison.OrdinalIgnoreCase) => ApplicationProtocol.Tls,
        _ => ApplicationProtocol.Other,
    };
}
