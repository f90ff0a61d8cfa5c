using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of one packet after the other.</summary>
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
