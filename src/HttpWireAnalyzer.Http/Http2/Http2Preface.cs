namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What the streams of an HTTP/2 connection begin with (RFC 9113 §3.4).</summary>
internal static class Http2Preface
{
    /// <summary>What a server sends before it has the client's preface, and more: SETTINGS, and perhaps WINDOW_UPDATE.</summary>
    private const int MostBefore = 512;

    /// <summary>The client's, which SETTINGS follow.</summary>
    public static ReadOnlySpan<byte> Octets => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>They are, or may become, the server's: SETTINGS. Until the client's preface shows it, they may be anything.</summary>
    public static bool MayBeServers(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > MostBefore)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[Http2FrameHeader.Octets];
        header[3] = (byte)Http2FrameType.Settings;
        int known = Math.Min(octets.Length, header.Length);
        octets[..Math.Min(known, 3)].CopyTo(header);
        return octets[..known].SequenceEqual(header[..known])
            && header[0] == 0
            && (known < 3 || (header[1] == 0 && header[2] % SettingsPayload.SettingOctets == 0));
    }
}
