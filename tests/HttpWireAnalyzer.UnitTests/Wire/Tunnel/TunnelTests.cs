using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Tunnel;

public sealed class TunnelTests
{
    private const byte Gre = 47;
    private static readonly byte[] Frame4 = Ethernet(Packet4);
    private static readonly byte[] Wireless4 = [0x88, 1, .. new byte[24], 0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. Packet4];
    private static readonly Address OuterSource = AddressOf("10.0.0.1");
    private static readonly Address OuterDestination = AddressOf("10.0.0.2");

    public static TheoryData<string, byte, byte[], TunnelKind, uint> ByProtocol() => new()
    {
        { "IPv4 in IP", 4, Packet4, TunnelKind.IpInIp, 0 },
        { "IPv6 in IP", 41, Packet6, TunnelKind.IpInIp, 0 },
        { "MPLS in IP", 137, [0, 1, 1, 9, .. Packet4], TunnelKind.Mpls, 16 },
        { "GRE", Gre, [0, 0, 8, 0, .. Packet4], TunnelKind.Gre, 0 },
        { "GRE, all options", Gre, [0xB0, 0, 8, 0, 1, 2, 3, 4, 0, 0, 0, 42, 0, 0, 0, 1, .. Packet4], TunnelKind.Gre, 42 },
        { "GRE, routing", Gre, [0x40, 0, 8, 0, 1, 2, 3, 4, 0, 8, 0, 4, 1, 2, 3, 4, 0, 0, 0, 0, .. Packet4], TunnelKind.Gre, 0 },
        { "GRE, bridging", Gre, [0, 0, 0x65, 0x58, .. Frame4], TunnelKind.Gre, 0 },
        { "GRE, cache redirect", Gre, [0, 0, 0x88, 0x3E, 1, 2, 3, 4, .. Packet4], TunnelKind.Gre, 0 },
        { "GRE, 802.11", Gre, [0, 0, 0x82, 0x10, 0x88, 1, .. new byte[24], 0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. Packet4], TunnelKind.Gre, 0 },
        { "PPTP", Gre, [0x30, 0x81, 0x88, 0x0B, 0, 60, 0, 7, 0, 0, 0, 1, 0, 0, 0, 2, 0xFF, 3, 0, 0x21, .. Packet4], TunnelKind.Gre, 0x3C0007 },
        { "ERSPAN I", Gre, [0, 0, 0x88, 0xBE, .. Frame4], TunnelKind.Erspan, 0 },
        { "ERSPAN II", Gre, [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1, 0x10, 1, 0, 5, 0, 0, 0, 0, .. Frame4], TunnelKind.Erspan, 5 },
        { "ERSPAN III", Gre, [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, .. Frame4], TunnelKind.Erspan, 6 },
        { "ERSPAN III, option", Gre, [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 1, 0, 7, 0, 0, 0, 0, 0, 0, 0, 1, .. new byte[8], .. Frame4], TunnelKind.Erspan, 7 },
        { "AH", 51, [4, 4, 0, 0, 0, 0, 0, 5, .. new byte[16], .. Packet4], TunnelKind.IpInIp, 0 },
    };

