using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Two sinks in place of one: the first has seen a packet before the second does.</summary>
public sealed class PacketTee(IPacketSink first, IPacketSink second) : IPacketSink
{
    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        first.OnTracked(segment, tracked);
        second.OnTracked(segment, tracked);
    }

    public void OnIcmpError(in IcmpError error)
    {
        first.OnIcmpError(error);
        second.OnIcmpError(error);
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        first.OnOther(packet, kind);
        second.OnOther(packet, kind);
    }

    public void OnUndecodable(PacketRef packet, in DecodeError error)
    {
        first.OnUndecodable(packet, error);
        second.OnUndecodable(packet, error);
    }

    public void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments)
    {
        first.OnDatagramComplete(packet, fragments);
        second.OnDatagramComplete(packet, fragments);
    }
}
