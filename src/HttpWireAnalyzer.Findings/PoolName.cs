using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings;

/// <summary>Who shares connections: one client address and one server endpoint, as in hwa pools.</summary>
public readonly record struct PoolName(Address Client, Endpoint Server)
{
    /// <summary>All pools of the server at once: without a client's address.</summary>
    public PoolName OfAnyClient => this with { Client = default };

    /// <summary>Addresses come from the wire: HashCode is seeded, so that nobody can choose them to collide.</summary>
    public override int GetHashCode() =>
        HashCode.Combine(Client.High, Client.Low, Server.Address.High, Server.Address.Low, Server.Port);

    public override string ToString() => $"{Client} → {Server}";
}
