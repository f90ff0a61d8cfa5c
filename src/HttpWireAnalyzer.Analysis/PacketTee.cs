using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Several sinks in place of one: each has seen a packet before the next does.</summary>
public sealed class PacketTee(params IPacketSink[] sinks) : IPacketSink
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
        foreach (var sink in sinks)
        {
            sink.OnIcmpError(error);
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        foreach (var sink in sinks)
        {
            sink.OnOther(packet, kind);
        }
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        foreach (var sink in sinks)
        {
            sink.OnUndecodable(packet);
        }
    }

    public void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments)
    {
        foreach (var sink in sinks)
        {
            sink.OnDatagramComplete(packet, fragments);
        }
    }
}
