using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Link;

namespace HttpWireAnalyzer.Wire.Tunnel;

/// <summary>The steps of the walk into GRE and into the tunnels that run over UDP.</summary>
/// <remarks>
/// A UDP port promises nothing: a tunnel is entered only when what it would carry looks like what it should, else the
/// datagram is what it says, not TCP.
/// </remarks>
internal static class TunnelLayer
{
    private const ushort L2tpPort = 1701;
    private const ushort GtpUPort = 2152;
    private const ushort TeredoPort = 3544;
    private const ushort GrePort = 4754;
    private const ushort VxlanPort = 4789;
    private const ushort VxlanGpePort = 4790;
    private const ushort CapwapPort = 5247;
    private const ushort GenevePort = 6081;
    private const ushort TzspPort = 37008;

    /// <summary>Linux's default for VXLAN from before the port was assigned.</summary>
    private const ushort OldVxlanPort = 8472;

    private const int CacheRedirectLength = 4;

    public static Carried Gre(ref PacketWalk walk)
    {
        if (!GreHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.Gre, header.Key);
        walk.Advance(header.Length);
        if (header.IsErspan)
        {
            return Erspan(ref walk, header.HasSequence);
        }

        if (header.IsCacheRedirect)
        {
            return CacheRedirect(ref walk);
        }

        return header.Carries;
    }

