using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The first step, which the record's link type decides: what only a capture file begins with.</summary>
internal static class FirstHeader
{
    /// <summary>The network header of RFC 2625: two addresses of eight octets, before LLC.</summary>
    private const int FibreChannelHeaderLength = 16;

    private const int DirectionLength = 1;

    public static Carried Take(LinkType linkType, ref PacketWalk walk) => linkType switch
    {
        LinkType.Ethernet => Carried.Ethernet,
        LinkType.RawOld or LinkType.RawOpenBsd or LinkType.Raw => Carried.Ip,
        LinkType.Ipv4 => Carried.Ipv4,
        LinkType.Ipv6 => Carried.Ipv6,
        LinkType.PppEthernet => Carried.Pppoe,
        LinkType.Null or LinkType.Loop => Loopback(ref walk),
        LinkType.IpsecTap => IpsecTap(ref walk),
        LinkType.PacketFilterLog => PacketFilterLog(ref walk),
        LinkType.LinuxCooked => Cooked(ref walk),
        LinkType.LinuxCooked2 => Cooked2(ref walk),
        LinkType.Ppp or LinkType.PppHdlc => Serial(ref walk),
        LinkType.PppWithDirection => BehindDirection(ref walk, LinkType.Ppp),
        LinkType.CiscoHdlc => CiscoHdlc(ref walk),
        LinkType.CiscoHdlcWithDirection => BehindDirection(ref walk, LinkType.CiscoHdlc),
        LinkType.FrameRelay => FrameRelay(ref walk),
        LinkType.FrameRelayWithDirection => BehindDirection(ref walk, LinkType.FrameRelay),
        LinkType.JuniperEthernet => Juniper(ref walk, LinkType.Ethernet),
        LinkType.JuniperPpp => Juniper(ref walk, LinkType.Ppp),
        LinkType.JuniperFrameRelay => Juniper(ref walk, LinkType.FrameRelay),
        LinkType.JuniperCiscoHdlc => Juniper(ref walk, LinkType.CiscoHdlc),
        LinkType.Nflog => Nflog(ref walk),
        LinkType.Fddi => Fddi(ref walk),
        LinkType.Arcnet => Arcnet(ref walk, fromLinux: false),
        LinkType.ArcnetLinux => Arcnet(ref walk, fromLinux: true),
        LinkType.IpOverInfiniband => Infiniband(ref walk),
        LinkType.IpOverFibreChannel => LinkLayer.Skip(ref walk, FibreChannelHeaderLength, Carried.Llc),
        LinkType.Ieee80211 => Carried.Ieee80211,
        LinkType.Ieee80211Radiotap => Radiotap(ref walk),
        LinkType.Ieee80211Prism or LinkType.Ieee80211Avs => Prism(ref walk),
        LinkType.PerPacketInformation => PerPacketInformation(ref walk),
        LinkType.PacketTap => PacketTap(ref walk),
        _ => Unknown(ref walk, (uint)linkType),
    };

    private static Carried Unknown(ref PacketWalk walk, uint linkType) =>
        walk.Fail(new DecodeError(Layer.Link, DecodeErrorKind.UnknownLinkType, 0, 0, linkType));

    private static Carried Loopback(ref PacketWalk walk)
    {
        if (!BsdLoopback.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(BsdLoopback.Length);
        return header.Carries;
    }

    private static Carried IpsecTap(ref PacketWalk walk)
    {
        if (!IpsecTapHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.Ipsec, header.ParametersIndex);
        walk.Advance(IpsecTapHeader.Length);
        return header.Carries;
    }

    private static Carried PacketFilterLog(ref PacketWalk walk)
    {
        if (!PacketFilterHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return header.Carries;
    }

    private static Carried Cooked(ref PacketWalk walk)
    {
        if (!LinuxCooked.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(LinuxCooked.Length);
        return header.Carries;
    }

    private static Carried Cooked2(ref PacketWalk walk)
    {
        if (!LinuxCooked2.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(LinuxCooked2.Length);
        return header.Carries;
    }

    private static Carried Serial(ref PacketWalk walk) =>
        CiscoHdlcHeader.LooksValid(walk.Octets) ? CiscoHdlc(ref walk) : Carried.Ppp;

    private static Carried BehindDirection(ref PacketWalk walk, LinkType linkType)
    {
        if (walk.Octets.Length < DirectionLength)
        {
            return walk.Fail(DecodeError.Truncated(Layer.Link, DirectionLength, walk.Octets.Length));
        }

        walk.Advance(DirectionLength);
        return Take(linkType, ref walk);
    }

    private static Carried Juniper(ref PacketWalk walk, LinkType linkType)
    {
        if (!JuniperHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return header.HasLinkHeader ? Take(linkType, ref walk) : header.Carries;
    }

    private static Carried CiscoHdlc(ref PacketWalk walk)
    {
        if (!CiscoHdlcHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(CiscoHdlcHeader.Length);
        return header.Carries;
    }

    private static Carried FrameRelay(ref PacketWalk walk)
    {
        if (!FrameRelayHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return header.Carries;
    }

    private static Carried Nflog(ref PacketWalk walk)
    {
        if (!NflogMessage.TryParse(walk.Octets, out var message, out var error))
        {
            return walk.Fail(error);
        }

        if (message.PayloadAt == 0)
        {
            return Carried.Other;
        }

        walk.Advance(message.PayloadAt);
        walk.Trim(message.PayloadLength);
        return Carried.Ip;
    }

    private static Carried Arcnet(ref PacketWalk walk, bool fromLinux)
    {
        if (!ArcnetFrame.TryParse(walk.Octets, fromLinux, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(frame.Length);
        return frame.Carries;
    }

    private static Carried Infiniband(ref PacketWalk walk)
    {
        if (!InfinibandFrame.TryParse(walk.Octets, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(InfinibandFrame.Length);
        return frame.Carries;
    }

    private static Carried Fddi(ref PacketWalk walk)
    {
        if (!FddiFrame.TryParse(walk.Octets, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(FddiFrame.Length);
        return frame.Carries;
    }

    private static Carried PerPacketInformation(ref PacketWalk walk)
    {
        if (!PpiHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return Inside(ref walk, header.LinkType);
    }

    private static Carried PacketTap(ref PacketWalk walk)
    {
        if (!PacketTapHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return header.HasPacket ? Inside(ref walk, header.LinkType) : Carried.Other;
    }

    /// <summary>What a header for any link type names. One of its kind inside another would be a way without end.</summary>
    private static Carried Inside(ref PacketWalk walk, uint linkType) =>
        linkType is > ushort.MaxValue or (uint)LinkType.PerPacketInformation or (uint)LinkType.PacketTap
            ? Unknown(ref walk, linkType)
            : Take((LinkType)linkType, ref walk);

    private static Carried Radiotap(ref PacketWalk walk)
    {
        if (!RadiotapHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return LinkLayer.Ieee80211(ref walk, header.IsPadded, isSwapped: false);
    }

    private static Carried Prism(ref PacketWalk walk)
    {
        if (!PrismHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return Carried.Ieee80211;
    }
}
