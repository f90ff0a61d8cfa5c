using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire.Icmp;

/// <summary>The last step of a walk that came to ICMP.</summary>
internal sealed class IcmpLayer(ISegmentSink sink, DecodeCounts counts)
{
    public Carried Deliver(ref PacketWalk walk, bool isIpv6)
    {
        if (!IcmpMessage.TryParse(walk.Octets, isIpv6, out var message, out var error))
        {
            return walk.Fail(error);
        }

        if (!message.IsError || !QuotedPacket.TryParse(message.Quoted, isIpv6, out var quoted))
        {
            return Carried.Other;
        }

        counts.IcmpErrors++;
        sink.OnIcmpError(new IcmpError(
            walk.Packet,
            message.Reason,
            walk.Source,
            quoted.Source,
            quoted.Destination));
        return Carried.Delivered;
    }
}
