using System.Diagnostics;
using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Icmp;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Link;
using HttpWireAnalyzer.Wire.Tcp;
using HttpWireAnalyzer.Wire.Tunnel;

namespace HttpWireAnalyzer.Wire;

/// <summary>
/// Takes the headers off a packet, one a step, until TCP or something that does not lead there. Each packet gives
/// exactly one call of the sink.
/// </summary>
/// <remarks>
/// It reads what can be read: lengths that do not fit are cut to what there is, checksums are told and never decide,
/// and the tuple is that of the innermost packet.
/// </remarks>
public sealed class FrameDecoder
{
    private readonly ISegmentSink _sink;
    private readonly DecoderLimits _limits;
    private readonly IpLayer _ip;
    private readonly PayloadInflater _inflater = new();
    private readonly IcmpLayer _icmp;
    private readonly TcpLayer _tcp;
    private readonly PlainFrames _plain;

    public FrameDecoder(ISegmentSink sink, DecoderLimits limits)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(limits);
        _sink = sink;
        _limits = limits;
        _ip = new IpLayer(limits, Counts, sink);
        _icmp = new IcmpLayer(sink, Counts);
        _tcp = new TcpLayer(sink, Counts);
        _plain = new PlainFrames(_tcp, Counts);
    }

    public DecodeCounts Counts { get; } = new();

    /// <summary>Packets of all others are undecodable.</summary>
    public static bool IsKnown(LinkType linkType) => Enum.IsDefined(linkType);

    public void Decode(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        Counts.Packets++;
        if (record.LinkType != LinkType.Ethernet || !_plain.TryDeliver(record, octets))
        {
            Walk(record, octets);
        }
    }

    /// <summary>
    /// The 4-tuple of a packet's segment and its control bits, if a glance tells them. Any decoder makes the same of
    /// such a packet, whatever it has decoded before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryPeek(
        in PacketRecord record, ReadOnlySpan<byte> octets, out TupleKey key, out TcpFlags flags)
    {
        key = default;
        flags = default;
        return record.LinkType == LinkType.Ethernet && PlainFrames.TryPeek(octets, out key, out flags);
    }

    /// <summary>
    /// The hash of the 4-tuple of a packet's segment, most likely: for what may be done early and decides nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryGuessHash(in PacketRecord record, ReadOnlySpan<byte> octets, out uint hash)
    {
        hash = 0;
        return record.LinkType == LinkType.Ethernet && PlainFrames.TryGuessHash(octets, out hash);
    }

    /// <summary>The way through one frame, header by header, as far as its own octets go; the sink hears of it too.</summary>
    internal void Trace(in PacketRecord record, ReadOnlySpan<byte> octets, List<FrameLayer> layers)
    {
        var walk = new PacketWalk(record.Packet, octets, record.OriginalLength);
        var next = FirstHeader.Take(record.LinkType, ref walk);
        FrameLayers.Add(layers, LayerKind.Link, 0, walk.Offset);
        for (var left = _limits.MaximumHeaders; next > Carried.Undecodable && next != Carried.Compression && left > 0; left--)
        {
            var (header, start) = (next, walk.Offset);
            var before = walk.Octets;
            next = Step(next, ref walk);
            FrameLayers.Add(layers, FrameLayers.KindOf(header), start, header switch
            {
                Carried.Tcp => FrameLayers.TcpLength(before),
                Carried.Icmp or Carried.Icmpv6 => before.Length,
                _ => walk.Offset - start,
            });
        }

        if (layers is [.., var last] && last.End < walk.Offset + walk.Octets.Length)
        {
            FrameLayers.Add(layers, LayerKind.Payload, last.End, walk.Offset + walk.Octets.Length - last.End);
        }
    }

    private void Walk(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        var walk = new PacketWalk(record.Packet, octets, record.OriginalLength);
        var next = FirstHeader.Take(record.LinkType, ref walk);
        for (var left = _limits.MaximumHeaders; next > Carried.Undecodable; left--)
        {
            next = left > 0
                ? Step(next, ref walk)
                : walk.Fail(new DecodeError(
                    Layer.Tunnel, DecodeErrorKind.TooDeep, 0, _limits.MaximumHeaders, _limits.MaximumHeaders + 1L));
        }

        if (next != Carried.Delivered)
        {
            DeliverOther(next, in walk);
        }
    }

    private Carried Step(Carried header, ref PacketWalk walk) => header switch
    {
        Carried.Ethernet => LinkLayer.Ethernet(ref walk),
        Carried.Vlan => LinkLayer.Vlan(ref walk),
        Carried.ProviderBackbone => LinkLayer.ProviderBackbone(ref walk),
        Carried.ExtenderTag => LinkLayer.Switch(ref walk, SwitchTag.ExtenderLength),
        Carried.InterfaceTag => LinkLayer.Switch(ref walk, SwitchTag.InterfaceLength),
        Carried.FabricTag => LinkLayer.Skip(ref walk, SwitchTag.FabricLength, Carried.Ethernet),
        Carried.Mpls => LinkLayer.Mpls(ref walk),
        Carried.Pppoe => LinkLayer.Pppoe(ref walk),
        Carried.Ppp => LinkLayer.Ppp(ref walk),
        Carried.Llc => LinkLayer.Llc(ref walk),
        Carried.Ieee80211 => LinkLayer.Ieee80211(ref walk, isPadded: false, isSwapped: false),
        Carried.Ip => IpLayer.ByVersion(ref walk),
        Carried.Ipv4 => _ip.Ipv4(ref walk),
        Carried.Ipv6 => _ip.Ipv6(ref walk),
        Carried.Ipv6HopByHop => _ip.HopByHop(ref walk),
        Carried.Ipv6Options => IpLayer.Options(ref walk),
        Carried.Ipv6Routing => IpLayer.Routing(ref walk),
        Carried.Ipv6Fragment => _ip.Fragment(ref walk),
        Carried.Authentication => IpLayer.Authentication(ref walk),
        Carried.Compression => _inflater.Take(ref walk),
        Carried.Gre => TunnelLayer.Gre(ref walk),
        Carried.Udp => TunnelLayer.Udp(ref walk),
        Carried.Icmp => _icmp.Deliver(ref walk, isIpv6: false),
        Carried.Icmpv6 => _icmp.Deliver(ref walk, isIpv6: true),
        Carried.Tcp => _tcp.Deliver(ref walk),
        _ => throw new UnreachableException(),
    };

    private void DeliverOther(Carried end, in PacketWalk walk)
    {
        switch (end)
        {
            case Carried.Other when walk.InIp:
                Counts.NotTcp++;
                _sink.OnOther(walk.Packet, OtherPacket.NotTcp);
                break;
            case Carried.Other:
                Counts.NotIp++;
                _sink.OnOther(walk.Packet, OtherPacket.NotIp);
                break;
            case Carried.Held:
                Counts.FragmentsHeld++;
                _sink.OnOther(walk.Packet, OtherPacket.FragmentHeld);
                break;
            case Carried.Undecodable:
                Counts.Undecodable++;
                _sink.OnUndecodable(new UndecodablePacket(walk.Packet, walk.Error, TcpLayer.EndsOf(walk)));
                break;
            default:
                throw new UnreachableException();
        }
    }
}
