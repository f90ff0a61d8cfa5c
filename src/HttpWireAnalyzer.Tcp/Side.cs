namespace HttpWireAnalyzer.Tcp;

/// <summary>The two ends of a connection.</summary>
/// <remarks>
/// The client sent the SYN; without one, received the SYN-ACK; without either, has the higher port, for servers
/// listen low. A guess that a later SYN disproves is put right in the connection's summary.
/// </remarks>
public enum Side : byte
{
    Client = 0,
    Server = 1,
}

public static class Sides
{
    public static Side Other(this Side side) => side ^ Side.Server;
}
