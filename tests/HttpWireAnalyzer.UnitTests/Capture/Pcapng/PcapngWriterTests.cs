using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Pcapng;

public sealed class PcapngWriterTests
{
    private static readonly CaptureOrigin Origin = new("hwa test");

    /// <summary>Octet for octet as the draft has the blocks, written out by another hand.</summary>
    [Fact]
    public void Blocks_are_as_the_draft_has_them()
    {
        using MemoryStream file = new();
        PcapngWriter writer = new(file, new CaptureOrigin("hwa", "X64", "Linux", "why"));
        writer.AddInterfaces([new CaptureInterface("eth0", LinkType.LinuxCooked2, 262144, "tcp port 80")]);
        writer.AddSecrets([new CaptureSecrets(0x544c534b, "KEYS1"u8.ToArray())]);
        writer.Add(Record(at: 0x1_0000_0002, original: 1500), "Hello"u8, new PacketNotes(2, ["first", "é"]));
        writer.Add(Record(at: 5, original: 4), "Four"u8);
        writer.AddStatistics(0, new Timestamp(7), new InterfaceCounts(10, 9, 1, 2, 7) { Since = new Timestamp(0x3_0000_0004) });
        writer.Flush();

        var expected = new PcapngBytes()
            .Block(PcapngBytes.SectionHeader, body =>
            {
                body.U32(0x1a2b3c4d).U16(1).U16(0).U64(ulong.MaxValue);
                body.U16(1).U16(3).Octets("why"u8).Pad().U16(2).U16(3).Octets("X64"u8).Pad();
                body.U16(3).U16(5).Octets("Linux"u8).Pad().U16(4).U16(3).Octets("hwa"u8).Pad().U32(0);
            })
            .Interface(276, 262144, "eth0", "tcp port 80", resolution: 9)
            .Block(PcapngBytes.DecryptionSecrets, body => body.U32(0x544c534b).U32(5).Octets("KEYS1"u8).Pad())
            .Block(PcapngBytes.EnhancedPacket, body =>
            {
                body.U32(0).U32(1).U32(2).U32(5).U32(1500).Octets("Hello"u8).Pad();
                body.U16(1).U16(5).Octets("first"u8).Pad().U16(1).U16(2).Octets("é"u8).Pad();
                body.U16(2).U16(4).U32(2).U32(0);
            })
            .Packet(5, "Four"u8)
            .Block(PcapngBytes.InterfaceStatistics, body =>
            {
                body.U32(0).U32(0).U32(7).U16(2).U16(8).U32(3).U32(4).U16(4).U16(8).U64(10).U16(5).U16(8).U64(1).U16(6).U16(8).U64(9);
                body.U16(7).U16(8).U64(2).U16(8).U16(8).U64(7).U32(0);
            })
            .ToArray();
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(file.ToArray()));
        Assert.Equal((expected.Length, 2), (writer.Octets, writer.Packets));
    }

    [Fact]
    public void What_is_written_is_read() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        Random random = new(seed);
        CaptureInterface[] interfaces =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new CaptureInterface(
                random.Next(2) == 0 ? null : $"lo{i}é",
                (LinkType)random.Next(ushort.MaxValue + 1),
                (uint)random.Next(),
                random.Next(2) == 0 ? null : "tcp")
            {
                Counts = new InterfaceCounts(Some(random), null, Some(random), Some(random), Some(random))
                {
                    Since = Some(random) is { } since ? new Timestamp(since) : null,
                },
            })];
        List<ReadPacket> packets = [];
        using MemoryStream file = new();
        PcapngWriter writer = new(file, Origin);
        writer.AddInterfaces(interfaces);
        for (var i = random.Next(20); i > 0; i--)
        {
            var octets = new byte[random.Next(random.Next(10) == 0 ? 300_000 : 100)];
            random.NextBytes(octets);
            var from = (ushort)random.Next(interfaces.Length);
            PacketRecord record = new(
                new PacketRef(packets.Count + 1, new Timestamp(random.NextInt64())),
                0,
                octets.Length,
                octets.Length + random.Next(2000),
                interfaces[from].LinkType,
                from);
            writer.Add(record, octets, random.Next(3) == 0 ? new PacketNotes(1, [new string('x', random.Next(70_000))]) : null);
            packets.Add(new ReadPacket(
                record.Packet.Number,
                record.Packet.Time.Nanoseconds,
                Convert.ToHexString(octets),
                record.OriginalLength,
                record.LinkType,
                from));
        }

        for (var id = 0; id < interfaces.Length; id++)
        {
            writer.AddStatistics(id, new Timestamp(1), interfaces[id].Counts);
        }

        writer.Flush();
        var reading = CaptureReading.Of(file.ToArray());
        Assert.Equal(packets, reading.Packets);
        Assert.Equal(interfaces, reading.Interfaces);

        // Of a link type that is not decoded.
        Assert.All(reading.Remarks, remark => Assert.Equal(CaptureRemarkKind.Skipped, remark.Kind));
    }).QuickCheckThrowOnFailure();

    private static long? Some(Random random) => random.Next(2) == 0 ? null : random.NextInt64();

    [Fact]
    public void Notes_and_keys_are_read_in_either_order_where_they_are_asked_for()
    {
        foreach (var bigEndian in (bool[])[false, true])
        {
            var file = new PcapngBytes().Section(bigEndian).Interface()
                .Block(PcapngBytes.DecryptionSecrets, body => body.U32(0x544c534b).U32(3).Octets("KEY"u8).Pad())
                .Block(PcapngBytes.EnhancedPacket, body =>
                {
                    body.U32(0).U32(0).U32(1).U32(5).U32(5).Octets("Hello"u8).Pad();
                    body.U16(1).U16(4).Octets("note"u8).U16(2).U16(4).U32(0x12).U32(0);
                })
                .Packet(2, "none"u8)
                .ToArray();
            using var source = CaptureFile.Open(
                new MemoryStream(file), "-", new CaptureFileOptions { KeepsExtras = true });
            PacketBatch batch = new();
            Assert.True(source.Read(batch));
            var notes = Assert.IsType<PacketNotes>(batch.NotesOf(0));
            Assert.Equal((0x12u, "note"), (notes.Flags, Assert.Single(notes.Comments)));
            Assert.Null(batch.NotesOf(1));
            var secrets = Assert.Single(((ISecretSource)source).Secrets);
            Assert.Equal((0x544c534bu, "KEY"), (secrets.Type, System.Text.Encoding.UTF8.GetString(secrets.Octets.Span)));
        }
    }

    [Fact]
    public void Keys_that_are_longer_than_their_block_are_passed_over_with_a_remark()
    {
        var file = new PcapngBytes().Section().Interface()
            .Block(PcapngBytes.DecryptionSecrets, body => body.U32(0x544c534b).U32(99).Octets("KEY"u8).Pad())
            .Packet(2, "Hello"u8)
            .ToArray();
        using var source = CaptureFile.Open(
            new MemoryStream(file), "-", new CaptureFileOptions { KeepsExtras = true });
        Assert.True(source.Read(new PacketBatch()));
        Assert.Empty(((ISecretSource)source).Secrets);
        Assert.Equal(CaptureRemarkKind.Skipped, Assert.Single(source.Remarks).Kind);
    }

    /// <summary>Wherever the disk is full, the file ends with a whole block, and the counts say what is in it.</summary>
    [Fact]
    public void A_full_disk_leaves_whole_blocks()
    {
        // A section header of 44 octets and an interface of 40; then a packet of 50 octets in a block of 84.
        const int Headers = 84;
        const int PacketBlock = 84;
        for (var room = Headers; room < 1200; room++)
        {
            using FullDisk disk = new(room);
            PcapngWriter writer = new(disk, Origin);
            writer.AddInterfaces([new CaptureInterface("lo", LinkType.Ethernet, 0, null)]);
            writer.Flush();
            for (var i = 0; i < 20; i++)
            {
                writer.Add(Record(at: i, original: 50), new byte[50]);
            }

            Assert.Throws<IOException>(writer.Flush);
            var reading = CaptureReading.Of(disk.ToArray());
            Assert.Empty(reading.Remarks);
            Assert.Equal((reading.Packets.Count, disk.Length), (writer.Packets, writer.Octets));
            Assert.Equal((room - Headers) / PacketBlock, reading.Packets.Count);
        }
    }

    /// <summary>A device can be sought and not be cut: the reason told is that of the write.</summary>
    [Fact]
    public void A_device_that_takes_nothing_says_so()
    {
        using FullDevice device = new();
        PcapngWriter writer = new(device, Origin);
        writer.AddInterfaces([new CaptureInterface("lo", LinkType.Ethernet, 0, null)]);
        Assert.Equal("No space left on device", Assert.Throws<IOException>(writer.Flush).Message);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        PcapngWriter writer = new(Stream.Null, Origin);
        var octets = new byte[1500];
        Assert.Equal(0, Allocation.LeastOf(_ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                writer.Add(Record(i, 1500), octets);
            }
        }));
    }

    private static PacketRecord Record(long at, int original) =>
        new(new PacketRef(1, new Timestamp(at)), 0, 0, original, LinkType.Ethernet, Interface: 0);

    private sealed class FullDevice : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void SetLength(long value) => throw new IOException("Invalid argument");
    }

    /// <summary>A disk with so much room: a write that does not fit is written in part.</summary>
    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = Math.Min(buffer.Length, room - (int)Position);
            base.Write(buffer[..fits]);
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
