using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>Finds out whose the sockets of connections are; nobody waits for it.</summary>
public interface ISocketOwners
{
    /// <summary>Asks whose the ends of a connection are; the answer is there a little later.</summary>
    void Ask(int connection, in Endpoint client, in Endpoint server);

    /// <summary>What is known by now.</summary>
    ConnectionOwners Find(int connection);

    /// <summary>What was found of a connection that has ended; it is then forgotten.</summary>
    ConnectionOwners Take(int connection);
}
