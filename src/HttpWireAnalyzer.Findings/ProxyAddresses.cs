using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// Finds hosts that are servers in one pool and clients in another: proxies, gateways and load balancers of which both
/// sides were captured. Pools know of it as soon as both are there.
/// </summary>
internal sealed class ProxyAddresses
{
    private readonly Dictionary<Address, List<PoolHabits>> _byClient = [];
    private readonly Dictionary<Address, List<PoolHabits>> _byServer = [];

    public void Add(PoolHabits pool)
    {
        var (client, server) = (pool.Name.Client, pool.Name.Server.Address);
        Keep(_byClient, client, pool);
        Keep(_byServer, server, pool);
        if (_byServer.TryGetValue(client, out var fronts))
        {
            pool.IsBehindProxy = Mark(fronts, pool, front: true);
        }

        if (_byClient.TryGetValue(server, out var backs))
        {
            pool.IsBeforeProxy = Mark(backs, pool, front: false);
        }
    }

    private static void Keep(Dictionary<Address, List<PoolHabits>> pools, Address address, PoolHabits pool)
    {
        if (!pools.TryGetValue(address, out var list))
        {
            pools.Add(address, list = []);
        }

        list.Add(pool);
    }

    /// <summary>On one host, client and server have one address: another port makes another hop.</summary>
    private static bool Mark(List<PoolHabits> others, PoolHabits pool, bool front)
    {
        var found = false;
        foreach (var other in others)
        {
            if (other != pool && other.Name.Server != pool.Name.Server)
            {
                other.IsBeforeProxy |= front;
                other.IsBehindProxy |= !front;
                found = true;
            }
        }

        return found;
    }
}
