namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>What a packet was wrapped in: attributes of a connection, never part of its key.</summary>
/// <param name="OuterVlan">VLAN id of the outermost 802.1Q/802.1ad tag; -1 without one.</param>
/// <param name="InnerVlan">VLAN id of the second tag; -1 without one.</param>
/// <param name="Tunnel">The innermost tunnel that carried the packet.</param>
/// <param name="TunnelId">VNI, TEID, GRE key, MPLS label or PPPoE session; 0 where the tunnel has none.</param>
public readonly record struct Encapsulation(short OuterVlan, short InnerVlan, TunnelKind Tunnel, uint TunnelId)
{
    public static readonly Encapsulation None = new(-1, -1, TunnelKind.None, 0);
}

/// <summary>The tunnels that are looked into.</summary>
public enum TunnelKind : byte
{
    None,
    IpInIp,
    Gre,
    Erspan,
    Vxlan,
    Geneve,
    GtpU,
    Teredo,
    L2tp,
    Pppoe,
    Mpls,
    Ipsec,
    ProviderBackbone,
    Capwap,
    Tzsp,
}
