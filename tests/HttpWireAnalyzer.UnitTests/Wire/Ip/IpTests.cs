using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Ip;

public sealed class IpTests
{
    private const byte HopByHop = 0;
    private const byte Routing = 43;
    private const byte FragmentHeader = 44;
    private const byte Authentication = 51;
    private const byte DestinationOptions = 60;

    private static readonly byte[] Segment4 = Segment(Client, Server, Payload);
    private static readonly byte[] Segment6 = Segment(Client6, Server6, Payload);

    [Fact]
    public void Ethernet_padding_is_not_payload()
    {
        var packet = TcpPacket(Client, Server, [1]);

        var segment = Assert.Single(new Decoding().Take([.. Ethernet(packet), 0, 0, 0, 0, 0]).Sink.Segments);

        Assert.Equal([1], segment.Payload);
        Assert.Equal(ChecksumVerdict.Good, segment.Checksum);
    }

    [Fact]
    public void Padding_behind_ipv6_is_not_payload() => UsualSegment([.. Ethernet(Packet6), 0, 0]);

    [Fact]
    public void An_ipv4_mapped_address_of_ipv6_stays_one_of_ipv6()
    {
        var source = EndpointOf("[::ffff:192.0.2.1]:40000");

        var segment = Assert.Single(new Decoding().Take(Ethernet(TcpPacket(source, Server6, Payload))).Sink.Segments);

        Assert.Equal("[::ffff:192.0.2.1]:40000", segment.Source.ToString());
        Assert.False(segment.Source.Address.IsIpv4);
        Assert.NotEqual(Client.Address, segment.Source.Address);
        Assert.Equal(ChecksumVerdict.Good, segment.Checksum);
    }

    [Fact]
    public void Ipv4_options_are_passed() => UsualSegment(Ethernet(Ipv4(
        Client.Address, Server.Address, TcpProtocol, Segment4, options: [7, 7, 4, 0, 0, 0, 0, 0])));

    [Fact]
    public void Length_zero_takes_the_frame()
    {
        var decoding = new Decoding().Take(Ethernet(Ipv4(
            Client.Address, Server.Address, TcpProtocol, Segment(Client, Server, new byte[5000]), totalLength: 0)));

        Assert.Equal(5000, Assert.Single(decoding.Sink.Segments).PayloadLengthOnWire);
        Assert.Equal(1, decoding.Counts.ZeroIpLengths);
        Assert.Equal(1, decoding.Counts.SuperSegments);
    }

