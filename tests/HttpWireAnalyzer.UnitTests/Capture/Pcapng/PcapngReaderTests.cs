using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Pcapng;

public sealed class PcapngReaderTests
{
    private const string HelloOctets = "48656C6C6F";

    private static readonly byte[] Hello = "Hello"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_kind_of_packet_block_is_read(bool bigEndian)
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section(bigEndian)
            .Interface(linkType: 113, snapLength: 65535, name: "eth0", filter: "tcp")
            .Packet(1_700_000_000_123_456, Hello, original: 1500)
            .Obsolete(1_700_000_000_123_457, Hello)
            .Simple(Hello)
            .ToArray());

        Assert.Equal(
            [
                new ReadPacket(1, 1_700_000_000_123_456_000, HelloOctets, 1500, LinkType.LinuxCooked, 0),
                new ReadPacket(2, 1_700_000_000_123_457_000, HelloOctets, 5, LinkType.LinuxCooked, 0),
                new ReadPacket(3, 1_700_000_000_123_457_000, HelloOctets, 5, LinkType.LinuxCooked, 0),
            ],
            reading.Packets);
        Assert.Equal([new CaptureInterface("eth0", LinkType.LinuxCooked, 65535, "tcp")], reading.Interfaces);

        // The simple packet has no time, and says so.
        Assert.Equal(CaptureRemarkKind.Odd, Assert.Single(reading.Remarks).Kind);
    }

    [Fact]
    public void A_simple_packet_is_as_long_as_its_interface_keeps()
    {
        var reading = CaptureReading.Of(
            new PcapngBytes().Section().Interface(snapLength: 3).Simple("Hel"u8, original: 1500).ToArray());

        var packet = Assert.Single(reading.Packets);
        Assert.Equal(("48656C", 1500), (packet.Octets, packet.OriginalLength));
    }

    [Theory]
    [InlineData(0, 3UL, null, 3_000_000_000L)]
    [InlineData(3, 3_001UL, null, 3_001_000_000L)]
    [InlineData(6, 3_000_001UL, null, 3_000_001_000L)]
    [InlineData(9, 3_000_000_001UL, null, 3_000_000_001L)]
    [InlineData(12, 3_000_000_001_999UL, null, 3_000_000_001L)]
    [InlineData(29, ulong.MaxValue, null, 0L)]
    [InlineData(127, ulong.MaxValue, null, 0L)]
    [InlineData(0x80, 3UL, null, 3_000_000_000L)]
    [InlineData(0x81, 7UL, null, 3_500_000_000L)]
    [InlineData(0x80 | 30, 3UL << 30, null, 3_000_000_000L)]
    [InlineData(0x80 | 32, (3UL << 32) | 1, null, 3_000_000_000L)]
    [InlineData(0x80 | 127, ulong.MaxValue, null, 0L)]
    [InlineData(6, 1_000_000UL, 10L, 11_000_000_000L)]
    [InlineData(6, 1_000_000UL, -10L, -9_000_000_000L)]
    [InlineData(0x80 | 1, 3UL, 10L, 11_500_000_000L)]
    [InlineData(0, ulong.MaxValue, null, long.MaxValue)]
    [InlineData(6, 0UL, long.MaxValue, long.MaxValue)]
    [InlineData(6, 0UL, long.MinValue, long.MinValue)]
    public void Times_are_nanoseconds_whatever_they_were(byte resolution, ulong ticks, long? offset, long nanoseconds)
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section()
            .Interface(resolution: resolution, offsetSeconds: offset)
            .Packet(ticks, Hello)
            .ToArray());

        Assert.Equal(nanoseconds, Assert.Single(reading.Packets).Nanoseconds);
    }

    [Fact]
    public void Sections_have_their_own_order_and_their_own_interfaces()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section(bigEndian: true).Interface(linkType: 1, name: "a")
            .Interface(linkType: 113, name: "b", resolution: 9)
            .Packet(5, Hello, from: 1)
            .Section(bigEndian: false, length: 12).Interface(linkType: 101, name: "c")
            .Packet(6, Hello, from: 0)
            .ToArray());

        Assert.Equal(
            [
                new ReadPacket(1, 5, HelloOctets, 5, LinkType.LinuxCooked, 1),
                new ReadPacket(2, 6000, HelloOctets, 5, LinkType.Raw, 2),
            ],
            reading.Packets);
        Assert.Equal(["a", "b", "c"], reading.Interfaces.Select(known => known.Name));
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_link_type_that_is_not_decoded_is_remarked_once()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section().Interface(linkType: 189).Interface(linkType: 147).Interface(linkType: 1)
            .Packet(1, Hello, from: 2).Packet(2, Hello, from: 1).Packet(3, Hello, from: 1)
            .ToArray());

        Assert.Equal(3, reading.Packets.Count);
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal(CaptureRemarkKind.Skipped, remark.Kind);
        Assert.Equal("147, whose packets tell nothing here (the first of 2)", remark.Found);
    }

    [Fact]
    public void Statistics_say_what_an_interface_lost()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section().Interface(name: "a").Interface(name: "b").Interface(name: "c")
            .Statistics(0, interfaceDropped: 5, systemDropped: 7)
            .Statistics(1)
            .Statistics(2, systemDropped: ulong.MaxValue)
            .Statistics(9, interfaceDropped: 1)
            .ToArray());

        Assert.Equal([12L, null, long.MaxValue], reading.Interfaces.Select(known => known.Dropped));
    }

    [Fact]
    public void Packets_that_were_accepted_and_neither_delivered_nor_dropped_are_remarked()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section().Interface(name: "a").Interface(name: "b").Interface(name: "c").Packet(1, Hello)
            .Statistics(0, accepted: 90, systemDropped: 4, delivered: 50)
            .Statistics(0, accepted: 100, systemDropped: 4, delivered: 93)
            .Statistics(1, interfaceDropped: 9, accepted: 100, systemDropped: 4, delivered: 96)
            .Statistics(2, accepted: ulong.MaxValue, systemDropped: ulong.MaxValue, delivered: ulong.MaxValue)
            .ToArray());

        Assert.Equal([3, 0, 0], reading.Interfaces.Select(known => known.Counts.Undelivered));
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal(
            (CaptureRemarkKind.Lost, "test.pcap", "100 packets of interface a accepted by the filter", "3 that were neither delivered nor dropped"),
            (remark.Kind, remark.Source, remark.Expected, remark.Found));
    }

    [Fact]
    public void Statistics_without_what_was_accepted_or_delivered_tell_no_such_loss()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section().Interface(name: "a").Interface(name: "b").Packet(1, Hello)
            .Statistics(0, accepted: 100)
            .Statistics(0, delivered: 90)
            .Statistics(1, accepted: 80, delivered: 90)
            .ToArray());

        Assert.Equal([null, 0L], reading.Interfaces.Select(known => known.Counts.Undelivered));
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_count_of_another_length_is_remarked_and_passed_over()
    {
        var reading = CaptureReading.Of(new PcapngBytes()
            .Section().Interface(name: "a")
            .Block(PcapngBytes.InterfaceStatistics, body =>
                body.U32(0).U32(0).U32(0).U16(5).U16(4).U32(3).U16(7).U16(8).U64(2).U16(8).U16(0).U32(0))
            .Packet(1, Hello)
            .ToArray());

        Assert.Single(reading.Packets);
        Assert.Equal(2, Assert.Single(reading.Interfaces).Dropped);
        Assert.Equal(CaptureRemarkKind.Odd, Assert.Single(reading.Remarks).Kind);
    }

    [Fact]
    public void Blocks_that_are_not_packets_are_passed_over_by_their_length()
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section()
            .Block(0x0bad, new byte[3_000_000]).Interface()
            .Block(PcapngBytes.NameResolution, new byte[4])
            .Block(PcapngBytes.DecryptionSecrets, new byte[400])
            .Block(0x80000001, [])
            .Packet(1, Hello)
            .ToArray());

        Assert.Single(reading.Packets);
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_section_of_another_version_ends_the_reading()
    {
        var file = new PcapngBytes().Section().Interface().Packet(1, Hello);
        var offset = file.Length;
        var reading = CaptureReading.Of(file.Section(major: 2).Interface().Packet(2, Hello).ToArray());

        Assert.Single(reading.Packets);
        Assert.Equal(
            new CaptureRemark(
                CaptureRemarkKind.Damaged, CaptureReading.Name, offset + 12, "pcapng version 1.0", "2.0"),
            Assert.Single(reading.Remarks));
    }

    [Fact]
    public void A_later_minor_version_is_read_with_a_remark()
    {
        var reading = CaptureReading.Of(
            new PcapngBytes().Section(minor: 3).Interface().Packet(1, Hello).ToArray());

        Assert.Single(reading.Packets);
        Assert.Equal(CaptureRemarkKind.Odd, Assert.Single(reading.Remarks).Kind);
    }

    [Theory]
    [InlineData(PcapngBytes.EnhancedPacket)]
    [InlineData(PcapngBytes.ObsoletePacket)]
    [InlineData(PcapngBytes.SimplePacket)]
    public void A_packet_of_no_known_interface_is_passed_over(uint type)
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section()
            .Block(type, new byte[24]).Interface().Packet(1, Hello).ToArray());

        Assert.Equal(HelloOctets, Assert.Single(reading.Packets).Octets);
        Assert.Equal(CaptureRemarkKind.Skipped, Assert.Single(reading.Remarks).Kind);
    }

    [Theory]
    [InlineData(9u)]
    [InlineData(uint.MaxValue)]
    public void A_packet_longer_than_its_block_is_passed_over(uint captured)
    {
        var file = new PcapngBytes().Section().Interface();
        var offset = file.Length;
        file.Block(
            PcapngBytes.EnhancedPacket, body => body.U32(0).U64(0).U32(captured).U32(captured).Octets(new byte[8]));
        var reading = CaptureReading.Of(file.Packet(1, Hello).ToArray());

        Assert.Equal(HelloOctets, Assert.Single(reading.Packets).Octets);
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Skipped, offset), (remark.Kind, remark.Offset));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(11u)]
    [InlineData(40u)]
    [InlineData(41u)]
    public void After_a_wrong_block_length_nothing_is_certain(uint length)
    {
        var file = new PcapngBytes().Section().Interface().Packet(1, Hello);
        var offset = file.Length;
        file.Block(PcapngBytes.EnhancedPacket, new byte[24], length, trailer: 36).Packet(2, Hello).Packet(3, Hello);
        var reading = CaptureReading.Of(file.ToArray());

        Assert.Single(reading.Packets);
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Damaged, offset), (remark.Kind, remark.Offset));
    }

    [Theory]
    [InlineData(PcapngBytes.EnhancedPacket)]
    [InlineData(PcapngBytes.NameResolution)]
    public void A_block_as_long_as_can_be_said_is_cut_off_by_the_end(uint type)
    {
        var file = new PcapngBytes().Section().Interface().Packet(1, Hello);
        var offset = file.Length;
        var reading = CaptureReading.Of(
            file.Block(type, new byte[24], uint.MaxValue).Packet(2, Hello).ToArray());

        Assert.Single(reading.Packets);
        var last = reading.Remarks[^1];
        Assert.Equal((CaptureRemarkKind.Truncated, offset), (last.Kind, last.Offset));
    }

    [Fact]
    public void A_block_that_leaves_its_padding_out_of_its_length_is_read()
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section().Interface()
            .Block(
                PcapngBytes.EnhancedPacket,
                new OctetBuilder().U32(0).U64(0).U32(5).U32(5).Octets(Hello).Pad().ToArray(),
                length: 37)
            .Packet(1, Hello)
            .ToArray());

        Assert.Equal([HelloOctets, HelloOctets], reading.Packets.Select(packet => packet.Octets));
        Assert.Equal(CaptureRemarkKind.Odd, Assert.Single(reading.Remarks).Kind);
    }

    [Fact]
    public void Options_that_go_past_their_block_lose_no_packet()
    {
        var reading = CaptureReading.Of(new PcapngBytes().Section()
            .Block(PcapngBytes.InterfaceDescription, body => body.U16(1).U16(0).U32(0).U16(9).U16(ushort.MaxValue))
            .Packet(1, Hello)
            .ToArray());

        Assert.Equal(1000, Assert.Single(reading.Packets).Nanoseconds);
    }

    [Fact]
    public void A_name_without_end_is_kept_only_so_far()
    {
        var reading = CaptureReading.Of(
            new PcapngBytes().Section().Interface(name: new string('x', 60_000)).ToArray());

        Assert.Equal(1024, Assert.Single(reading.Interfaces).Name!.Length);
    }

    [Fact]
    public void More_interfaces_than_can_be_counted_are_not_kept()
    {
        var file = new PcapngBytes().Section();
        for (var i = 0; i <= ushort.MaxValue; i++)
        {
            file.Interface();
        }

        var reading = CaptureReading.Of(
            file.Packet(1, Hello, from: ushort.MaxValue - 1).Packet(2, Hello, from: ushort.MaxValue).ToArray());

        Assert.Equal(ushort.MaxValue, reading.Interfaces.Count);
        Assert.Equal(ushort.MaxValue - 1, Assert.Single(reading.Packets).Interface);
        Assert.Equal(CaptureRemarkKind.Skipped, Assert.Single(reading.Remarks).Kind);
    }

    [Theory]
    [InlineData(12u, 12u)]
    [InlineData(uint.MaxValue, 28u)]
    [InlineData(28u, 32u)]
    public void A_first_block_that_is_broken_is_refused(uint length, uint trailer)
    {
        var body = new OctetBuilder().U32(0x1a2b3c4d).U16(1).U16(0).U64(ulong.MaxValue).ToArray();

        var refusal = CaptureReading.RefusalOf(new PcapngBytes()
            .Block(PcapngBytes.SectionHeader, body, length, trailer).Interface().Packet(1, Hello).ToArray());

        Assert.StartsWith(
            "test.pcap: a pcapng file that cannot be read: expected a ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_block_without_the_byte_order_magic_is_refused() =>
        Assert.Equal(
            "test.pcap: a pcapng file that cannot be read: expected the byte-order magic 1a2b3c4d in either order at "
            + "offset 8, found 20 20 20 20 (\"    \")",
            CaptureReading.RefusalOf("\n\r\r\n                        "u8.ToArray()));
}