    public static Carried Udp(ref PacketWalk walk)
    {
        if (!UdpHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        var source = header.SourcePort;
        var destination = header.DestinationPort;
        walk.Advance(UdpHeader.Length);
        var byPort = ByPort(ref walk, destination);
        if (byPort == Carried.Other && source != destination)
        {
            byPort = ByPort(ref walk, source);
        }

        return byPort == Carried.Other ? ByContent(ref walk) : byPort;
    }

    private static Carried ByPort(ref PacketWalk walk, ushort port) => port switch
    {
        L2tpPort => L2tp(ref walk),
        GtpUPort => GtpU(ref walk, isCertain: true),
        TeredoPort => Teredo(ref walk, isCertain: true),
        GrePort => GreInUdp(ref walk),
        VxlanPort or OldVxlanPort or VxlanGpePort => Vxlan(ref walk, port != VxlanGpePort),
        GenevePort => Geneve(ref walk),
        CapwapPort => Capwap(ref walk),
        TzspPort => Tzsp(ref walk),
        _ => Carried.Other,
    };

    /// <summary>GTP-U and Teredo also run on ports of their ends' choice, where they show in what they carry.</summary>
    private static Carried ByContent(ref PacketWalk walk)
    {
        var gtp = GtpU(ref walk, isCertain: false);
        return gtp == Carried.Other ? Teredo(ref walk, isCertain: false) : gtp;
    }

    private static Carried Erspan(ref PacketWalk walk, bool hasHeader)
    {
        if (!hasHeader)
        {
            walk.EnterTunnel(TunnelKind.Erspan, 0);
            return Carried.Ethernet;
        }

        if (!ErspanHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.Erspan, header.Session);
        walk.Advance(header.Length);
        return Carried.Ethernet;
    }

    private static Carried CacheRedirect(ref PacketWalk walk)
    {
        var redirected = walk.Octets.Length > CacheRedirectLength ? walk.Octets[CacheRedirectLength..] : default;
        if (!Ipv4Header.LooksValid(walk.Octets) && Ipv4Header.LooksValid(redirected))
        {
            walk.Advance(CacheRedirectLength);
        }

        return Carried.Ipv4;
    }

    private static Carried GreInUdp(ref PacketWalk walk) =>
        GreHeader.TryParse(walk.Octets, out var header, out _)
        && LooksLike(walk.Octets[header.Length..], walk.LengthOnWire - header.Length, header.Carries)
            ? Gre(ref walk)
            : Carried.Other;

    // RFC 7348 §5: reserved bits are ignored on receipt. The one that says that a next protocol is there is reserved in VXLAN,
    // so that on its ports a frame that shows behind the header counts for more.
    private static Carried Vxlan(ref PacketWalk walk, bool isReserved)
    {
        if (!VxlanHeader.TryParse(walk.Octets, out var header, out _) || !header.HasIdentifier)
        {
            return Carried.Other;
        }

        var inner = walk.Octets[VxlanHeader.Length..];
        var carried = isReserved && EthernetFrame.LooksValid(inner) ? Carried.Ethernet : header.Carries;
        return LooksLike(inner, walk.LengthOnWire - VxlanHeader.Length, carried)
            ? Enter(ref walk, TunnelKind.Vxlan, header.Identifier, VxlanHeader.Length, carried)
            : Carried.Other;
    }

    private static Carried Geneve(ref PacketWalk walk)
    {
        if (!GeneveHeader.TryParse(walk.Octets, out var header, out _)
            || !LooksLike(walk.Octets[header.Length..], walk.LengthOnWire - header.Length, header.Carries))
        {
            return Carried.Other;
        }

        return Enter(ref walk, TunnelKind.Geneve, header.Identifier, header.Length, header.Carries);
    }

    private static Carried Capwap(ref PacketWalk walk)
    {
        if (!CapwapHeader.TryParse(walk.Octets, out var header, out _))
        {
            return Carried.Other;
        }

        var inner = walk.Octets[header.Length..];
        if (header.Carries == Carried.Ieee80211 && Ieee80211Frame.LooksValid(inner, isSwapped: true))
        {
            // Cisco's access points turn the octets of the frame control round.
            Enter(ref walk, TunnelKind.Capwap, 0, header.Length, Carried.Ieee80211);
            return LinkLayer.Ieee80211(ref walk, isPadded: false, isSwapped: true);
        }

        return LooksLike(inner, walk.LengthOnWire - header.Length, header.Carries)
            ? Enter(ref walk, TunnelKind.Capwap, 0, header.Length, header.Carries)
            : Carried.Other;
    }

    private static Carried Tzsp(ref PacketWalk walk) =>
        TzspHeader.TryParse(walk.Octets, out var header, out _)
        && LooksLike(walk.Octets[header.Length..], walk.LengthOnWire - header.Length, header.Carries)
            ? Enter(ref walk, TunnelKind.Tzsp, 0, header.Length, header.Carries)
            : Carried.Other;

    private static Carried GtpU(ref PacketWalk walk, bool isCertain)
    {
        if (!GtpUHeader.TryParse(walk.Octets, out var header, out _)
            || (!isCertain && header.MessageLength != walk.LengthOnWire))
        {
            return Carried.Other;
        }

        var packet = walk.Octets[header.Length..];
        var next = packet.IsEmpty || packet[0] >> 4 != Ipv6Header.Version ? Carried.Ipv4 : Carried.Ipv6;
        return LooksLike(packet, walk.LengthOnWire - header.Length, next)
            ? Enter(ref walk, TunnelKind.GtpU, header.Tunnel, header.Length, next)
            : Carried.Other;
    }

    private static Carried Teredo(ref PacketWalk walk, bool isCertain) =>
        TeredoHeader.TryParse(walk.Octets, walk.LengthOnWire, out var header)
        && (isCertain || header.HasTeredoAddress)
            ? Enter(ref walk, TunnelKind.Teredo, 0, header.Length, Carried.Ipv6)
            : Carried.Other;

    private static Carried L2tp(ref PacketWalk walk)
    {
        if (!L2tpHeader.TryParse(walk.Octets, out var header, out _) || header.IsControl
            || !PppFrame.TryParse(walk.Octets[header.Length..], out var frame, out _))
        {
            return Carried.Other;
        }

        var before = header.Length + frame.HeaderLength;
        return LooksLike(walk.Octets[before..], walk.LengthOnWire - before, frame.Carries)
            ? Enter(ref walk, TunnelKind.L2tp, header.Session, header.Length, Carried.Ppp)
            : Carried.Other;
    }

    private static Carried Enter(ref PacketWalk walk, TunnelKind kind, uint id, int length, Carried next)
    {
        walk.EnterTunnel(kind, id);
        walk.Advance(length);
        return next;
    }

    private static bool LooksLike(ReadOnlySpan<byte> octets, int lengthOnWire, Carried what) => what switch
    {
        Carried.Ethernet => EthernetFrame.LooksValid(octets),
        Carried.Ipv4 => Ipv4Header.LooksValid(octets),
        Carried.Ipv6 => Ipv6Header.LooksValid(octets, lengthOnWire),
        Carried.Ieee80211 => Ieee80211Frame.LooksValid(octets, isSwapped: false),
        Carried.Mpls => MplsLabel.TryParse(octets, out _, out _),
        _ => false,
    };
}
