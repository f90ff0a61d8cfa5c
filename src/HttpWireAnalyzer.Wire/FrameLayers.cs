using System.Diagnostics;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire;

/// <summary>A header of a frame, and where it stands.</summary>
/// <param name="Offset">Octets of the frame before it.</param>
public readonly record struct FrameLayer(LayerKind Kind, int Offset, int Length)
{
    public int End => Offset + Length;
}

/// <summary>What a header is of.</summary>
public enum LayerKind : byte
{
    /// <summary>What only a capture begins with: the tap's own header.</summary>
    Link,
    Ethernet,
    Vlan,
    ProviderBackbone,

    /// <summary>What switches put in front of a frame between themselves.</summary>
    SwitchTag,
    Mpls,
    Pppoe,
    Ppp,
    Llc,
    Wireless,
    Ipv4,
    Ipv6,
    Ipv6Extension,
    Authentication,
    Gre,
    Udp,
    Icmp,
    Tcp,

    /// <summary>What is left behind the last header.</summary>
    Payload,
}

/// <summary>The headers of a frame in their order, for who shows them: the same steps that decoding takes.</summary>
public static class FrameLayers
{
    public static IReadOnlyList<FrameLayer> Of(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        List<FrameLayer> layers = [];
        new FrameDecoder(new Nobody(), DecoderLimits.Default).Trace(record, octets, layers);
        return layers;
    }

    internal static void Add(List<FrameLayer> layers, LayerKind kind, int offset, int length)
    {
        if (length > 0)
        {
            layers.Add(new FrameLayer(kind, offset, length));
        }
    }

    internal static int TcpLength(ReadOnlySpan<byte> octets) =>
        TcpHeader.TryParse(octets, out var header, out _, out _) ? header.Length : octets.Length;

    internal static LayerKind KindOf(Carried header) => header switch
    {
        Carried.Ethernet => LayerKind.Ethernet,
        Carried.Vlan => LayerKind.Vlan,
        Carried.ProviderBackbone => LayerKind.ProviderBackbone,
        Carried.ExtenderTag or Carried.InterfaceTag or Carried.FabricTag => LayerKind.SwitchTag,
        Carried.Mpls => LayerKind.Mpls,
        Carried.Pppoe => LayerKind.Pppoe,
        Carried.Ppp => LayerKind.Ppp,
        Carried.Llc => LayerKind.Llc,
        Carried.Ieee80211 => LayerKind.Wireless,
        Carried.Ip or Carried.Ipv4 => LayerKind.Ipv4,
        Carried.Ipv6 => LayerKind.Ipv6,
        Carried.Ipv6HopByHop or Carried.Ipv6Options or Carried.Ipv6Routing or Carried.Ipv6Fragment => LayerKind.Ipv6Extension,
        Carried.Authentication or Carried.Compression => LayerKind.Authentication,
        Carried.Gre => LayerKind.Gre,
        Carried.Udp => LayerKind.Udp,
        Carried.Icmp or Carried.Icmpv6 => LayerKind.Icmp,
        Carried.Tcp => LayerKind.Tcp,
        _ => throw new UnreachableException(),
    };

    private sealed class Nobody : ISegmentSink
    {
        public void OnSegment(in TcpSegment segment)
        {
        }

        public void OnIcmpError(in IcmpError error)
        {
        }

        public void OnOther(PacketRef packet, OtherPacket kind)
        {
        }

        public void OnUndecodable(in UndecodablePacket packet)
        {
        }
    }
}
