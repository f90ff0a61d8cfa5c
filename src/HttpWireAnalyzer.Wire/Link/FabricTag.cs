namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The tag of Cisco's FabricPath; a whole Ethernet frame follows.</summary>
/// <remarks>
/// <code>
/// +---------------------+-----------+
/// | Forwarding tag (10) |  TTL (6)  |
/// +---------------------+-----------+
/// </code>
/// </remarks>
internal static class FabricTag
{
    public const int Length = 2;

    public static bool TryParse(ReadOnlySpan<byte> octets, out DecodeError error)
    {
        var isWhole = octets.Length >= Length;
        error = isWhole ? default : DecodeError.Truncated(Layer.Link, Length, octets.Length);
        return isWhole;
    }
}
