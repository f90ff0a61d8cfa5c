using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>What both ends agreed to in the opening handshake (RFC 6455 §4).</summary>
public sealed record WebSocketHandshake
{
    private const string Deflate = "permessage-deflate";

    /// <summary>RFC 6455 §1.3: what the server puts behind the key before it hashes both.</summary>
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private const int KeyOctets = 16;

    /// <summary>What the server chose; null without one.</summary>
    public required string? Subprotocol { get; init; }

    /// <summary>Sec-WebSocket-Extensions as the server answered; null without.</summary>
    public required string? Extensions { get; init; }

    /// <summary>permessage-deflate is one of them (RFC 7692): it gives RSV1 its meaning.</summary>
    public bool Compresses { get; private init; }

    /// <summary>Others are, which may give reserved bits and opcodes a meaning.</summary>
    public bool HasOtherExtensions { get; private init; }

    /// <param name="request">Null where it was not captured: then only the answer is read.</param>
    internal static WebSocketHandshake Read(RequestHead? request, ResponseHead? response)
    {
        var extensions = response?.Field("Sec-WebSocket-Extensions");
        var names = Names(extensions);
        return new WebSocketHandshake
        {
            Subprotocol = response?.Field("Sec-WebSocket-Protocol"),
            Extensions = extensions,
            Compresses = names.Contains(Deflate, StringComparer.OrdinalIgnoreCase),
            HasOtherExtensions = names.Any(name => !name.Equals(Deflate, StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>What either head must not say.</summary>
    internal static IEnumerable<WebSocketRule> RulesBroken(RequestHead request, ResponseHead response)
    {
        var key = request.Field("Sec-WebSocket-Key");
        if (!IsKey(key))
        {
            yield return WebSocketRule.KeyInvalid;
        }

        if (request.Field("Sec-WebSocket-Version") != "13")
        {
            yield return WebSocketRule.VersionNot13;
        }

        if (key is null || response.Field("Sec-WebSocket-Accept") != AcceptFor(key))
        {
            yield return WebSocketRule.AcceptWrong;
        }

        if (response.Field("Sec-WebSocket-Protocol") is { } chosen
            && !Parts(request.Field("Sec-WebSocket-Protocol")).Contains(chosen, StringComparer.Ordinal))
        {
            yield return WebSocketRule.SubprotocolNotOffered;
        }

        var offered = Names(request.Field("Sec-WebSocket-Extensions"));
        if (Names(response.Field("Sec-WebSocket-Extensions")).Except(offered, StringComparer.OrdinalIgnoreCase).Any())
        {
            yield return WebSocketRule.ExtensionNotOffered;
        }
    }

    /// <summary>Whose fault it is.</summary>
    internal static bool IsOfClient(WebSocketRule rule) => rule is WebSocketRule.KeyInvalid or WebSocketRule.VersionNot13;

    // RFC 6455 §4.1, item 7: a nonce of sixteen octets, base64.
    private static bool IsKey(string? key) =>
        key is { Length: 24 } && Convert.TryFromBase64String(key, stackalloc byte[KeyOctets + 2], out var octets) && octets == KeyOctets;

    // RFC 6455 §4.2.2, item 5.4.
    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "RFC 6455 names SHA-1, and nothing is protected by it.")]
    private static string AcceptFor(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.Latin1.GetBytes(key + AcceptSuffix)));

    private static string[] Parts(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Extensions without their parameters (RFC 6455 §9.1).</summary>
    private static string[] Names(string? extensions) => [.. Parts(extensions).Select(part => part.Split(';')[0].TrimEnd())];
}
