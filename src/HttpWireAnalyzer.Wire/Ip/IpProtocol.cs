namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The protocol numbers that lead to TCP (IANA "Protocol Numbers").</summary>
internal static class IpProtocol
{
    public const byte Tcp = 6;

    private const byte HopByHop = 0;
    private const byte Icmp = 1;
    private const byte Ipv4 = 4;
    private const byte Udp = 17;
    private const byte Ipv6 = 41;
    private const byte Ipv6Routing = 43;
    private const byte Ipv6Fragment = 44;
    private const byte Gre = 47;
    private const byte Authentication = 51;
    private const byte Icmpv6 = 58;
    private const byte Ipv6Destination = 60;
    private const byte Compression = 108;
    private const byte Mobility = 135;
    private const byte MplsInIp = 137;
    private const byte HostIdentity = 139;
    private const byte Shim6 = 140;

    public const byte NoNextHeader = 59;

    /// <summary>Encrypted payload (ESP) is opaque, whatever its cipher: it is not in the table.</summary>
    public static Carried Carries(byte protocol) => protocol switch
    {
        Tcp => Carried.Tcp,
        Udp => Carried.Udp,
        Icmp => Carried.Icmp,
        Icmpv6 => Carried.Icmpv6,
        Ipv4 => Carried.Ipv4,
        Ipv6 => Carried.Ipv6,
        Gre => Carried.Gre,
        MplsInIp => Carried.Mpls,
        Authentication => Carried.Authentication,
        Compression => Carried.Compression,
        HopByHop => Carried.Ipv6HopByHop,
        Ipv6Routing => Carried.Ipv6Routing,
        Ipv6Fragment => Carried.Ipv6Fragment,
        Ipv6Destination or Mobility or HostIdentity or Shim6 => Carried.Ipv6Options,
        _ => Carried.Other,
    };
}
