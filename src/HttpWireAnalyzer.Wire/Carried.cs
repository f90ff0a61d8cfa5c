namespace HttpWireAnalyzer.Wire;

/// <summary>What follows the header just taken off, or how the walk ended.</summary>
internal enum Carried : byte
{
    /// <summary>The sink has it.</summary>
    Delivered,

    /// <summary>Whole, and nothing that leads to TCP.</summary>
    Other,

    /// <summary>A fragment, held.</summary>
    Held,

    /// <summary><see cref="PacketWalk.Error"/> says why.</summary>
    Undecodable,

    // Above are the ends of a walk; below, headers. The walk goes on while the value is greater than Undecodable.

    Ethernet,
    Vlan,
    ProviderBackbone,
    ExtenderTag,
    InterfaceTag,
    FabricTag,
    Mpls,
    Pppoe,
    Ppp,
    Llc,

    /// <summary>A data frame of 802.11, without padding behind its head.</summary>
    Ieee80211,

    /// <summary>IPv4 or IPv6, by the version field.</summary>
    Ip,
    Ipv4,
    Ipv6,

    /// <summary>Hop-by-hop, destination options and the headers of the same form (RFC 8200 §4.2, RFC 6564).</summary>
    Ipv6HopByHop,
    Ipv6Options,
    Ipv6Routing,
    Ipv6Fragment,
    Authentication,
    Compression,

    Gre,
    Udp,
    Icmp,
    Icmpv6,
    Tcp,
}
