using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Delivery;

/// <summary>A rule that counts segments with one of Wireshark's marks, for each pool, and shows the first.</summary>
/// <param name="least">On one connection; fewer are not counted.</param>
internal abstract class MarkRule(RuleCard card, RuleSettings settings, SegmentMarks mark, Phrase says, RuleParameter least)
    : Rule(card, settings)
{
    private readonly ByPool<Counts> _pools = new();

    public override ConnectionTraits Connections => ConnectionTraits.Marked;

    public sealed override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        ref readonly var client = ref connection.Tcp.ClientEnd;
        ref readonly var server = ref connection.Tcp.ServerEnd;
        var (byClient, byServer) = (CountOf(client.Diagnosis), CountOf(server.Diagnosis));
        if (connection.Record.NeverOpened || byClient + byServer == 0 || byClient + byServer < Of(least) || IsExplained(connection))
        {
            return;
        }

        var counts = _pools.Of(connection.Pool);
        counts.ByClient += byClient;
        counts.ByServer += byServer;
        counts.Packets += client.Counters.Packets + server.Counters.Packets;
        counts.WindowClosed += client.Diagnosis.WindowClosed + server.Diagnosis.WindowClosed;
        counts.Tally.Add(connection.Number, 0, FirstOf(connection));
    }

    public sealed override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, counts) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Severity = SeverityOf(counts.WindowClosed),
                Confidence = Confidence.Certain,
                Subject = counts.Tally.SubjectOf(pool),
                Frames = counts.Tally.Evidence(),
                Measured =
                [
                    Measure.Count("count", counts.ByClient + counts.ByServer),
                    Measure.Count("by_client", counts.ByClient),
                    Measure.Count("by_server", counts.ByServer),
                    Measure.Count("marked", counts.Tally.Count),
                    Measure.Count("connections", capture.ConnectionsOf(pool, otherwise: counts.Tally.Count)),
                    Measure.Share("share", counts.ByClient + counts.ByServer, counts.Packets),
                    Measure.Duration("closed", counts.WindowClosed),
                    Measure.Frame("first", counts.Tally.First),
                ],
                Says = says,
                Threshold = Of(least) > 1 ? ThresholdOf("count", least) : null,
            });
        }
    }

    /// <summary>Another rule says of the connection why its segments are marked so.</summary>
    protected virtual bool IsExplained(ConnectionCase connection) => false;

    /// <param name="windowClosed">Of all ends of the pool, nanoseconds.</param>
    protected virtual Severity SeverityOf(long windowClosed) => Card.Severity;

    protected virtual int CountOf(in EndDiagnosisSummary end) => end.Of(mark);

    /// <summary>Of those that are counted.</summary>
    protected virtual PacketRef FirstOf(ConnectionCase connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        var client = CountOf(tcp.ClientEnd.Diagnosis) > 0 ? tcp.ClientEnd.Diagnosis.FirstOf(mark) : default;
        var server = CountOf(tcp.ServerEnd.Diagnosis) > 0 ? tcp.ServerEnd.Diagnosis.FirstOf(mark) : default;
        return client.IsNone && server.IsNone ? tcp.First
            : PacketRef.Earlier(client, server);
    }

    private sealed class Counts
    {
        /// <summary>Its count is that of connections.</summary>
        public Tally Tally { get; } = new();

        public long ByClient { get; set; }

        public long ByServer { get; set; }

        /// <summary>Of the connections that are counted.</summary>
        public long Packets { get; set; }

        /// <summary>Nanoseconds.</summary>
        public long WindowClosed { get; set; }
    }
}
