using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Merge;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Capture.Merge;

public sealed class MergeTests
{
    private const uint Millisecond = 1000;

    [Fact]
    public void Files_become_one_timeline_by_time_and_then_by_the_order_of_the_paths()
    {
        var reading = Merge(
            new PcapBytes().Packet(1, 0, "a1"u8).Packet(3, 0, "a3"u8).Packet(5, 0, "a5"u8),
            new PcapBytes().Packet(3, 0, "b3"u8).Packet(4, 0, "b4"u8),
            new PcapBytes().Packet(0, 0, "c0"u8).Packet(3, 0, "c3"u8));

        Assert.Equal(["c0", "a1", "a3", "b3", "c3", "b4", "a5"], Texts(reading));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], reading.Packets.Select(packet => packet.Number));
    }

    [Fact]
    public void Within_a_file_the_order_is_the_files_own_as_mergecap_has_it()
    {
        var reading = Merge(
            new PcapBytes().Packet(5, 0, "a5"u8).Packet(1, 0, "a1"u8),
            new PcapBytes().Packet(2, 0, "b2"u8).Packet(6, 0, "b6"u8));

        Assert.Equal(["b2", "a5", "a1", "b6"], Texts(reading));
    }

    [Fact]
    public void Many_packets_of_many_files_all_come()
    {
        PcapBytes[] files = [.. Enumerable.Range(0, 5).Select(_ => new PcapBytes())];
        Random random = new(3);
        for (uint i = 0; i < 20_000; i++)
        {
            files[random.Next(files.Length)].Packet(i / 100, i % 100, BitConverter.GetBytes(i));
        }

        var reading = Merge(files);

        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => Convert.ToHexString(BitConverter.GetBytes(i))),
            reading.Packets.Select(packet => packet.Octets));
    }

    [Fact]
    public void A_packet_larger_than_the_batch_memory_is_merged_whole()
    {
        var large = new byte[3_000_000];
        var reading = Merge(
            new PcapBytes(snapLength: 4_000_000).Packet(1, 0, "a1"u8).Packet(3, 0, large).Packet(4, 0, "a4"u8),
            new PcapBytes().Packet(2, 0, "b2"u8));

        Assert.Equal([2, 2, 3_000_000, 2], reading.Packets.Select(packet => packet.Octets.Length / 2));
    }

    [Fact]
    public void Interfaces_are_counted_over_all_files()
    {
        var source = Source(
            new PcapngBytes().Section().Interface(linkType: 1, name: "a").Packet(5, "a"u8)
                .Interface(linkType: 113, name: "late").Packet(7, "late"u8, from: 1)
                .Statistics(0, interfaceDropped: 9).ToArray(),
            new PcapngBytes().Section().Interface(linkType: 101, name: "b").Packet(6, "b"u8)
                .Interface(name: "unused").ToArray());
        var reading = CaptureReading.Of(source);

        Assert.Equal(["a", "b", "late"], reading.Packets.Select(packet => reading.Interfaces[packet.Interface].Name));
        Assert.All(
            reading.Packets,
            packet => Assert.Equal(reading.Interfaces[packet.Interface].LinkType, packet.LinkType));
        Assert.Equal(9, reading.Interfaces[reading.Packets[0].Interface].Dropped);
        Assert.Equal(["a", "b", "late", "unused"], reading.Interfaces.Select(known => known.Name).Order());
    }

    [Fact]
    public void A_frame_that_two_files_show_within_5_ms_is_left_out_and_keeps_its_number()
    {
        var reading = Merge(
            new PcapBytes().Packet(1, 0, "same"u8).Packet(2, 0, "late"u8).Packet(3, 0, "last"u8),
            new PcapBytes().Packet(1, 5 * Millisecond, "same"u8).Packet(2, 5001, "late"u8));

        Assert.Equal(["same", "late", "late", "last"], Texts(reading));
        Assert.Equal([1, 3, 4, 5], reading.Packets.Select(packet => packet.Number));
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Skipped, "file1"), (remark.Kind, remark.File));
        Assert.Equal("1 that another one has within 5 ms, counted once; the first is #2", remark.Found);
    }

    [Fact]
    public void A_frame_repeated_within_one_file_is_never_left_out()
    {
        var reading = Merge(
            new PcapBytes().Packet(1, 0, "same"u8).Packet(1, 1, "same"u8).Packet(1, 2, "same"u8),
            new PcapBytes().Packet(9, 0, "other"u8));

        Assert.Equal(["same", "same", "same", "other"], Texts(reading));
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_frame_sent_twice_and_shown_by_three_files_comes_twice()
    {
        var reading = Merge(
            new PcapBytes().Packet(1, 0, "same"u8).Packet(1, 10, "same"u8),
            new PcapBytes().Packet(1, 1, "same"u8).Packet(1, 2, "same"u8),
            new PcapBytes().Packet(1, 20, "same"u8).Packet(1, 21, "same"u8));

        Assert.Equal(2, reading.Packets.Count);
    }

    [Fact]
    public void Frames_that_differ_in_anything_are_two_frames()
    {
        var reading = Merge(
            new PcapBytes().Packet(1, 0, "same"u8).Packet(1, 1, "octets"u8),
            new PcapBytes(linkType: 101).Packet(1, 0, "same"u8),
            new PcapBytes().Packet(1, 0, "same"u8, original: 1500).Packet(1, 1, "octetS"u8));

        Assert.Equal(5, reading.Packets.Count);
    }

    [Fact]
    public void More_files_than_a_word_has_bits_are_told_apart()
    {
        var reading = Merge(
            [
                .. Enumerable.Range(0, 130).Select(
                    i => new PcapBytes().Packet(1, (uint)i, "same"u8).Packet(1, (uint)i, "same"u8)),
            ]);

        Assert.Equal(2, reading.Packets.Count);
    }

    [Fact]
    public void More_frames_than_are_remembered_lose_no_packet()
    {
        PcapBytes first = new();
        PcapBytes second = new();
        for (var i = 0; i < 40_000; i++)
        {
            first.Packet(1, 0, BitConverter.GetBytes(i));
        }

        second.Packet(1, 0, BitConverter.GetBytes(39_999)).Packet(1, 0, BitConverter.GetBytes(0))
            .Packet(1, 0, "other"u8);
        var reading = Merge(first, second);

        // The newest is known and left out, the oldest is forgotten and kept.
        Assert.Equal(40_000 + 2, reading.Packets.Count);
    }

    private static CaptureReading Merge(params PcapBytes[] files) =>
        CaptureReading.Of(Source([.. files.Select(file => file.ToArray())]));

    private static MergedSource Source(params byte[][] files)
    {
        IPacketSource[] sources =
        [
            .. files.Select(
                (file, i) => CaptureFile.Open(new MemoryStream(file), $"file{i}", new CaptureFileOptions())),
        ];
        return new MergedSource(sources, [.. files.Select((_, i) => $"file{i}")]);
    }

    private static IEnumerable<string> Texts(CaptureReading reading) =>
        reading.Packets.Select(packet => System.Text.Encoding.ASCII.GetString(Convert.FromHexString(packet.Octets)));
}
