using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of one exchange after the other.</summary>
/// <param name="truths">Null where the filter asks nothing but exchanges.</param>
public sealed class ExchangeQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(ExchangeFields.Set);

    public bool Accepts(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
        filter.Accepts(TruthOf(exchange, ends, timing));

    internal ulong TruthOf(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        var truth = truths?.Of(exchange.Connection.Number) ?? 0;
        if (_own is not null)
        {
            ExchangeFields.Write(exchange, ends, timing, _own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return truth;
    }
}

/// <summary>The same of messages, with their exchanges.</summary>
/// <param name="truths">Null where the filter asks nothing but messages and exchanges.</param>
public sealed class MessageQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(MessageRecordFields.Set);
    private readonly ExchangeQuestion _exchange = new(filter, truths);

    public bool Accepts(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing, MessageKind kind)
    {
        var truth = _exchange.TruthOf(exchange, ends, timing);
        if (_own is not null)
        {
            MessageRecordFields.Write(exchange, kind, _own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return filter.Accepts(truth);
    }
}

/// <summary>The same of packets.</summary>
/// <param name="truths">Null where the filter asks nothing but packets.</param>
public sealed class PacketQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(PacketFields.Set);

    public bool Accepts(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (_own is not null)
        {
            PacketFields.Write(segment, tracked, _own.Begin());
        }

        return Accepts(truths?.Of(tracked.Connection.Number) ?? 0);
    }

    public bool Accepts(in IcmpError error)
    {
        if (_own is not null)
        {
            PacketFields.Write(error, _own.Begin());
        }

        return Accepts(0);
    }

    public bool Accepts(PacketRef packet, OtherPacket kind)
    {
        if (_own is not null)
        {
            PacketFields.Write(packet, kind, _own.Begin());
        }

        return Accepts(0);
    }

    public bool Accepts(in UndecodablePacket packet)
    {
        if (_own is not null)
        {
            PacketFields.Write(packet, _own.Begin());
        }

        return Accepts(0);
    }

    /// <param name="truth">Of the packet's connection; nothing holds of a packet that has none.</param>
    private bool Accepts(ulong truth) =>
        filter.Accepts(_own is null ? truth : truth | filter.TruthOf(_own.End()));
}

/// <summary>The same of records that are there when all has been read: pools, ports, findings.</summary>
/// <param name="truths">Null where the filter asks nothing but these records.</param>
public sealed class WholeQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(filter.Scope.Own);

    /// <param name="write">Writes the record.</param>
    /// <param name="connection">The connection that it is about; -1 where it is about none.</param>
    public bool Accepts(Action<FieldSink> write, int connection)
    {
        var truth = truths?.Of(connection) ?? 0;
        if (_own is not null)
        {
            write(_own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return filter.Accepts(truth);
    }
}
