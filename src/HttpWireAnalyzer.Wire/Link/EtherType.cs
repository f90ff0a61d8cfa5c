namespace HttpWireAnalyzer.Wire.Link;

/// <summary>The EtherTypes that lead to IP (IANA "IEEE 802 Numbers").</summary>
internal static class EtherType
{
    /// <summary>Below this, the field is an 802.3 length (IEEE 802.3 §3.2.6).</summary>
    public const ushort Least = 0x0600;

    public const ushort Ipv4 = 0x0800;
    private const ushort Arp = 0x0806;
    private const ushort Ipv6 = 0x86DD;
    private const ushort TransparentEthernetBridging = 0x6558;
    private const ushort Vlan = 0x8100;
    private const ushort ServiceVlan = 0x88A8;
    private const ushort OldServiceVlan = 0x9100;
    private const ushort OlderServiceVlan = 0x9200;
    private const ushort Ppp = 0x880B;
    private const ushort MplsUnicast = 0x8847;
    private const ushort MplsMulticast = 0x8848;
    private const ushort PppoeSession = 0x8864;
    private const ushort ProviderBackbone = 0x88E7;
    private const ushort FabricPath = 0x8903;
    private const ushort VnTag = 0x8926;
    private const ushort ETag = 0x893F;

    public static Carried Carries(ushort type) => type switch
    {
        Ipv4 => Carried.Ipv4,
        Ipv6 => Carried.Ipv6,
        Vlan or ServiceVlan or OldServiceVlan or OlderServiceVlan => Carried.Vlan,
        MplsUnicast or MplsMulticast => Carried.Mpls,
        PppoeSession => Carried.Pppoe,
        ProviderBackbone => Carried.ProviderBackbone,
        ETag => Carried.ExtenderTag,
        VnTag => Carried.InterfaceTag,
        FabricPath => Carried.FabricTag,
        Ppp => Carried.Ppp,
        TransparentEthernetBridging => Carried.Ethernet,
        _ => Carried.Other,
    };

    /// <summary>Types common enough to tell an Ethernet frame from other octets.</summary>
    public static bool IsCommon(ushort type) => type == Arp || Carries(type) != Carried.Other;
}