    public static TheoryData<string, ushort, byte[], TunnelKind, uint> ByPort() => new()
    {
        { "VXLAN", 4789, [8, 0, 0, 0, 0, 1, 2, 0, .. Frame4], TunnelKind.Vxlan, 0x102 },
        { "VXLAN, Linux's old port", 8472, [8, 0, 0, 0, 0, 1, 2, 0, .. Frame4], TunnelKind.Vxlan, 0x102 },
        { "VXLAN, reserved bits", 4789, [0xFF, 1, 0xD1, 0xF2, 0, 1, 2, 9, .. Frame4], TunnelKind.Vxlan, 0x102 },
        { "VXLAN-GPE on VXLAN's port", 4789, [0x0C, 0, 0, 1, 0, 1, 2, 0, .. Packet4], TunnelKind.Vxlan, 0x102 },
        { "VXLAN-GPE", 4790, [0x0C, 0, 0, 2, 0, 1, 2, 0, .. Packet6], TunnelKind.Vxlan, 0x102 },
        { "Geneve", 6081, [0, 0, 0x65, 0x58, 0, 0, 9, 0, .. Frame4], TunnelKind.Geneve, 9 },
        { "Geneve, options", 6081, [2, 0, 8, 0, 0, 0, 9, 0, .. new byte[8], .. Packet4], TunnelKind.Geneve, 9 },
        { "GRE in UDP", 4754, [0x20, 0, 8, 0, 0, 0, 0, 3, .. Packet4], TunnelKind.Gre, 3 },
        { "GTP-U", 2152, [0x30, 0xFF, 0, 58, 0, 0, 0, 8, .. Packet4], TunnelKind.GtpU, 8 },
        { "GTP-U, extension", 2152, [0x34, 0xFF, 0, 66, 0, 0, 0, 8, 0, 0, 0, 0x85, 1, 16, 1, 0, .. Packet4], TunnelKind.GtpU, 8 },
        { "GTP-U elsewhere", 5000, [0x30, 0xFF, 0, 58, 0, 0, 0, 8, .. Packet4], TunnelKind.GtpU, 8 },
        { "Teredo", 3544, Packet6, TunnelKind.Teredo, 0 },
        { "Teredo, authentication and origin", 3544, [0, 1, 0, 0, .. new byte[9], 0, 0, 1, 2, 3, 4, 5, 6, .. Packet6], TunnelKind.Teredo, 0 },
        { "CAPWAP, 802.3", 5247, [0, 0x10, 0x02, 0, .. new byte[4], .. Frame4], TunnelKind.Capwap, 0 },
        { "CAPWAP, 802.11", 5247, [0, 0x20, 0x03, 0x20, .. new byte[4], 4, 1, 2, 3, 4, 0, 0, 0, .. Wireless4], TunnelKind.Capwap, 0 },
        { "CAPWAP, 802.11 of Cisco", 5247, [0, 0x10, 0x03, 0, .. new byte[4], 0x01, 0x88, .. Wireless4[2..]], TunnelKind.Capwap, 0 },
        { "TZSP", 37008, [1, 0, 0, 1, 1, .. Frame4], TunnelKind.Tzsp, 0 },
        { "TZSP, tags", 37008, [1, 1, 0, 18, 0, 10, 1, 0xC8, 0, 41, 2, 0, 60, 1, .. Wireless4], TunnelKind.Tzsp, 0 },
        { "L2TP", 1701, [0, 2, 0, 1, 0, 5, 0xFF, 3, 0, 0x21, .. Packet4], TunnelKind.L2tp, 0x10005 },
        { "L2TP, all fields", 1701, [0x4A, 2, 0, 80, 0, 1, 0, 5, 0, 0, 0, 0, 0, 2, 9, 9, 0x21, .. Packet4], TunnelKind.L2tp, 0x10005 },
    };

    [Theory]
    [MemberData(nameof(ByProtocol))]
    public void Tunnels_in_ip_give_the_inner_tuple(string name, byte protocol, byte[] payload, TunnelKind kind, uint id)
    {
        var encapsulation = UsualSegment(Ethernet(Ipv4(OuterSource, OuterDestination, protocol, payload))).Encapsulation;

        Assert.True((kind, id) == (encapsulation.Tunnel, encapsulation.TunnelId), $"{name}: {encapsulation}");
    }

    [Theory]
    [MemberData(nameof(ByPort))]
    public void Tunnels_in_udp_give_the_inner_tuple(string name, ushort port, byte[] payload, TunnelKind kind, uint id)
    {
        var packet = Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(50000, port, payload));

        var encapsulation = UsualSegment(Ethernet(packet)).Encapsulation;

