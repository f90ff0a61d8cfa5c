using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Opening;

/// <summary>A rule that tells of each pool how often one kind of remark was made, and shows the first.</summary>
internal abstract class RemarkRule(RuleCard card, RuleSettings settings, TcpRemarkKind kind, Phrase says) : Rule(card, settings)
{
    private readonly ByPool<Tally> _pools = new();

    public sealed override ConnectionTraits Connections => ConnectionTraits.Trail;

    public sealed override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (!connection.Record.Has(kind))
        {
            return;
        }

        foreach (var remark in connection.Trail!.TcpRemarks)
        {
            if (remark.Kind == kind)
            {
                _pools.Of(connection.Pool).Add(connection.Number, 0, remark.Packet, remark.Earlier);
            }
        }
    }

    public sealed override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, tally) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = tally.SubjectOf(pool),
                Frames = tally.Evidence(),
                Measured = [Measure.Count("count", tally.Count), Measure.Frame("first", tally.First)],
                Says = says,
            });
        }
    }
}
