namespace HttpWireAnalyzer.Tcp;

/// <summary>One incarnation of a 4-tuple (docs/architecture.md, "Connection").</summary>
/// <param name="Number">
/// Counted from 0 in order of the first packet: Wireshark's tcp.stream where both see the same connections.
/// </param>
/// <param name="Slot">
/// Where per-connection state stands in arrays: small, and given to a later connection once this one has left.
/// </param>
public readonly record struct ConnectionId(int Number, int Slot);
