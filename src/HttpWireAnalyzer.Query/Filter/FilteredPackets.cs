using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Query.Filter;

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