        Assert.True((kind, id) == (encapsulation.Tunnel, encapsulation.TunnelId), $"{name}: {encapsulation}");
    }

    [Theory]
    [MemberData(nameof(ByPort))]
    public void Other_datagrams_on_the_ports_are_not_tcp(string name, ushort port, byte[] payload, TunnelKind kind, uint id)
    {
        // A name server's answer, which begins with any 16 bits and is no tunnel.
        byte[] answer = [(byte)payload[0], 0xFF, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 3, (byte)'w', (byte)'w', (byte)'w'];

        var other = OtherOf(Ethernet(Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(53, port, answer))));

        Assert.True(other == OtherPacket.NotTcp, $"{name} {kind} {id}");
    }

    [Theory]
    [MemberData(nameof(ByPort))]
    public void Every_cut_in_udp_gives_one_call(string name, ushort port, byte[] payload, TunnelKind kind, uint id)
    {
        var frame = Ethernet(Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(50000, port, payload)));
        var decoding = new Decoding();
        for (var length = 0; length < frame.Length; length++)
        {
            decoding.Take(frame[..length], originalLength: frame.Length);
        }

        Assert.True(decoding.Counts.TcpSegments == Payload.Length, $"{name} {kind} {id}");
    }

    [Theory]
    [MemberData(nameof(ByProtocol))]
    public void Every_cut_in_ip_gives_one_call(string name, byte protocol, byte[] payload, TunnelKind kind, uint id)
    {
        var frame = Ethernet(Ipv4(OuterSource, OuterDestination, protocol, payload));
        var decoding = new Decoding();
        for (var length = 0; length < frame.Length; length++)
        {
            decoding.Take(frame[..length], originalLength: frame.Length);
        }

        Assert.True(decoding.Counts.TcpSegments == Payload.Length, $"{name} {kind} {id}");
    }

    [Fact]
    public void Tunnel_in_tunnel_keeps_the_innermost_and_the_outer_vlan()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 7, 0, .. Ethernet(0x8100, VlanTag(9, Ipv4Type, Packet4))];
        byte[] gre = [0x20, 0, 8, 0, 0, 0, 0, 3, .. Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(1, 4789, vxlan))];
        var frame = Ethernet(0x8100, VlanTag(4, Ipv4Type, Ipv4(OuterSource, OuterDestination, Gre, gre)));

        Assert.Equal(new Encapsulation(4, 9, TunnelKind.Vxlan, 7), UsualSegment(frame).Encapsulation);
    }

    [Theory]
    [InlineData(5247, "001002080000000000")] // keep-alive
    [InlineData(5247, "001002800000000800")] // not the first fragment
    [InlineData(5247, "011002000000000000")] // DTLS
    [InlineData(5247, "000802000000000000")] // a header shorter than itself
    [InlineData(5247, "00F802000000000000")] // one longer than the datagram's packet has room for
    [InlineData(5247, "001005000000000000")] // a frame of another radio
    [InlineData(37008, "010400010100000000")] // TZSP keep-alive
    [InlineData(37008, "020000010100000000")] // of another version
    [InlineData(37008, "010000FF0100000000")] // of another kind of frame
    [InlineData(37008, "010000010AFF000000")] // without an end of tags
    public void What_carries_no_frame_is_not_tcp(ushort port, string octets)
    {
        var packet = Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(50000, port, Convert.FromHexString(octets)));

        Assert.Equal(OtherPacket.NotTcp, OtherOf(Ethernet(packet)));
    }

    [Fact]
    public void The_first_fragment_of_capwap_is_a_segment_cut()
    {
        byte[] first = [0, 0x10, 0x02, 0x80, 0, 1, 0, 0, .. Frame4[..^8]];

        var decoding = new Decoding().Take(Ethernet(Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(5247, 50000, first))));

        var segment = Assert.Single(decoding.Sink.Segments);
        Assert.Equal((Payload.Length - 8, Payload.Length), (segment.Payload.Length, segment.PayloadLengthOnWire));
        Assert.Equal(ChecksumVerdict.Unverifiable, segment.Checksum);
    }

    [Fact]
    public void Inner_arp_is_not_tcp_rather_than_not_ip()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 7, 0, .. Ethernet(0x0806, new byte[28])];

        var kind = OtherOf(Ethernet(Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(1, 4789, vxlan))));

        Assert.Equal(OtherPacket.NotTcp, kind);
    }

    [Fact]
    public void Ipv6_in_udp_without_teredo_addresses_is_left_alone_on_other_ports() => Assert.Equal(
        OtherPacket.NotTcp,
        OtherOf(Ethernet(Ipv4(OuterSource, OuterDestination, UdpProtocol, Udp(5000, 5001, Packet6)))));
}
