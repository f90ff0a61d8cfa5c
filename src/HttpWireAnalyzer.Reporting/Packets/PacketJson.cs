using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Packets;

/// <summary>Every packet as a JSON line.</summary>
public sealed class PacketJson(JsonLines lines) : IPacketSink
{
    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        lines.Begin(PacketFields.Set);
        PacketFields.Write(segment, tracked, lines);
        lines.End();
    }

    public void OnIcmpError(in IcmpError error)
    {
        lines.Begin(PacketFields.Set);
        PacketFields.Write(error, lines);
        lines.End();
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        lines.Begin(PacketFields.Set);
        PacketFields.Write(packet, kind, lines);
        lines.End();
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        lines.Begin(PacketFields.Set);
        PacketFields.Write(packet, lines);
        lines.End();
    }
}
