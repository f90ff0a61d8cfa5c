using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Icmp;

public sealed class IcmpTests
{
    private static readonly Address Router4 = AddressOf("203.0.113.9");
    private static readonly Address Router6 = AddressOf("2001:db8::9");

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(3, 4, true)]
    [InlineData(4, 0, false)]
    [InlineData(5, 1, false)]
    [InlineData(11, 0, false)]
    [InlineData(12, 0, false)]
    public void Errors_of_icmp_name_the_segment_they_quote(byte type, byte code, bool isTooBig)
    {
        var error = ErrorIn(Ipv4(Router4, Client.Address, 1, [type, code, 0, 0, 0, 0, 0x05, 0x78, .. Packet4[..28]]));

        Assert.Equal((new IcmpReason(IsIpv6: false, type, code), Router4), (error.Reason, error.Reporter));
        Assert.Equal((Client, Server), (error.QuotedSource, error.QuotedDestination));
        Assert.Equal(isTooBig, error.Reason.IsPacketTooBig);
    }

    [Theory]
    [InlineData(1, 4, false)]
    [InlineData(2, 0, true)]
    [InlineData(3, 4, false)]
    [InlineData(4, 1, false)]
    public void Errors_of_icmpv6_name_the_segment_they_quote(byte type, byte code, bool isTooBig)
    {
        var error = ErrorIn(Ipv6(Router6, Client6.Address, 58, [type, code, 0, 0, 0, 0, 0x05, 0x00, .. Packet6]));

        Assert.Equal((new IcmpReason(IsIpv6: true, type, code), Router6), (error.Reason, error.Reporter));
        Assert.Equal((Client6, Server6), (error.QuotedSource, error.QuotedDestination));
        Assert.Equal(isTooBig, error.Reason.IsPacketTooBig);
    }

    [Fact]
    public void Extension_headers_in_the_quote_are_passed()
    {
        var quoted = Ipv6(Client6.Address, Server6.Address, 44, Ipv6Fragment(6, 1, 0, true, Segment(Client6, Server6, [])));

        Assert.Equal(Server6, ErrorIn(Ipv6(Router6, Client6.Address, 58, [1, 0, 0, 0, 0, 0, 0, 0, .. quoted])).QuotedDestination);
    }

    [Fact]
    public void A_route_in_the_quote_leads_to_its_last_address()
    {
        byte[] sourceRoute = [1, 131, 7, 4, 198, 51, 100, 2];
        byte[] routing = [TcpProtocol, 2, 0, 1, 0, 0, 0, 0, 0x20, 1, 0x0D, 0xB8, .. new byte[11], 2];
        var quoted4 = Ipv4(Client.Address, Router4, TcpProtocol, Segment(Client, Server, []), options: sourceRoute);
        var quoted6 = Ipv6(Client6.Address, Router6, 43, [.. routing, .. Segment(Client6, Server6, [])]);

        Assert.Equal(Server, ErrorIn(Ipv4(Router4, Client.Address, 1, [3, 1, 0, 0, 0, 0, 0, 0, .. quoted4])).QuotedDestination);
        Assert.Equal(Server6, ErrorIn(Ipv6(Router6, Client6.Address, 58, [1, 0, 0, 0, 0, 0, 0, 0, .. quoted6])).QuotedDestination);
    }

    [Fact]
    public void What_quotes_no_tcp_is_not_tcp()
    {
        var datagram = Ipv4(Client.Address, Server.Address, UdpProtocol, Udp(1, 2, new byte[20]));
        var later = Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[24], fragmentOffset: 8);
        byte[][] messages =
        [
            [8, 0, 0, 0, 0, 0, 0, 0, .. Packet4], // an echo request that happens to carry a packet
            [3, 3, 0, 0, 0, 0, 0, 0, .. datagram],
            [3, 3, 0, 0, 0, 0, 0, 0, .. later],
            [3, 3, 0, 0, 0, 0, 0, 0, .. Packet4[..27]],
        ];

        Assert.All(messages, message =>
            Assert.Equal(OtherPacket.NotTcp, OtherOf(Ethernet(Ipv4(Router4, Client.Address, 1, message)))));
    }

    [Theory]
    [InlineData(false, 3, 4)]
    [InlineData(true, 1, 0)]
    [InlineData(true, 127, 255)]
    public void A_reason_is_packed_without_loss(bool isIpv6, byte type, byte code)
    {
        var reason = new IcmpReason(isIpv6, type, code);
        Assert.Equal(reason, IcmpReason.Unpack(reason.Packed));
    }

    private static IcmpError ErrorIn(byte[] packet)
    {
        var decoding = new Decoding().Take(Ethernet(packet));
        Assert.Empty(decoding.Sink.Segments);
        return Assert.Single(decoding.Sink.IcmpErrors);
    }
}
