using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>How many ports a client has, and for how long TIME-WAIT lasts.</summary>
/// <param name="TimeWait">Nanoseconds.</param>
public sealed record PortProfile(string Name, long Ports, long TimeWait)
{
    private const long Second = Timestamp.NanosecondsPerSecond;

    /// <summary>ip_local_port_range 32768 to 60999; TCP_TIMEWAIT_LEN in the kernel's tcp.h.</summary>
    public static PortProfile Linux { get; } = new("linux", 28_232, 60 * Second);

    /// <summary>Dynamic ports 49152 to 65535; TcpTimedWaitDelay, of which sources tell 30 to 240 s.</summary>
    public static PortProfile Windows { get; } = new("windows", 16_384, 120 * Second);

    /// <summary>Dynamic ports of RFC 6335 §6; 2 MSL of RFC 9293 §3.4.1.</summary>
    public static PortProfile Standard { get; } = new("rfc", 16_384, 240 * Second);

    /// <summary>The sum of the books: 60,000 ports and 2 MSL of 120 s, 500 connections a second.</summary>
    public static PortProfile Textbook { get; } = new("textbook", 60_000, 120 * Second);

    public static IReadOnlyList<PortProfile> All { get; } = [Linux, Windows, Standard, Textbook];
}
