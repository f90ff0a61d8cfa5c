using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// Who shares connections: one client address and one server endpoint. The origin is no part of it: what Host named is
/// known only once a request has come, and a server behind one endpoint takes any of them on any connection.
/// </summary>
internal readonly record struct PoolKey(Address Client, Endpoint Server)
{
    /// <summary>Keys come from the wire: HashCode is seeded, so that nobody can choose them to collide.</summary>
    public sealed class Comparer : IEqualityComparer<PoolKey>
    {
        public bool Equals(PoolKey x, PoolKey y) => x == y;

        public int GetHashCode([DisallowNull] PoolKey obj) => HashCode.Combine(
            obj.Client.High, obj.Client.Low, obj.Server.Address.High, obj.Server.Address.Low, obj.Server.Port);
    }
}

/// <summary>A name that belongs to one client: a Host, or a registrable domain. Case does not matter (RFC 9110 §4.2.3).</summary>
internal readonly record struct ClientName(Address Client, string Name)
{
    public sealed class Comparer : IEqualityComparer<ClientName>
    {
        public bool Equals(ClientName x, ClientName y) =>
            x.Client == y.Client && string.Equals(x.Name, y.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode([DisallowNull] ClientName obj) => HashCode.Combine(
            obj.Client.High, obj.Client.Low, obj.Name.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
