using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of all records of each connection: its exchanges and packets as they come, itself last.</summary>
/// <param name="except">Records that are asked where they are listed.</param>
public sealed class ConnectionGatherer(BoundFilter filter, IReadOnlyList<FieldSet> except)
{
    private readonly ConnectionBits _bits = new();
    private readonly RecordFilter? _exchanges = Of(filter, ExchangeFields.Set, except);
    private readonly RecordFilter? _packets = Of(filter, PacketFields.Set, except);
    private readonly RecordFilter? _connections = Of(filter, ConnectionFields.Set, except);

    public void Add(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (_exchanges is not null)
        {
            ExchangeFields.Write(exchange, ends, timing, _exchanges.Begin());
            _bits.Add(exchange.Connection.Number, _exchanges.End());
        }
    }

    /// <summary>A segment without a slot came when its connection had left: no connection counts it.</summary>
    public void Add(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (_packets is not null && tracked.Connection.Slot >= 0)
        {
            PacketFields.Write(segment, tracked, _packets.Begin());
            _bits.Add(tracked.Connection.Number, _packets.End());
        }
    }

    /// <summary>All that is known of it: nothing follows.</summary>
    public AtomBits Finish(ConnectionRecord connection)
    {
        var bits = _bits.Take(connection.Number);
        if (_connections is not null)
        {
            ConnectionFields.Write(connection, _connections.Begin());
            bits |= _connections.End();
        }

        return bits;
    }

    /// <summary>Whether the filter accepts the connection, of which nothing follows.</summary>
    public bool Accepts(ConnectionRecord connection) => filter.Accepts(Finish(connection));

    private static RecordFilter? Of(BoundFilter filter, FieldSet set, IReadOnlyList<FieldSet> except) =>
        except.Contains(set) ? null : filter.For(set);
}
