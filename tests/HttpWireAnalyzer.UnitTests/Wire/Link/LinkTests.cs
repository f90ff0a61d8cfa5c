using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Link;

public sealed class LinkTests
{
    private static readonly byte[] Snap4 = [0xAA, 0xAA, 0x03, 0, 0, 0, 0x08, 0x00];
    private static readonly byte[] Addresses = new byte[12];

    /// <summary>A header of each link type that is to lead to the packet behind it.</summary>
    public static TheoryData<string, LinkType, byte[], bool> Heads() => new()
    {
        { "Ethernet II", LinkType.Ethernet, [.. Addresses, 0x08, 0x00], false },
        { "Ethernet II, IPv6", LinkType.Ethernet, [.. Addresses, 0x86, 0xDD], true },
        { "802.3 with SNAP", LinkType.Ethernet, [.. Addresses, 0, 66, .. Snap4], false },
        { "802.3 with LLC for IP", LinkType.Ethernet, [.. Addresses, 0, 61, 0x06, 0x06, 0x03], false },
        { "priority tag", LinkType.Ethernet, [.. Addresses, 0x81, 0, 0xE0, 0, 0x08, 0], false },
        { "QinQ", LinkType.Ethernet, [.. Addresses, 0x88, 0xA8, 0, 5, 0x81, 0, 0, 6, 0x86, 0xDD], true },
        { "three tags", LinkType.Ethernet, [.. Addresses, 0x91, 0, 0, 5, 0x81, 0, 0, 6, 0x81, 0, 0, 7, 8, 0], false },
        { "tag, then LLC", LinkType.Ethernet, [.. Addresses, 0x81, 0, 0, 5, 0, 66, .. Snap4], false },
        { "PBB", LinkType.Ethernet, [.. Addresses, 0x88, 0xE7, 0, 0, 1, 0, .. Addresses, 0x08, 0], false },
        { "E-TAG", LinkType.Ethernet, [.. Addresses, 0x89, 0x3F, 0x10, 0, 0, 0xD3, 0, 0, 0x08, 0], false },
        { "VN-Tag between tags", LinkType.Ethernet, [.. Addresses, 0x81, 0, 0, 5, 0x89, 0x26, 0, 0, 0, 0x33, 0x81, 0, 0, 6, 0x86, 0xDD], true },
        { "FabricPath", LinkType.Ethernet, [.. Addresses, 0x89, 0x03, 0, 0x60, .. Addresses, 0x81, 0, 0, 5, 0x08, 0], false },
        { "MPLS", LinkType.Ethernet, [.. Addresses, 0x88, 0x47, 0, 1, 0x01, 64], false },
        { "MPLS, three labels", LinkType.Ethernet, [.. Addresses, 0x88, 0x47, 0, 1, 0, 9, 0, 2, 0, 9, 0, 3, 1, 9], true },
        { "pseudowire", LinkType.Ethernet, [.. Addresses, 0x88, 0x47, 0, 1, 1, 9, .. Addresses, 0x08, 0], false },
        { "pseudowire, control word", LinkType.Ethernet, [.. Addresses, 0x88, 0x47, 0, 1, 1, 9, 0, 0, 0, 1, 2, .. Addresses[1..], 0x08, 0], false },
        { "PPPoE", LinkType.Ethernet, [.. Addresses, 0x88, 0x64, 0x11, 0, 0, 7, 0, 60, 0, 0x21], false },
        { "PPPoE link", LinkType.PppEthernet, [0x11, 0, 0, 7, 0, 60, 0, 0x57], true },
        { "PPP", LinkType.Ppp, [0x00, 0x21], false },
        { "PPP, HDLC-like", LinkType.Ppp, [0xFF, 0x03, 0x00, 0x57], true },
        { "PPP, compressed protocol", LinkType.PppHdlc, [0x21], false },
        { "PPP, everything compressed", LinkType.PppHdlc, [0xFF, 0x03, 0x57], true },
        { "PPP with direction", LinkType.PppWithDirection, [0x01, 0xFF, 0x03, 0x00, 0x21], false },
        { "PPP link, Cisco HDLC", LinkType.PppHdlc, [0x0F, 0, 0x08, 0x00], false },
        { "Cisco HDLC", LinkType.CiscoHdlc, [0x8F, 0, 0x86, 0xDD], true },
        { "frame relay", LinkType.FrameRelay, [0x18, 0x41, 0x03, 0xCC], false },
        { "frame relay, IPv6", LinkType.FrameRelay, [0x18, 0x41, 0x03, 0x8E], true },
        { "frame relay, SNAP", LinkType.FrameRelay, [0x18, 0x41, 0x03, 0x00, 0x80, 0, 0, 0, 0x08, 0x00], false },
        { "frame relay, Cisco", LinkType.FrameRelay, [0x18, 0x41, 0x08, 0x00], false },
        { "Linux cooked", LinkType.LinuxCooked, [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00], false },
        { "Linux cooked, LLC", LinkType.LinuxCooked, [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, .. Snap4], false },
        { "Linux cooked 2", LinkType.LinuxCooked2, [0x86, 0xDD, .. new byte[18]], true },
        { "BSD null, little-endian", LinkType.Null, [2, 0, 0, 0], false },
        { "BSD null, big-endian", LinkType.Null, [0, 0, 0, 2], false },
        { "BSD null, Darwin IPv6", LinkType.Null, [30, 0, 0, 0], true },
        { "BSD null, FreeBSD IPv6", LinkType.Null, [0, 0, 0, 28], true },
        { "BSD loop", LinkType.Loop, [0, 0, 0, 24], true },
        { "enc, little-endian", LinkType.IpsecTap, [2, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0], false },
        { "enc, big-endian", LinkType.IpsecTap, [0, 0, 0, 24, 0, 0, 0, 9, 0, 0, 0, 0], true },
        { "pflog, OpenBSD", LinkType.PacketFilterLog, [61, 2, .. new byte[62]], false },
        { "pflog, FreeBSD, IPv6", LinkType.PacketFilterLog, [72, 28, .. new byte[70]], true },
        { "pktap", LinkType.PacketTap, [16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9, .. Addresses, 0x08, 0], false },
        { "pktap, raw", LinkType.PacketTap, [12, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0], true },
        { "Juniper Ethernet", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x00, .. Addresses, 0x08, 0], false },
        { "Juniper Ethernet, extensions", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x81, 0, 4, 1, 2, 3, 4, .. Addresses, 0x86, 0xDD], true },
        { "Juniper, no link header", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x02, 2, 0, 0, 0], false },
        { "Juniper, no link header, IPv6", LinkType.JuniperFrameRelay, [0x4D, 0x47, 0x43, 0x82, 0, 2, 1, 2, 6, 0, 0, 0], true },
        { "Juniper, no link header, MPLS", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x02, 5, 0, 0, 0, 0, 1, 1, 9], false },
        { "Juniper, no link header, IPv6 out of MPLS", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x02, 7, 0, 0, 0], true },
        { "Juniper, no link header, IPv4 into MPLS", LinkType.JuniperEthernet, [0x4D, 0x47, 0x43, 0x02, 4, 0, 0, 0, 0, 1, 1, 9], false },
        { "Juniper PPP", LinkType.JuniperPpp, [0x4D, 0x47, 0x43, 0x00, 0xFF, 0x03, 0x00, 0x21], false },
        { "Juniper frame relay", LinkType.JuniperFrameRelay, [0x4D, 0x47, 0x43, 0x00, 0x18, 0x41, 0x03, 0xCC], false },
        { "Juniper Cisco HDLC", LinkType.JuniperCiscoHdlc, [0x4D, 0x47, 0x43, 0x00, 0x0F, 0, 0x08, 0x00], false },
        { "Cisco HDLC with direction", LinkType.CiscoHdlcWithDirection, [1, 0x0F, 0, 0x86, 0xDD], true },
        { "frame relay with direction", LinkType.FrameRelayWithDirection, [0, 0x18, 0x41, 0x03, 0xCC], false },
        { "raw", LinkType.Raw, [], false },
        { "raw, IPv6", LinkType.Raw, [], true },
        { "raw, old", LinkType.RawOld, [], false },
        { "raw, OpenBSD", LinkType.RawOpenBsd, [], true },
        { "IPv4", LinkType.Ipv4, [], false },
        { "IPv6", LinkType.Ipv6, [], true },
        { "NFLOG", LinkType.Nflog, [2, 0, 0, 1, 5, 0, 10, 0, 9, 0, 0, 0, 62, 0, 9, 0], false },
        { "NFLOG, big-endian", LinkType.Nflog, [10, 0, 0, 1, 0, 5, 0, 10, 9, 0, 0, 0, 0, 82, 0, 9], true },
        { "FDDI", LinkType.Fddi, [0x50, .. Addresses, .. Snap4], false },
        { "ARCnet, RFC 1051", LinkType.Arcnet, [1, 2, 240], false },
        { "ARCnet, RFC 1201", LinkType.Arcnet, [1, 2, 212, 0, 0, 9], false },
        { "ARCnet, RFC 1201 exception", LinkType.Arcnet, [1, 2, 212, 0xFF, 0xFF, 0xFF, 212, 0, 0, 9], false },
        { "ARCnet, Linux", LinkType.ArcnetLinux, [1, 2, 0xAB, 8, 240], false },
        { "ARCnet, Linux, IPv6", LinkType.ArcnetLinux, [1, 2, 0xAB, 8, 196, 0, 0, 9], true },
        { "InfiniBand", LinkType.IpOverInfiniband, [.. new byte[40], 0x08, 0x00, 0, 0], false },
        { "Fibre Channel", LinkType.IpOverFibreChannel, [.. new byte[16], .. Snap4], false },
        { "802.11", LinkType.Ieee80211, [0x08, 0x01, .. new byte[22], .. Snap4], false },
        { "802.11 QoS", LinkType.Ieee80211, [0x88, 0x02, .. new byte[24], .. Snap4], false },
        { "802.11 QoS, four addresses, HT", LinkType.Ieee80211, [0x88, 0x83, .. new byte[34], .. Snap4], false },
        { "radiotap", LinkType.Ieee80211Radiotap, [0, 0, 8, 0, 0, 0, 0, 0, 0x08, 0x01, .. new byte[22], .. Snap4], false },
        {
            "radiotap, padded QoS", LinkType.Ieee80211Radiotap,
            [0, 0, 17, 0, 3, 0, 0, 0, .. new byte[8], 0x20, 0x88, 1, .. new byte[24], 0, 0, .. Snap4], false
        },
        { "PPI", LinkType.PerPacketInformation, [0, 0, 12, 0, 105, 0, 0, 0, 9, 9, 9, 9, 0x88, 0x01, .. new byte[24], .. Snap4], false },
        { "PPI, Ethernet", LinkType.PerPacketInformation, [0, 0, 8, 0, 1, 0, 0, 0, .. Addresses, 0x86, 0xDD], true },
        { "Prism", LinkType.Ieee80211Prism, [0x44, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 8, 1, .. new byte[22], .. Snap4], false },
        { "AVS", LinkType.Ieee80211Avs, [0x80, 0x21, 0x10, 1, 0, 0, 0, 12, 0, 0, 0, 0, 8, 1, .. new byte[22], .. Snap4], false },
        { "AVS under Prism", LinkType.Ieee80211Prism, [0x80, 0x21, 0x10, 1, 0, 0, 0, 8, 8, 1, .. new byte[22], .. Snap4], false },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Every_link_type_leads_to_the_segment(string name, LinkType linkType, byte[] head, bool isIpv6)
    {
        var segment = UsualSegment([.. head, .. isIpv6 ? Packet6 : Packet4], linkType);

        Assert.True(segment.Source.Address.IsIpv4 != isIpv6, name);
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void Every_cut_gives_one_call(string name, LinkType linkType, byte[] head, bool isIpv6)
    {
        byte[] whole = [.. head, .. isIpv6 ? Packet6 : Packet4];
        var decoding = new Decoding();
        for (var length = 0; length < whole.Length; length++)
        {
            decoding.Take(whole[..length], linkType, whole.Length);
        }

        // What is cut within the payload is a segment that knows its length; all else is short of a TCP header.
        Assert.True(decoding.Counts.TcpSegments == Payload.Length, name);
        Assert.All(decoding.Sink.Segments, segment => Assert.Equal(Payload.Length, segment.PayloadLengthOnWire));
        Assert.All(decoding.Sink.Segments, segment => Assert.Equal(ChecksumVerdict.Unverifiable, segment.Checksum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(60)] // the protocol's two octets and the packet
    [InlineData(66)]
    [InlineData(1492)]
    public void The_length_of_pppoe_does_not_cut_what_ip_says_is_there(ushort length)
    {
        byte[] session = [0x11, 0, 0, 7, .. BigEndian(length), 0, 0x21, .. Packet4, .. new byte[6]];

        var segment = UsualSegment(Ethernet(0x88A8, VlanTag(5, 0x8100, VlanTag(6, 0x8864, session))));

        Assert.Equal(new Encapsulation(5, 6, TunnelKind.Pppoe, 7), segment.Encapsulation);
    }

    [Fact]
    public void Vlans_are_kept_outermost_first()
    {
        var tagged = Ethernet(0x88A8, VlanTag(5, 0x8100, VlanTag(6, 0x8100, VlanTag(7, Ipv4Type, Packet4))));

        var encapsulation = UsualSegment(tagged).Encapsulation;

        Assert.Equal(new Encapsulation(5, 6, TunnelKind.None, 0), encapsulation);
    }

    [Fact]
    public void A_priority_tag_is_vlan_zero() =>
        Assert.Equal(0, UsualSegment(Ethernet(0x8100, VlanTag(0xE000, Ipv4Type, Packet4))).Encapsulation.OuterVlan);

    [Theory]
    [InlineData("MPLS", TunnelKind.Mpls, 16)]
    [InlineData("PPPoE", TunnelKind.Pppoe, 7)]
    [InlineData("PBB", TunnelKind.ProviderBackbone, 256)]
    [InlineData("enc, little-endian", TunnelKind.Ipsec, 9)]
    public void Labels_and_sessions_are_kept(string name, TunnelKind kind, uint id)
    {
        var row = Heads().First(row => (string)row[0] == name);

        var encapsulation = UsualSegment([.. (byte[])row[2], .. Packet4], (LinkType)row[1]).Encapsulation;

        Assert.Equal((kind, id), (encapsulation.Tunnel, encapsulation.TunnelId));
    }

    [Fact]
    public void What_is_not_ip_is_said_to_be() => Assert.All(
        new (byte[] Octets, LinkType LinkType)[]
        {
            (Ethernet(0x0806, new byte[28]), LinkType.Ethernet), // ARP
            (Ethernet(38, [0x42, 0x42, 0x03, .. new byte[35]]), LinkType.Ethernet), // spanning tree
            ([.. Addresses, 0x88, 0x63, 0x11, 9, 0, 0, 0, 0], LinkType.Ethernet), // PPPoE discovery
            ([0xC0, 0x21, 1, 1, 0, 4], LinkType.Ppp), // LCP
            ([0x80, 0, .. new byte[22]], LinkType.Ieee80211), // beacon
            ([0xD4, 0, .. new byte[8]], LinkType.Ieee80211), // acknowledgment
            ([0x08, 0x41, .. new byte[22], .. Snap4, .. Packet4], LinkType.Ieee80211), // protected
            ([0x08, 0x05, .. new byte[22], .. Snap4, .. Packet4], LinkType.Ieee80211), // a fragment
            ([0x48, 0x01, .. new byte[22]], LinkType.Ieee80211), // no data
            ([0x88, 0x01, .. new byte[22], 0x80, 0, .. Snap4], LinkType.Ieee80211), // A-MSDU
            ([0xC2, .. Addresses, 0, 0, 0], LinkType.Fddi), // a beacon
            ([1, 2, 212, 1, 0, 9, .. Packet4], LinkType.Arcnet), // one of several frames
            ([2, 0, 0, 1, 5, 0, 10, 0, 9, 0, 0, 0], LinkType.Nflog), // a message without a packet
            ([16, 0, 0, 0, .. Packet4], LinkType.Null), // AppleTalk
            ([16, 0, 0, 0, .. new byte[8], .. Packet4], LinkType.IpsecTap),
            ([12, 0, 0, 0, 0, 0, 0, 0, 101, 0, 0, 0, .. Packet4], LinkType.PacketTap), // a message without a packet
            ([0x4D, 0x47, 0x43, 0x02, 10, 0, 0, 0, .. Packet4], LinkType.JuniperEthernet), // ISO
        },
        frame => Assert.Equal(OtherPacket.NotIp, OtherOf(frame.Octets, frame.LinkType)));

    [Fact]
    public void An_unknown_link_type_is_named_by_number()
    {
        var error = ErrorOf(Packet4, (LinkType)147);

        Assert.Equal((DecodeErrorKind.UnknownLinkType, 147), (error.Kind, error.Available));
    }

    [Fact]
    public void Each_link_type_that_has_a_name_is_decoded()
    {
        var decoded = Heads().Select(row => (LinkType)row[1]).Distinct().Order();

        Assert.Equal(Enum.GetValues<LinkType>(), decoded);
        Assert.True(FrameDecoder.IsKnown(LinkType.Ethernet));
        Assert.False(FrameDecoder.IsKnown((LinkType)147));
    }

    [Theory]
    [InlineData("", 4, 0, DecodeErrorKind.Truncated)]
    [InlineData("4D47430000", 14, 1, DecodeErrorKind.Truncated)] // the Ethernet header
    [InlineData("4D474380", 6, 4, DecodeErrorKind.Truncated)]
    [InlineData("4D4743800009", 15, 6, DecodeErrorKind.Truncated)]
    [InlineData("4D47430201", 8, 5, DecodeErrorKind.Truncated)]
    [InlineData("58474300", 0x4D, 0x58, DecodeErrorKind.WrongVersion)]
    public void A_header_of_junos_that_cannot_be_read_is_an_error(string octets, int needed, int available, DecodeErrorKind kind)
    {
        var error = ErrorOf(Convert.FromHexString(octets), LinkType.JuniperEthernet);

        Assert.Equal((kind, needed, available), (error.Kind, error.Needed, error.Available));
    }

    [Theory]
    [InlineData("0B00000001000000", LinkType.PacketTap, 12, 8, DecodeErrorKind.Truncated)]
    [InlineData("0B0000000100000001000000", LinkType.PacketTap, 12, 11, DecodeErrorKind.LengthTooSmall)]
    [InlineData("FFFFFFFF0100000001000000", LinkType.PacketTap, 4294967295, 12, DecodeErrorKind.Truncated)]
    [InlineData("2C0200000000", LinkType.PacketFilterLog, 45, 44, DecodeErrorKind.LengthTooSmall)]
    [InlineData("3D0200000000", LinkType.PacketFilterLog, 64, 6, DecodeErrorKind.Truncated)]
    [InlineData("02000000", LinkType.IpsecTap, 12, 4, DecodeErrorKind.Truncated)]
    [InlineData("", LinkType.FrameRelayWithDirection, 1, 0, DecodeErrorKind.Truncated)]
    public void A_tap_that_cannot_be_read_is_an_error(
        string octets, LinkType linkType, long needed, long available, DecodeErrorKind kind)
    {
        var error = ErrorOf(Convert.FromHexString(octets), linkType);

        Assert.Equal((kind, needed, available), (error.Kind, error.Needed, error.Available));
    }

    [Theory]
    [InlineData(2, 1)] // 258: of its own kind
    [InlineData(192, 0)]
    [InlineData(147, 0)]
    public void A_tap_leads_to_link_types_that_are_known(byte linkType, byte beyond)
    {
        var error = ErrorOf([12, 0, 0, 0, 1, 0, 0, 0, linkType, beyond, 0, 0, .. Packet4], LinkType.PacketTap);

        Assert.Equal((DecodeErrorKind.UnknownLinkType, 12, linkType + (beyond << 8)), (error.Kind, error.Offset, error.Available));
    }

    [Theory]
    [InlineData(192, 0)]
    [InlineData(147, 0)]
    [InlineData(1, 1)]
    public void Information_about_a_packet_leads_to_link_types_that_are_known(byte linkType, byte beyond)
    {
        var error = ErrorOf([0, 0, 8, 0, linkType, 0, beyond, 0, .. Packet4], LinkType.PerPacketInformation);

        Assert.Equal((DecodeErrorKind.UnknownLinkType, 8, linkType + (beyond << 16)), (error.Kind, error.Offset, error.Available));
    }

    [Fact]
    public void Headers_without_end_are_given_up()
    {
        var frame = Packet4;
        for (var tags = 0; tags < 40; tags++)
        {
            frame = VlanTag(tags, tags == 0 ? Ipv4Type : (ushort)0x8100, frame);
        }

        var error = ErrorOf(Ethernet(0x8100, frame));

        Assert.Equal((DecodeErrorKind.TooDeep, 32), (error.Kind, error.Needed));
    }
}
