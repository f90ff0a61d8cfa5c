using HttpWireAnalyzer.Findings.Rules.Closing;
using HttpWireAnalyzer.Findings.Rules.Delivery;
using HttpWireAnalyzer.Findings.Rules.Liveness;
using HttpWireAnalyzer.Findings.Rules.LongLived;
using HttpWireAnalyzer.Findings.Rules.Messages;
using HttpWireAnalyzer.Findings.Rules.Multiplexing;
using HttpWireAnalyzer.Findings.Rules.Opening;
using HttpWireAnalyzer.Findings.Rules.Persistence;
using HttpWireAnalyzer.Findings.Rules.Pipelining;
using HttpWireAnalyzer.Findings.Rules.Pools;
using HttpWireAnalyzer.Findings.Rules.Ports;
using HttpWireAnalyzer.Findings.Rules.Proxies;
using HttpWireAnalyzer.Findings.Rules.Quality;
using HttpWireAnalyzer.Findings.Rules.Tls;

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
        var races = new CloseRace(settings);
        var stale = new StaleReuse(settings);
        return
        [
            new DroppedPackets(settings),
            new UndeliveredPackets(settings),
            new OneDirectionOnly(settings),
            new MidstreamStart(settings),
            new DuplicateFrames(settings),
            new OffloadedSegments(settings),
            new TimeGoesBackwards(settings),
            new BadChecksums(settings),
            new TruncatedFile(settings),
            new SnapLength(settings),
            new Encrypted(settings),
            new ShortCapture(settings),
            new Retransmissions(settings),
            new FastRetransmissions(settings),
            new SpuriousRetransmissions(settings),
            new OutOfOrder(settings),
            new DuplicateAcks(settings),
            new ZeroWindows(settings),
            new FullWindows(settings),
            new ReusedPorts(settings),
            new NagleDelayedAck(settings),
            new SlowStartAfterIdle(settings),
            new SillyWindow(settings),
            new TimeoutInExchange(settings),
            new PathMtuBlackHole(settings),
            new SynLossPenalty(settings),
            new GhostSession(settings),
            new MiddleboxDrop(settings),
            new IneffectiveProbes(settings),
            new LateRevival(settings),
            new ProbeInventory(settings),
            new InvalidStart(settings),
            new MalformedField(settings),
            new LengthAndChunks(settings),
            new OddContentLength(settings),
            new BadChunk(settings),
            new HostMissing(settings),
            new ForbiddenBody(settings),
            new HeadTooLarge(settings),
            new InterimToOld(settings),
            new TruncatedMessage(settings),
            races,
            stale,
            new TimeoutInversion(settings, races, stale),
            new EarlyClose(settings),
            new MaxContract(settings),
            new ReuseAfterPromise(settings),
            new UnannouncedClose(settings),
            new RequestAfterClose(settings),
            new Http10NotKept(settings),
            new UnusedConnection(settings),
            new CloseDelimitedBody(settings),
            new CloseEverywhere(settings),
            new RequestChurn(settings),
            new UnsolicitedResponse(settings),
            new ServerIdleTimeout(settings),
            new ClientIdleTimeout(settings),
            new PipeliningInUse(settings),
            new UnsafePipelining(settings),
            new BlindPipelining(settings),
            new HeadOfLine(settings),
            new LostPipeline(settings),
            new GoAwayRace(settings),
            new CloseWithoutGoAway(settings),
            new ConnectionFieldInHttp2(settings),
            new Http2Refused(settings),
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
            new Polling(settings),
            new LongPolling(settings),
            new Streaming(settings),
            new SilentStreamCut(settings),
            new WebSocketWithoutClose(settings),
            new WebSocketClientClosesFirst(settings),
            new Refused(settings),
            new SynUnanswered(settings),
            new SynAckRepeated(settings),
            new OctetsAtRisk(settings),
            new ResetOnUnread(settings),
            new HalfCloseInUse(settings),
            new CloseWaitLeak(settings),
            new TimeWaitReused(settings),
            new SimultaneousClose(settings),
            new ChallengeAcks(settings),
            new SynOnOpen(settings),
            new ForeignReset(settings),
            new GaveUpWaiting(settings),
            new TlsMismatch(settings),
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
