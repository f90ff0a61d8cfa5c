using System.Diagnostics;

namespace HttpWireAnalyzer.Testing;

/// <summary>Claims about connections of HTTP/2.</summary>
[StackTraceHidden]
public static class Http2Claims
{
    /// <summary>
    /// A server that stops loses nothing: at least one connection of HTTP/2 was ended by GOAWAY, on none a GOAWAY refused or
    /// left a stream (HWA-M001), and no server closed one without a GOAWAY (HWA-M002).
    /// </summary>
    public static WireCapture ShouldDrainWithGoAway(this WireCapture capture)
    {
        capture.Connections.Where("h2").ShouldAny("h2.goaway");
        capture.Findings.ShouldNotContain("HWA-M001", "HWA-M002");
        return capture;
    }
}
