using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// Lets the connections through that a filter accepts, in one pass; their exchanges have gone by when that is known,
/// and are not given on. Packets are asked where it is given as a tap.
/// </summary>
public sealed class FilteredConnections(BoundFilter filter, IConnectionSink next) : IConnectionSink, IPacketSink
{
    private readonly ConnectionGatherer _gatherer = new(filter, except: []);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => _gatherer.Add(exchange, ends, timing);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked) => _gatherer.Add(segment, tracked);

    public void OnConnection(ConnectionRecord connection)
    {
        if (_gatherer.Accepts(connection))
        {
            next.OnConnection(connection);
        }
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
}
