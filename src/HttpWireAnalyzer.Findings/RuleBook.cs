using HttpWireAnalyzer.Findings.Rules.Closing;
using HttpWireAnalyzer.Findings.Rules.Persistence;
using HttpWireAnalyzer.Findings.Rules.Pipelining;
using HttpWireAnalyzer.Findings.Rules.Pools;
using HttpWireAnalyzer.Findings.Rules.Ports;
using HttpWireAnalyzer.Findings.Rules.Proxies;

namespace HttpWireAnalyzer.Findings;

/// <summary>All rules. A new one is: its file, its line here, its page in docs/findings, its captures.</summary>
public static class RuleBook
{
    /// <summary>In order of their ids.</summary>
    public static IReadOnlyList<RuleCard> Cards { get; } = [.. Begin(RuleSettings.Usual).Select(rule => rule.Card)];

    /// <summary>Fresh rules, for one capture.</summary>
    public static IReadOnlyList<Rule> Begin(RuleSettings settings)
    {
        var ports = new PortExhaustion(settings);
        var hops = new ProxyHops();
        return
        [
            new CloseRace(settings),
            new StaleReuse(settings),
            new ServerIdleTimeout(settings),
            new ClientIdleTimeout(settings),
            new PipeliningInUse(settings),
            new UnsafePipelining(settings),
            new BlindPipelining(settings),
            new HeadOfLine(settings),
            new LostPipeline(settings),
            new HopByHopCrossing(settings, hops),
            new DumbProxyHang(settings, hops),
            new ProxyConnectionField(settings),
            new BackWithoutReuse(settings),
            new Http10Kept(settings),
            new HardCodedUpgrade(settings),
            new LowReuse(settings),
            new ColdConnections(settings),
            new PoolInventory(settings),
            new ParallelConnections(settings),
            new OpenedWhileIdle(settings),
            new IdleInventory(settings),
            new NeverRecycled(settings),
            new ResetOnUnread(settings),
            ports,
            new PortWrap(settings),
            new LoadGenerator(settings, ports),
        ];
    }

    /// <summary>By id, with or without HWA-, in any case; null where there is none.</summary>
    public static RuleCard? Find(string id) => Cards.FirstOrDefault(card =>
        string.Equals(card.Id, id, StringComparison.OrdinalIgnoreCase)
        || string.Equals(card.Id, RuleCard.RuleIdPrefix + id, StringComparison.OrdinalIgnoreCase));
}
