using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Gives the packets that tracking has no place for to a second reader; segments reach it after tracking.</summary>
internal sealed class SegmentTee(ISegmentSink tracker, IPacketSink packets) : ISegmentSink
{
    public void OnSegment(in TcpSegment segment) => tracker.OnSegment(segment);

    public void OnIcmpError(in IcmpError error)
    {
        tracker.OnIcmpError(error);
        packets.OnIcmpError(error);
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        tracker.OnOther(packet, kind);
        packets.OnOther(packet, kind);
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        tracker.OnUndecodable(packet);
        packets.OnUndecodable(packet);
    }

    public void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments) =>
        packets.OnDatagramComplete(packet, fragments);
}
