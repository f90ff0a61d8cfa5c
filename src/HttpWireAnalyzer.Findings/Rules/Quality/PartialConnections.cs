using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Quality;

/// <summary>A rule that counts connections which the capture does not have whole, and shows the first.</summary>
internal abstract class PartialConnections(RuleCard card, RuleSettings settings, ConnectionTraits traits, Phrase says)
    : QualityRule(card, settings)
{
    private readonly Tally _tally = new();

    public sealed override ConnectionTraits Connections => traits;

    public sealed override void OnConnection(ConnectionCase connection, FindingList findings)
    {
        var octets = PartOf(connection, out var first);
        if (octets >= 0)
        {
            _tally.Add(connection.Number, octets, first);
        }
    }

    public sealed override void Conclude(CaptureCase capture, FindingList findings)
    {
        if (_tally.Count > 0)
        {
            Tell(
                capture,
                findings,
                says,
                _tally.Evidence(),
                Measure.Count("count", _tally.Count),
                Measure.Count("connections", capture.Pools.Pools.Sum(pool => pool.Connections.Total) + capture.Pools.ConnectionsLeftOut),
                Measure.Octets("octets", _tally.Sum),
                Measure.Octets("most", _tally.Most),
                Measure.Frame("first", _tally.First));
        }
    }

    /// <summary>Octets that it concerns; -1 where the connection is whole.</summary>
    /// <param name="first">The packet that shows it.</param>
    protected virtual long PartOf(ConnectionCase connection, out PacketRef first)
    {
        first = connection.Tcp.First;
        return 0;
    }
}
