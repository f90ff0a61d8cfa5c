using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Pcap;

public sealed class PcapReaderTests
{
    private static readonly byte[] Hello = "Hello"u8.ToArray();

    [Theory]
    [InlineData(PcapBytes.Microseconds, 1000)]
    [InlineData(PcapBytes.Nanoseconds, 1)]
    [InlineData(PcapBytes.Modified, 1000)]
    [InlineData(PcapBytes.IxiaHardware, 1)]
    [InlineData(PcapBytes.IxiaSoftware, 1000)]
    public void Every_magic_is_read_in_both_orders(uint magic, int nanosecondsPerUnit)
    {
        foreach (var bigEndian in new[] { false, true })
        {
            var reading = CaptureReading.Of(new PcapBytes(magic, bigEndian, linkType: 113)
                .Packet(1_700_000_000, 123_456, Hello, original: 1500)
                .Packet(uint.MaxValue, 999_999, [])
                .ToArray());

            Assert.Equal(
                [
                    new ReadPacket(
                        1,
                        1_700_000_000_000_000_000 + (123_456L * nanosecondsPerUnit),
                        "48656C6C6F",
                        1500,
                        LinkType.LinuxCooked,
                        0),
                    new ReadPacket(
                        2, 4_294_967_295_000_000_000 + (999_999L * nanosecondsPerUnit), "", 0, LinkType.LinuxCooked, 0),
                ],
                reading.Packets);
            Assert.Empty(reading.Remarks);
            Assert.Equal([new CaptureInterface(null, LinkType.LinuxCooked, 65535, null)], reading.Interfaces);
        }
    }

    [Fact]
    public void A_file_without_packets_is_a_capture()
    {
        var reading = CaptureReading.Of(new PcapBytes().ToArray());

        Assert.Empty(reading.Packets);
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_link_type_that_is_not_decoded_is_remarked()
    {
        var reading = CaptureReading.Of(new PcapBytes(linkType: 147).Packet(1, 0, Hello).ToArray());

        Assert.Single(reading.Packets);
        Assert.Equal(
            new CaptureRemark(
                CaptureRemarkKind.Skipped,
                CaptureReading.Name,
                20,
                "a link type that can be decoded",
                "147, whose packets tell nothing here"),
            Assert.Single(reading.Remarks));
    }

    [Fact]
    public void The_bits_above_the_link_type_are_not_part_of_it()
    {
        var reading = CaptureReading.Of(
            new PcapBytes(linkType: 0x2400_0001).Packet(1, 0, Hello).ToArray());

        Assert.Equal(LinkType.Ethernet, Assert.Single(reading.Packets).LinkType);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 0)]
    [InlineData(543, 0)]
    public void Before_version_2_3_the_original_length_comes_first(ushort major, ushort minor)
    {
        var reading = CaptureReading.Of(
            new PcapBytes(major: major, minor: minor).Record(1, 0, 1500, 5, Hello).ToArray());

        var packet = Assert.Single(reading.Packets);
        Assert.Equal(("48656C6C6F", 1500), (packet.Octets, packet.OriginalLength));
    }

    [Fact]
    public void In_version_2_3_the_smaller_length_is_the_captured_one()
    {
        var reading = CaptureReading.Of(new PcapBytes(minor: 3)
            .Record(1, 0, 1500, 5, Hello)
            .Record(2, 0, 5, 1500, Hello)
            .ToArray());

        Assert.Equal(
            [("48656C6C6F", 1500), ("48656C6C6F", 1500)],
            reading.Packets.Select(packet => (packet.Octets, packet.OriginalLength)));
    }

    [Theory]
    [InlineData(2, 5, "2.5")]
    [InlineData(1, 4, "1.4")]
    [InlineData(3, 0, "3.0")]
    public void Another_version_is_refused(ushort major, ushort minor, string version)
    {
        var refusal = CaptureReading.RefusalOf(
            new PcapBytes(major: major, minor: minor).Packet(1, 0, Hello).ToArray());

        Assert.Equal(
            "test.pcap: a pcap file that cannot be read: expected a pcap version from 2.0 to 2.4 at offset 4, found "
            + version,
            refusal);
    }

    [Fact]
    public void An_impossible_fraction_is_counted_on_and_remarked_once()
    {
        var file = new PcapBytes().Packet(10, 999_999, Hello);
        var offset = file.Length;
        var reading = CaptureReading.Of(
            file.Packet(10, 1_000_000, Hello).Packet(10, uint.MaxValue, Hello).ToArray());

        Assert.Equal([10_999_999_000, 11_000_000_000, 4_304_967_295_000], reading.Packets.Select(p => p.Nanoseconds));
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Odd, offset), (remark.Kind, remark.Offset));
        Assert.Equal("1000000, counted on into the next second (the first of 2)", remark.Found);
    }

    [Theory]
    [InlineData(uint.MaxValue, 65535u)]
    [InlineData(262_145u, 65535u)]
    [InlineData(262_145u, 0u)]
    [InlineData(64 * 1024 * 1024 + 1u, uint.MaxValue)]
    public void A_captured_length_beyond_any_packet_ends_the_reading(uint captured, uint snapLength)
    {
        var file = new PcapBytes(snapLength: snapLength).Packet(1, 0, Hello);
        var offset = file.Length;
        var reading = CaptureReading.Of(
            file.Record(2, 0, captured, captured, Hello).Packet(3, 0, Hello).ToArray());

        Assert.Single(reading.Packets);
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Damaged, offset), (remark.Kind, remark.Offset));
    }

    [Fact]
    public void A_length_field_alone_allocates_nothing()
    {
        var file = new PcapBytes(snapLength: uint.MaxValue)
            .Record(1, 0, 64 * 1024 * 1024, 64 * 1024 * 1024, Hello)
            .ToArray();
        CaptureReading.Of(file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = CaptureReading.Of(file);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(CaptureRemarkKind.Truncated, Assert.Single(reading.Remarks).Kind);
        Assert.InRange(allocated, 0, 2 * 1024 * 1024);
    }

    [Fact]
    public void A_packet_larger_than_the_buffer_is_read_whole()
    {
        var large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        var reading = CaptureReading.Of(
            new PcapBytes(snapLength: 8_000_000).Packet(1, 0, Hello).Packet(2, 0, large).Packet(3, 0, Hello).ToArray());

        Assert.Equal(
            ["48656C6C6F", Convert.ToHexString(large), "48656C6C6F"], reading.Packets.Select(packet => packet.Octets));
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void Original_lengths_may_be_anything()
    {
        var reading = CaptureReading.Of(new PcapBytes()
            .Packet(1, 0, Hello, original: 0)
            .Packet(1, 0, Hello, original: uint.MaxValue)
            .ToArray());

        Assert.Equal([0, int.MaxValue], reading.Packets.Select(packet => packet.OriginalLength));
    }
}
