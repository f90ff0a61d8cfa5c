using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// The first of two passes: what a filter says of every connection, for what is listed in the second
/// (docs/decisions/0010-display-filter.md).
/// </summary>
/// <remarks>Eight octets a connection, at most as many as the capture has.</remarks>
public sealed class ConnectionTruths : IConnectionSink, IPacketSink
{
    private readonly BoundFilter _filter;
    private readonly ConnectionGatherer _gatherer;

    /// <summary>By the connection's number: what waits too long for those before it comes before them.</summary>
    private readonly List<ulong> _truths = [];

    /// <summary>The records of the filter's own kind are asked in the second pass, unless they are connections.</summary>
    public ConnectionTruths(BoundFilter filter)
    {
        _filter = filter;
        _gatherer = new ConnectionGatherer(filter, filter.Scope.Own == ConnectionFields.Set ? [] : filter.Scope.AtHand);
    }

    public int Count => _truths.Count;

    /// <summary>It is to be given as a tap of packets too.</summary>
    public bool AsksPackets => _filter.For(PacketFields.Set) is not null && _filter.Scope.Own != PacketFields.Set;

    public bool Accepts(int connection) => _filter.Accepts(Of(connection));

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => _gatherer.Add(exchange, ends, timing);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked) => _gatherer.Add(segment, tracked);

    public void OnConnection(ConnectionRecord connection)
    {
        while (_truths.Count <= connection.Number)
        {
            _truths.Add(0);
        }

        _truths[connection.Number] = _filter.TruthOf(_gatherer.Finish(connection));
    }

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    /// <summary>Nothing holds of no connection (-1), nor of one that an interrupted first pass has not met.</summary>
    internal ulong Of(int connection) => (uint)connection < (uint)_truths.Count ? _truths[connection] : 0;
}
