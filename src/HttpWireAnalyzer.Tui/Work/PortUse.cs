using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>
/// Ports that one client address had in use toward one server endpoint: those of open connections, and those held in
/// TIME-WAIT by either end.
/// </summary>
/// <param name="Opened">Connections that opened.</param>
/// <param name="Peak">Most ports in use at once, TIME-WAIT of the client included.</param>
/// <param name="ClientPeak">Most held in TIME-WAIT by the client at once.</param>
/// <param name="ServerPeak">Most held by the server.</param>
/// <param name="Timeline">Held in TIME-WAIT, the most in each of equal parts from the first packet of the capture to the last.</param>
internal sealed record PortUse(
    Address Client, Endpoint Server, int Opened, int Peak, Timestamp PeakAt, int ClientPeak, int ServerPeak,
    PortTimeline Timeline)
{
    /// <summary>Linux's usual range, net.ipv4.ip_local_port_range: 32,768 to 60,999.</summary>
    public const int Ports = 28_232;

    public double Share => (double)Peak / Ports;
}

/// <param name="Step">What each part lasts, nanoseconds.</param>
internal sealed record PortTimeline(Timestamp From, long Step, IReadOnlyList<int> Client, IReadOnlyList<int> Server, IReadOnlyList<int> InUse);