    [Fact]
    public void Length_zero_of_a_cut_frame_takes_what_the_record_says()
    {
        var frame = Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, Segment4, totalLength: 0));

        var segment = Assert.Single(new Decoding().Take(frame, originalLength: frame.Length + 100).Sink.Segments);

        Assert.Equal(Payload.Length + 100, segment.PayloadLengthOnWire);
    }

    [Fact]
    public void A_length_beyond_the_capture_is_believed()
    {
        var decoding = new Decoding().Take(Ethernet(Ipv4(
            Client.Address, Server.Address, TcpProtocol, Segment4, totalLength: 1500)));

        var segment = Assert.Single(decoding.Sink.Segments);
        Assert.Equal(Payload, segment.Payload);
        Assert.Equal(1460, segment.PayloadLengthOnWire);
        Assert.Equal(ChecksumVerdict.Unverifiable, segment.Checksum);
        Assert.Equal(1, decoding.Counts.CutByCapture);
    }

    [Fact]
    public void A_length_within_the_header_is_an_error()
    {
        var error = ErrorOf(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, Segment4, totalLength: 19)));

        Assert.Equal(new DecodeError(Layer.Ipv4, DecodeErrorKind.LengthTooSmall, 14, 20, 19), error);
    }

    [Fact]
    public void A_wrong_version_is_an_error()
    {
        var error = ErrorOf(Ethernet(Ipv4Type, Packet6));

        Assert.Equal(new DecodeError(Layer.Ipv4, DecodeErrorKind.WrongVersion, 14, 4, 6), error);
    }

    [Fact]
    public void A_bad_header_checksum_is_counted_and_no_more()
    {
        var frame = Ethernet(Packet4);
        frame[14 + 8] ^= 0xFF; // the time to live, which TCP's checksum does not cover

        var decoding = new Decoding().Take(frame);

        Assert.Equal(1, decoding.Counts.BadIpChecksums);
        Assert.Equal(ChecksumVerdict.Good, Assert.Single(decoding.Sink.Segments).Checksum);
    }

    public static TheoryData<byte, byte[]> Extensions() => new()
    {
        { HopByHop, [TcpProtocol, 0, 1, 4, 0, 0, 0, 0] },
        { DestinationOptions, [TcpProtocol, 1, 1, 12, .. new byte[12]] },
        { Routing, [TcpProtocol, 2, 0, 0, 0, 0, 0, 0, .. new byte[16]] },
        { FragmentHeader, [TcpProtocol, 0, 0, 0, 0, 0, 0, 9] },
        { Authentication, [TcpProtocol, 4, 0, 0, 0, 0, 0, 5, .. new byte[16]] },
        { HopByHop, [DestinationOptions, 0, 0, 0, 0, 0, 0, 0, FragmentHeader, 0, 0, 0, 0, 0, 0, 0, TcpProtocol, 0, 0, 0, 0, 0, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Extension_headers_lead_to_the_segment(byte kind, byte[] header) =>
        UsualSegment(Ethernet(Ipv6(Client6.Address, Server6.Address, kind, [.. header, .. Segment6])));

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Every_cut_of_extension_headers_gives_one_call(byte kind, byte[] header)
    {
        var frame = Ethernet(Ipv6(Client6.Address, Server6.Address, kind, [.. header, .. Segment6]));
        var decoding = new Decoding();
        for (var length = 0; length < frame.Length; length++)
        {
            decoding.Take(frame[..length], originalLength: frame.Length);
        }

        Assert.Equal(Payload.Length, decoding.Counts.TcpSegments);
    }

    private static readonly byte[] Prefix = [0x20, 1, 0x0D, 0xB8, .. new byte[11]];

    public static TheoryData<string, byte[]> Routings() => new()
    {
        { "source route", [TcpProtocol, 4, 0, 2, 0, 0, 0, 0, .. Prefix, 3, .. Prefix, 2] },
        { "home address", [TcpProtocol, 2, 2, 1, 0, 0, 0, 0, .. Prefix, 2] },
        { "compressed, 15 octets of prefix", [TcpProtocol, 1, 3, 2, 0xFF, 0x60, 0, 0, 3, 2, 0, 0, 0, 0, 0, 0] },
        { "compressed, 14 octets of prefix", [TcpProtocol, 1, 3, 2, 0xFE, 0x50, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0] },
        { "segments", [TcpProtocol, 4, 4, 2, 1, 0, 0, 0, .. Prefix, 2, .. Prefix, 3] },
        { "segments, options", [TcpProtocol, 5, 4, 2, 1, 0, 0, 0, .. Prefix, 2, .. Prefix, 3, 4, 6, .. new byte[6]] },
    };

    [Theory]
    [MemberData(nameof(Routings))]
    public void A_routing_header_leads_to_the_end_that_tcp_speaks_with(string name, byte[] header)
    {
        var packet = Ipv6(Client6.Address, AddressOf("2001:db8::99"), Routing, [.. header, .. Segment6]);

        Assert.True(UsualSegment(Ethernet(packet)).Destination == Server6, name);
    }

    [Theory]
    [InlineData(0, 0)] // at its end
    [InlineData(1, 1)] // of another kind, which is not known to hold addresses
    [InlineData(3, 1)] // compressed, with more padding than octets
    public void Other_routing_headers_leave_the_destination(byte type, byte left)
    {
        var packet = Ipv6(
            Client6.Address, Server6.Address, Routing, [TcpProtocol, 2, type, left, 0, 0xF0, 0, 0, .. Prefix, 3, .. Segment6]);

        UsualSegment(Ethernet(packet));
    }

    [Theory]
    [InlineData(131, 4)] // loose, at its beginning
    [InlineData(131, 8)]
    [InlineData(137, 4)] // strict
    public void A_source_route_leads_to_the_end_that_tcp_speaks_with(byte type, byte next)
    {
        byte[] options = [1, type, 11, next, 203, 0, 113, 9, 198, 51, 100, 2];

        UsualSegment(Ethernet(Ipv4(Client.Address, AddressOf("203.0.113.8"), TcpProtocol, Segment4, options: options)));
    }

    [Theory]
    [InlineData(131, 11, 12)] // at its end: a record
    [InlineData(7, 11, 4)] // a record from the beginning
    [InlineData(131, 10, 4)] // no whole addresses
    [InlineData(131, 3, 4)] // none
    [InlineData(131, 12, 4)] // longer than the options
    [InlineData(131, 0, 4)]
    [InlineData(0, 11, 4)] // behind the end of options
    public void Other_options_leave_the_destination(byte type, byte length, byte next)
    {
        byte[] options = [1, type, length, next, 203, 0, 113, 9, 203, 0, 113, 8];

        UsualSegment(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, Segment4, options: options)));
    }

    [Fact]
    public void The_jumbo_option_gives_the_length()
    {
        var payload = new byte[70_000];
        var segment = Segment(Client6, Server6, payload);
        var length = segment.Length + 8;
        byte[] jumbo = [TcpProtocol, 0, 0xC2, 4, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        var packet = Ipv6(Client6.Address, Server6.Address, HopByHop, [.. jumbo, .. segment], payloadLength: 0);

        var decoded = Assert.Single(new Decoding().Take([.. Ethernet(packet), 0, 0]).Sink.Segments);

        Assert.Equal((70_000, ChecksumVerdict.Good), (decoded.PayloadLengthOnWire, decoded.Checksum));
    }

    [Fact]
    public void A_jumbo_length_beyond_the_frame_is_not_believed()
    {
        byte[] jumbo = [TcpProtocol, 0, 0xC2, 4, 0x7F, 0xFF, 0xFF, 0xFF];
        var packet = Ipv6(Client6.Address, Server6.Address, HopByHop, [.. jumbo, .. Segment6], payloadLength: 0);

        UsualSegment(Ethernet(packet));
    }

    [Fact]
    public void Big_tcp_without_the_option_takes_the_frame()
    {
        var packet = Ipv6(
            Client6.Address, Server6.Address, TcpProtocol, Segment(Client6, Server6, new byte[70_000]), payloadLength: 0);

        Assert.Equal(70_000, Assert.Single(new Decoding().Take(Ethernet(packet)).Sink.Segments).PayloadLengthOnWire);
    }

    [Theory]
    [InlineData(59)] // no next header
    [InlineData(50)] // ESP
    [InlineData(17)] // UDP, to a port of no tunnel
    [InlineData(132)] // SCTP
    public void What_is_not_tcp_is_said_to_be(byte protocol)
    {
        Assert.Equal(OtherPacket.NotTcp, OtherOf(Ethernet(Ipv6(Client6.Address, Server6.Address, protocol, new byte[20]))));
        Assert.Equal(OtherPacket.NotTcp, OtherOf(Ethernet(Ipv4(Client.Address, Server.Address, protocol, new byte[20]))));
    }

    [Fact]
    public void Authentication_of_length_zero_is_taken_at_its_word() =>
        UsualSegment(Ethernet(Ipv4(
            Client.Address, Server.Address, Authentication, [TcpProtocol, 0, 0, 0, 0, 0, 0, 5, .. Segment4])));
}
