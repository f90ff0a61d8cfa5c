namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What the streams of an HTTP/2 connection begin with (RFC 9113 §3.4).</summary>
internal static class Http2Preface
{
    /// <summary>What a server sends before it has the client's preface, and more: SETTINGS, and perhaps WINDOW_UPDATE.</summary>
    private const int MostBefore = 512;

    /// <summary>The client's, which SETTINGS follow.</summary>
    public static ReadOnlySpan<byte> Octets => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>
    /// They look like the server's: SETTINGS, whose header came in one piece. Until the client's preface shows it, they may be
    /// anything.
    /// </summary>
    public static bool MayBeServers(ReadOnlySpan<byte> octets) => octets.Length <= MostBefore && AreSettings(octets);

    /// <summary>They are what a server of HTTP/2 says to a client that does not speak it: its SETTINGS, or GOAWAY at once.</summary>
    public static bool IsAnswerToHttp1(ReadOnlySpan<byte> octets) => AreSettings(octets)
        || octets is [0, 0, >= GoAwayPayload.FixedOctets, (byte)Http2FrameType.GoAway, 0, 0, 0, 0, 0, ..];

    private static bool AreSettings(ReadOnlySpan<byte> octets) =>
        octets is [0, 0, var length, (byte)Http2FrameType.Settings, 0, 0, 0, 0, 0, ..]
        && length % SettingsPayload.SettingOctets == 0;
}
