using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Findings.Rules.Messages;

/// <summary>A rule that tells once for each pool, and each end of it, how often messages were odd in one way.</summary>
internal abstract class OddMessageRule(RuleCard card, RuleSettings settings) : Rule(card, settings)
{
    private static readonly Phrase NothingMissing = new(
        "no octet of these connections is missing in the capture", "이 연결들의 데이터가 캡처에 빠짐없이 있음");

    private readonly ByPool<Dictionary<(int Oddity, Side Sender), Tally>> _seen = new();

    public override ConnectionTraits Connections => ConnectionTraits.Trail;

    /// <summary>What it looks for; of several that a remark is, the first.</summary>
    protected abstract IReadOnlyList<Oddity> Oddities { get; }

    public override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        if (connection.HasGaps)
        {
            return;
        }

        foreach (var remark in connection.Trail!.HttpRemarks)
        {
            var at = Which(connection, remark);
            if (at >= 0)
            {
                Add(connection, at, remark);
            }
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, seen) in _seen.InOrder)
        {
            foreach (var (what, tally) in seen.OrderBy(entry => entry.Value.First.Number))
            {
                findings.Add(Finding(pool, Oddities[what.Oddity], what.Sender, tally));
            }
        }
    }

    /// <summary>The place among <see cref="Oddities"/>; -1 where it is none of them.</summary>
    protected virtual int Which(ConnectionCase connection, in HttpRemark remark)
    {
        for (var at = 0; at < Oddities.Count; at++)
        {
            if ((Oddities[at].Kinds & remark.Kind) != 0)
            {
                return at;
            }
        }

        return -1;
    }

    private void Add(ConnectionCase connection, int oddity, in HttpRemark remark)
    {
        var seen = _seen.Of(connection.Pool);
        var key = (oddity, connection.Actual(remark.Sender));
        if (!seen.TryGetValue(key, out var tally))
        {
            seen.Add(key, tally = new Tally());
        }

        tally.Add(connection.Number, remark.Value, remark.Packet);
    }

    private Finding Finding(PoolHabits pool, Oddity oddity, Side sender, Tally tally) => new()
    {
        Rule = Card,
        Severity = oddity.Severity,
        Confidence = Confidence.Certain,
        Subject = tally.SubjectOf(pool) with { Pool = pool.Name },
        Frames = tally.Evidence(),
        Measured =
        [
            Measure.Words("pool", pool.Name.ToString()),
            Measure.End("sender", sender),
            Measure.Count("count", tally.Count),
            Measure.Frame("frame", tally.First),
            Measure.Octets("octets", tally.Most),
        ],
        Says = oddity.Says,
        Guards = [new Guard(NothingMissing, Passed: true)],
    };

    /// <param name="Kinds">Any of these is one.</param>
    /// <param name="Says">May name pool, sender, count, frame and octets.</param>
    protected sealed record Oddity(HttpAnomalies Kinds, Severity Severity, Phrase Says);
}
