using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>What one connection did to its client's port.</summary>
/// <param name="Last">Its last packet.</param>
/// <param name="Closed">When it no longer was open, which may be after the last packet of all; null where it still is.</param>
/// <param name="HeldByClient">The client went into TIME-WAIT, and keeps the port.</param>
/// <param name="HeldByServer">The server did.</param>
public readonly record struct PortTerm(
    ushort Port, Timestamp Opened, Timestamp Last, Timestamp? Closed, bool HeldByClient, bool HeldByServer)
{
    /// <summary>What Linux gives FIN-WAIT-2 whose socket is closed, nanoseconds (tcp_fin_timeout).</summary>
    private const long FinWait2 = 60 * Timestamp.NanosecondsPerSecond;

    /// <summary>
    /// When a connection no longer is open at the client; null where it is. A FIN of one end leaves it open until the other has
    /// closed too (RFC 9293 §3.6), and the client's own until it is acknowledged.
    /// </summary>
    public static Timestamp? ClosedAt(CloseManner how, TcpState client, Timestamp last) => (how, client) switch
    {
        (CloseManner.Open, _) => null,
        (CloseManner.Unanswered or CloseManner.Refused or CloseManner.Reset or CloseManner.FinThenReset, _) => last,
        (_, TcpState.TimeWait or TcpState.Closed) => last,
        (_, TcpState.FinWait2) => last.Plus(FinWait2),
        _ => null,
    };
}
