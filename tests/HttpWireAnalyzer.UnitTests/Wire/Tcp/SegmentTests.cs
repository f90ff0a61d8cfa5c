using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Tcp;

public sealed class SegmentTests
{
    [Fact]
    public void The_header_is_told_as_sent()
    {
        var packet = TcpPacket(Client, Server, [], 7, 8, TcpFlags.Syn | TcpFlags.Ece, options: [2, 4, 5, 0xB4, 1, 1]);

        var segment = Assert.Single(new Decoding().Take(Ethernet(packet)).Sink.Segments);

        Assert.Equal((7u, 8u), (segment.Sequence.Value, segment.Acknowledgment.Value));
        Assert.Equal((TcpFlags.Syn | TcpFlags.Ece, 28, 64), (segment.Flags, segment.HeaderLength, segment.TimeToLive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1459)]
    public void The_payload_sum_does_not_depend_on_the_header(int length)
    {
        var payload = Enumerable.Range(0, length).Select(index => (byte)(index * 7)).ToArray();

        var first = Assert.Single(new Decoding().Take(Ethernet(TcpPacket(Client, Server, payload))).Sink.Segments);
        var again = Assert.Single(new Decoding().Take(
            Ethernet(TcpPacket(Server6, Client6, payload, 99, options: [1, 1, 1, 0]))).Sink.Segments);

        Assert.Equal(Checksum(payload), first.PayloadSum);
        Assert.Equal(first.PayloadSum, again.PayloadSum);
    }

    [Fact]
    public void Any_flipped_bit_that_the_checksum_covers_is_seen()
    {
        var packet = Packet6;
        for (var at = 8; at < packet.Length; at++)
        {
            var damaged = packet.ToArray();
            damaged[at] ^= 0x10;
            var decoding = new Decoding().Take(damaged, LinkType.Raw);
            Assert.All(decoding.Sink.Segments, segment => Assert.Equal(ChecksumVerdict.Bad, segment.Checksum));
        }
    }

    // What Linux and Windows leave to the card, and zero.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sum_of_the_pseudo_header_alone_is_left_to_the_card(bool withLength)
    {
        var (segment, addresses) = (Packet4[20..], Packet4[12..20]);
        var length = (ushort)(withLength ? segment.Length : 0);
        var sum = Checksum(Concat(addresses, [0, 6], BigEndian(length)));
        Assert.Equal(ChecksumVerdict.LeftToCard, VerdictOf(sum));
        Assert.Equal(ChecksumVerdict.LeftToCard, VerdictOf(0));
        Assert.Equal(ChecksumVerdict.Bad, VerdictOf((ushort)(sum + 1)));
    }

    private static ChecksumVerdict VerdictOf(ushort checksum)
    {
        var packet = Packet4.ToArray();
        BigEndian(checksum).CopyTo(packet, 36);
        return Assert.Single(new Decoding().Take(packet, LinkType.Raw).Sink.Segments).Checksum;
    }

    [Fact]
    public void A_header_cut_below_twenty_octets_is_counted_as_such()
    {
        var decoding = new Decoding().Take(Packet4[..36], LinkType.Raw, Packet4.Length);

        Assert.Equal(
            new DecodeError(Layer.Tcp, DecodeErrorKind.Truncated, 20, 20, 16),
            Assert.Single(decoding.Sink.Undecodable).Error);
        Assert.Equal(1, decoding.Counts.TcpHeadersCut);
    }

    [Fact]
    public void Cut_options_leave_no_payload_and_the_length_on_the_wire()
    {
        var packet = TcpPacket(Client, Server, Payload, options: new byte[40]);

        var segment = Assert.Single(new Decoding().Take(packet[..50], LinkType.Raw, packet.Length).Sink.Segments);

        Assert.Equal((30, Payload.Length), (segment.HeaderLength, segment.PayloadLengthOnWire));
        Assert.Empty(segment.Payload);
    }

    [Theory]
    [InlineData(4, DecodeErrorKind.LengthTooSmall, 20, 16)] // shorter than a header
    [InlineData(15, DecodeErrorKind.LengthTooLarge, 38, 60)] // longer than the segment
    public void A_data_offset_that_cannot_be_is_an_error_between_two_ends(byte words, DecodeErrorKind kind, int needed, int available)
    {
        var packet = Packet4.ToArray();
        packet[20 + 12] = (byte)(words << 4);

        var told = Assert.Single(new Decoding().Take(packet, LinkType.Raw).Sink.Undecodable);

        Assert.Equal(new DecodeError(Layer.Tcp, kind, 20, needed, available), told.Error);
        Assert.Equal(new SegmentEnds(Client, Server), told.Ends);
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(23, false)]
    [InlineData(19, false)] // within the IP header
    public void Of_a_header_cut_the_ports_are_told_if_they_are_there(int length, bool areThere)
    {
        var told = Assert.Single(new Decoding().Take(Packet4[..length], LinkType.Raw, Packet4.Length).Sink.Undecodable);

        Assert.Equal(areThere ? new SegmentEnds(Client, Server) : null, told.Ends);
    }

    [Fact]
    public void Counts_of_decoders_side_by_side_add_up()
    {
        var first = new Decoding().Take(Ethernet(Packet4)).Take(Ethernet(0x0806, new byte[28])).Counts;
        var second = new Decoding().Take(Packet4[..30], LinkType.Raw).Counts;

        second.Add(first);

        Assert.Equal((3, 1, 1, 1), (second.Packets, second.TcpSegments, second.NotIp, second.Undecodable));
    }
}
