namespace HttpWireAnalyzer.Analysis.Timing;

/// <summary>
/// Where the time of an exchange went, in nanoseconds. From Send on, the parts do not overlap and add up to the time
/// from the request's first octet to the response's last; all 0 where one of them was not seen.
/// </summary>
/// <param name="Connect">Before it: SYN to the end of the handshake; -1 but for a first exchange, and where not seen.</param>
/// <param name="ConnectRetry">Of that, waiting to send SYN or SYN-ACK again.</param>
/// <param name="Send">First octet of the request to its last.</param>
/// <param name="Queued">
/// The path was behind it, and the answer to the request before it still on its way (RFC 9112 §9.3.2): it may have waited.
/// </param>
/// <param name="Network">Between request and response: from the tap to the server and back, as the handshake took.</param>
/// <param name="Think">The rest between request and response: the server's own.</param>
/// <param name="Transfer">First octet of the response to its last.</param>
/// <param name="Timeout">Silence before a retransmission timeout (RFC 6298 §5).</param>
/// <param name="Loss">Octets were missing: lost and sent again, or overtaken.</param>
/// <param name="ZeroWindow">A receiver had no room.</param>
/// <param name="AckWait">A sender held back a part until the one before it was acknowledged, late (Nagle's algorithm and delayed ACK).</param>
public readonly record struct ExchangeTiming(
    long Connect,
    long ConnectRetry,
    long Send,
    long Queued,
    long Network,
    long Think,
    long Transfer,
    long Timeout,
    long Loss,
    long ZeroWindow,
    long AckWait)
{
    /// <summary>Time that TCP lost.</summary>
    public long Stalled => Timeout + Loss + ZeroWindow + AckWait;

    public long Total => Send + Queued + Network + Think + Transfer + Stalled;
}
