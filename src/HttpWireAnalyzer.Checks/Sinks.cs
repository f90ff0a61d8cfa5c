using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>Several look on at the same records, one after the other.</summary>
internal sealed class ConnectionSinks(IReadOnlyList<IConnectionSink> sinks) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        foreach (var sink in sinks)
        {
            sink.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        foreach (var sink in sinks)
        {
            sink.OnConnection(connection);
        }
    }
}

/// <summary>The same of packets; nobody here asks for those that are no TCP.</summary>
internal sealed class PacketSinks(IReadOnlyList<IPacketSink> sinks) : IPacketSink
{
    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        foreach (var sink in sinks)
        {
            sink.OnTracked(segment, tracked);
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
    }
}
