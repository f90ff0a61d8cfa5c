using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Slicing;

/// <summary>
/// Stands before whoever chooses packets: whose a fragment is, is told when its datagram is complete, and its frame
/// would be gone by then.
/// </summary>
public sealed class FragmentKeeper(FrameWindow window, IPacketSink next) : IPacketSink
{
    public void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments) => window.BeginDatagram(fragments);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        next.OnTracked(segment, tracked);
        window.EndDatagram();
    }

    public void OnIcmpError(in IcmpError error)
    {
        next.OnIcmpError(error);
        window.EndDatagram();
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        if (kind == OtherPacket.FragmentHeld)
        {
            window.Hold(packet);
        }

        next.OnOther(packet, kind);
        window.EndDatagram();
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        next.OnUndecodable(packet);
        window.EndDatagram();
    }
}
