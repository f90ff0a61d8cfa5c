using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The steps of the walk that link headers take, after the first (<see cref="FirstHeader"/>).</summary>
internal static class LinkLayer
{
    /// <summary>What a pseudowire may put before its frame (RFC 4385 §3).</summary>
    private const int ControlWordLength = 4;

    public static Carried Ethernet(ref PacketWalk walk)
    {
        if (!EthernetFrame.TryParse(walk.Octets, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(EthernetFrame.Length);
        return frame.Carries;
    }

    public static Carried Vlan(ref PacketWalk walk)
    {
        if (!VlanTag.TryParse(walk.Octets, out var tag, out var error))
        {
            return walk.Fail(error);
        }

        walk.AddVlan(tag.Id);
        walk.Advance(VlanTag.Length);
        return tag.Carries;
    }

    public static Carried ProviderBackbone(ref PacketWalk walk)
    {
        if (!ProviderBackboneTag.TryParse(walk.Octets, out var tag, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.ProviderBackbone, tag.Service);
        walk.Advance(ProviderBackboneTag.Length);
        return Carried.Ethernet;
    }

    /// <param name="length">Of a tag that ends with an EtherType.</param>
    public static Carried Switch(ref PacketWalk walk, int length)
    {
        if (!SwitchTag.TryParse(walk.Octets, length, out var tag, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(length);
        return tag.Carries;
    }

    public static Carried Ieee80211(ref PacketWalk walk, bool isPadded, bool isSwapped)
    {
        if (!Ieee80211Frame.TryParse(walk.Octets, isSwapped, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        if (!frame.IsReadable)
        {
            return Carried.Other;
        }

        return Skip(ref walk, isPadded ? (frame.Length + 3) & ~3 : frame.Length, Carried.Llc);
    }

    /// <summary>Passes over a header in which nothing matters but that it is there.</summary>
    public static Carried Skip(ref PacketWalk walk, int length, Carried next)
    {
        if (walk.Octets.Length < length)
        {
            return walk.Fail(DecodeError.Truncated(Layer.Link, length, walk.Octets.Length));
        }

        walk.Advance(length);
        return next;
    }

    public static Carried Llc(ref PacketWalk walk)
    {
        if (!LlcHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return header.Carries;
    }

    public static Carried Pppoe(ref PacketWalk walk)
    {
        if (!PppoeHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.Pppoe, header.Session);
        walk.Advance(PppoeHeader.Length);
        return header.IsSession ? Carried.Ppp : Carried.Other;
    }

    public static Carried Ppp(ref PacketWalk walk)
    {
        if (!PppFrame.TryParse(walk.Octets, out var frame, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(frame.HeaderLength);
        return frame.Carries;
    }

    /// <summary>The whole label stack, which says nothing of what it carries: that shows in the octets.</summary>
    public static Carried Mpls(ref PacketWalk walk)
    {
        MplsLabel label;
        do
        {
            if (!MplsLabel.TryParse(walk.Octets, out label, out var error))
            {
                return walk.Fail(error);
            }

            walk.Advance(MplsLabel.Length);
        }
        while (!label.IsBottom);

        walk.EnterTunnel(TunnelKind.Mpls, label.Label);
        return BehindLabels(ref walk);
    }

    private static Carried BehindLabels(ref PacketWalk walk)
    {
        // RFC 4928 §3: IP is known by its first nibble; RFC 4385 §3: a pseudowire's control word begins with 0.
        var octets = walk.Octets;
        if (Ipv4Header.LooksValid(octets))
        {
            return Carried.Ipv4;
        }

        if (Ipv6Header.LooksValid(octets, walk.LengthOnWire))
        {
            return Carried.Ipv6;
        }

        if (octets.Length > ControlWordLength && octets[0] >> 4 == 0
            && EthernetFrame.LooksValid(octets[ControlWordLength..]))
        {
            walk.Advance(ControlWordLength);
            return Carried.Ethernet;
        }

        return EthernetFrame.LooksValid(octets) ? Carried.Ethernet : Carried.Other;
    }
}
