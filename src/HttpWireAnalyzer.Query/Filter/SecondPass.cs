using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The connections that the first pass accepted, with all of their exchanges.</summary>
public sealed class AcceptedConnections(ConnectionTruths truths, IConnectionSink next) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (truths.Accepts(exchange.Connection.Number))
        {
            next.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (truths.Accepts(connection.Number))
        {
            next.OnConnection(connection);
        }
    }
}

/// <summary>Lets the exchanges through that a filter accepts, and no connections.</summary>
/// <param name="truths">Null where the filter asks nothing but exchanges.</param>
public sealed class FilteredExchanges(BoundFilter filter, ConnectionTruths? truths, IConnectionSink next) : IConnectionSink
{
    private readonly ExchangeQuestion _question = new(filter, truths);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (_question.Accepts(exchange, ends, timing))
        {
            next.OnExchange(exchange, ends, timing);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
    }
}

/// <summary>Lets the packets through that a filter accepts.</summary>
/// <param name="truths">Null where the filter asks nothing but packets.</param>
public sealed class FilteredPackets(BoundFilter filter, ConnectionTruths? truths, IPacketSink next) : IPacketSink
{
    private readonly PacketQuestion _question = new(filter, truths);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (_question.Accepts(segment, tracked))
        {
            next.OnTracked(segment, tracked);
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        if (_question.Accepts(error))
        {
            next.OnIcmpError(error);
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        if (_question.Accepts(packet, kind))
        {
            next.OnOther(packet, kind);
        }
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        if (_question.Accepts(packet))
        {
            next.OnUndecodable(packet);
        }
    }
}
