using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>
/// Which hosts a client has connections open for, and so where one site is spread over several host names to get more
/// connections than a client gives to one (domain sharding; RFC 9112 §9.4 asks clients to limit them).
/// </summary>
/// <remarks>A connection stands for the Host of its first request.</remarks>
internal sealed class HostUses(PoolLimits limits)
{
    private readonly Dictionary<ClientName, int> _places = new(new ClientName.Comparer());
    private readonly Dictionary<ClientName, DomainUse> _domains = new(new ClientName.Comparer());
    private readonly List<HostUse> _uses = [];

    /// <summary>What was asked last: connection after connection asks the same, with the one text of a shared head.</summary>
    private Address _client;
    private string? _host;
    private int _place;

    /// <summary>-1 where it belongs to no domain, or too many are followed.</summary>
    public int PlaceOf(Address client, string host)
    {
        if (!ReferenceEquals(host, _host) || client != _client)
        {
            (_client, _host, _place) = (client, host, Find(client, host));
        }

        return _place;
    }

    public void Apply(int place, PacketRef at, int open) => _uses[place].Apply(at, open);

    /// <summary>Those that had connections for two names or more at once, in the order in which they did.</summary>
    public IReadOnlyList<ShardedDomain> Sharded() =>
    [
        .. _domains.Values.Where(domain => domain.MaxHosts > 1).OrderBy(domain => domain.Since.Number)
            .Select(domain => new ShardedDomain(domain.Key.Client, domain.Key.Name, domain.MaxHosts, domain.MaxOpen)),
    ];

    private int Find(Address client, string host)
    {
        if (host.Length > limits.HostOctets)
        {
            return -1;
        }

        var name = new ClientName(client, RegistrableDomain.NameOf(host));
        if (_places.TryGetValue(name, out var place))
        {
            return place;
        }

        if (_uses.Count == limits.HostUses || RegistrableDomain.Of(name.Name) is not { } registered)
        {
            return -1;
        }

        var key = new ClientName(client, registered);
        if (!_domains.TryGetValue(key, out var domain))
        {
            domain = new DomainUse(key);
            _domains.Add(key, domain);
        }

        _uses.Add(new HostUse(domain));
        _places.Add(name, _uses.Count - 1);
        return _uses.Count - 1;
    }

    private sealed class HostUse(DomainUse domain)
    {
        private int _open;

        public void Apply(PacketRef at, int open)
        {
            var before = _open;
            _open += open;
            domain.Apply(at, open, (_open > 0 ? 1 : 0) - (before > 0 ? 1 : 0));
        }
    }

    private sealed class DomainUse(ClientName key)
    {
        private int _open;
        private int _hosts;

        public ClientName Key { get; } = key;

        public int MaxHosts { get; private set; }

        public int MaxOpen { get; private set; }

        /// <summary>The packet with which a second name had a connection.</summary>
        public PacketRef Since { get; private set; }

        public void Apply(PacketRef at, int open, int hosts)
        {
            _open += open;
            _hosts += hosts;
            MaxHosts = int.Max(MaxHosts, _hosts);
            MaxOpen = int.Max(MaxOpen, _open);
            if (_hosts > 1 && Since.IsNone)
            {
                Since = at;
            }
        }
    }
}

/// <summary>A site to which a client had connections under several host names at once.</summary>
/// <param name="Domain">What its names have in common: an approximation of the domain that somebody registered.</param>
/// <param name="MaxHosts">The most names of it that had connections open at once.</param>
/// <param name="MaxOpen">The most connections to any of them at once.</param>
public sealed record ShardedDomain(Address Client, string Domain, int MaxHosts, int MaxOpen);
