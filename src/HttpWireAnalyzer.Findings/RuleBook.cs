using HttpWireAnalyzer.Findings.Rules.Closing;
using HttpWireAnalyzer.Findings.Rules.Delivery;
using HttpWireAnalyzer.Findings.Rules.Liveness;
using HttpWireAnalyzer.Findings.Rules.Opening;
using HttpWireAnalyzer.Findings.Rules.Persistence;
using HttpWireAnalyzer.Findings.Rules.Quality;

namespace HttpWireAnalyzer.Findings;

/// <summary>All rules. A new one is: its file, its line here, its page in docs/findings, its captures.</summary>
public static class RuleBook
{
    /// <summary>In order of their ids.</summary>
    public static IReadOnlyList<RuleCard> Cards { get; } = [.. Begin(RuleSettings.Usual).Select(rule => rule.Card)];

    /// <summary>Fresh rules, for one capture.</summary>
    public static IReadOnlyList<Rule> Begin(RuleSettings settings) =>
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
        new TimeoutInExchange(settings),
        new SynLossPenalty(settings),
        new GhostSession(settings),
        new MiddleboxDrop(settings),
        new IneffectiveProbes(settings),
        new LateRevival(settings),
        new ProbeInventory(settings),
        new CloseRace(settings),
        new StaleReuse(settings),
        new ServerIdleTimeout(settings),
        new ClientIdleTimeout(settings),
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
    ];

    /// <summary>By id, with or without HWA-, in any case; null where there is none.</summary>
    public static RuleCard? Find(string id) => Cards.FirstOrDefault(card =>
        string.Equals(card.Id, id, StringComparison.OrdinalIgnoreCase)
        || string.Equals(card.Id, RuleCard.RuleIdPrefix + id, StringComparison.OrdinalIgnoreCase));
}
