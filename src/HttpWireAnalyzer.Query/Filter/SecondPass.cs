using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
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
    private readonly RecordFilter? _own = filter.For(ExchangeFields.Set);

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        var truth = truths?.Of(exchange.Connection.Number) ?? 0;
        if (_own is not null)
        {
            ExchangeFields.Write(exchange, ends, timing, _own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        if (filter.Accepts(truth))
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
    private readonly RecordFilter? _own = filter.For(PacketFields.Set);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (_own is not null)
        {
            PacketFields.Write(segment, tracked, _own.Begin());
        }

        if (Accepts(truths?.Of(tracked.Connection.Number) ?? 0))
        {
            next.OnTracked(segment, tracked);
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        if (_own is not null)
        {
            PacketFields.Write(error, _own.Begin());
        }

        if (Accepts(0))
        {
            next.OnIcmpError(error);
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        if (_own is not null)
        {
            PacketFields.Write(packet, kind, _own.Begin());
        }

        if (Accepts(0))
        {
            next.OnOther(packet, kind);
        }
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
        if (_own is not null)
        {
            PacketFields.Write(packet, error, _own.Begin());
        }

        if (Accepts(0))
        {
            next.OnUndecodable(packet, error);
        }
    }

    /// <param name="truth">Of the packet's connection; nothing holds of a packet that has none.</param>
    private bool Accepts(ulong truth) =>
        filter.Accepts(_own is null ? truth : truth | filter.TruthOf(_own.End()));
}
