using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture;

/// <summary>Files cut at every octet, given in pieces of every size, and with octets changed.</summary>
public sealed class EveryCutTests
{
    private static readonly byte[] Hello = "Hello"u8.ToArray();

    private static readonly byte[] Pcap = new PcapBytes()
        .Packet(1, 0, Hello).Packet(2, 0, []).Packet(3, 0, new byte[100]).Packet(4, 5, Hello).ToArray();

    private static readonly byte[] Modified = new PcapBytes(PcapBytes.Modified, bigEndian: true)
        .Packet(1, 0, Hello).Packet(2, 0, Hello).ToArray();

    private static readonly byte[] Pcapng = new PcapngBytes()
        .Section().Interface(name: "eth0").Packet(1, Hello).Block(PcapngBytes.NameResolution, new byte[40])
        .Section(bigEndian: true).Interface(resolution: 9).Packet(2, Hello).Statistics(0, 1, 2)
        .Packet(3, Hello).ToArray();

    public static TheoryData<byte[], int> Files => new()
    {
        // The file, and the octets without which it is no capture.
        { Pcap, 24 },
        { Modified, 24 },
        { Pcapng, 28 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_anywhere_gives_every_packet_before_the_cut(byte[] file, int header)
    {
        var whole = CaptureReading.Of(file);
        Assert.Empty(whole.Remarks);
        List<ReadPacket> before = [];
        long recordStart = header;
        for (var cut = header; cut < file.Length; cut++)
        {
            var reading = CaptureReading.Of(file[..cut]);
            Assert.Equal(whole.Packets.Take(reading.Packets.Count), reading.Packets);
            Assert.True(reading.Packets.Count >= before.Count, $"fewer packets at {cut} than before it");
            if (reading.Remarks is [])
            {
                // A cut between two records is not seen as one.
                recordStart = cut;
            }
            else
            {
                var remark = Assert.Single(reading.Remarks);
                Assert.Equal((CaptureRemarkKind.Truncated, recordStart), (remark.Kind, remark.Offset));
                Assert.Contains($" after {cut - recordStart} octets", remark.Found, StringComparison.Ordinal);
            }

            before = [.. reading.Packets];
        }

        Assert.Equal(whole.Packets.Count - 1, before.Count);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_before_its_first_record_is_refused(byte[] file, int header)
    {
        for (var cut = 0; cut < header; cut++)
        {
            var refusal = CaptureReading.RefusalOf(file[..cut]);
            Assert.StartsWith("test.pcap: not a ", refusal, StringComparison.Ordinal);
            Assert.Contains("expected a ", refusal, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Pieces_of_any_size_give_the_same_packets(byte[] file, int header)
    {
        var whole = CaptureReading.Of(file);
        for (var atATime = 1; atATime <= file.Length; atATime++)
        {
            var reading = CaptureReading.Of(new TrickleStream(file, atATime));
            Assert.Equal(whole.Packets, reading.Packets);
            Assert.Equal(whole.Interfaces, reading.Interfaces);
            Assert.Empty(reading.Remarks);
        }

        Assert.True(header < file.Length);
    }

    [Fact]
    public void A_pipe_gives_a_packet_on_as_soon_as_it_is_whole()
    {
        using TrickleStream pipe = new(Pcap, atATime: 1);
        using var source = CaptureFile.Open(pipe, "-", new CaptureFileOptions());
        PacketBatch batch = new();

        Assert.True(source.Read(batch));

        Assert.Equal(1, batch.Count);
        Assert.Equal(24 + 16 + Hello.Length, pipe.Given);
    }

    [Fact]
    public void A_disk_that_fails_loses_nothing_that_was_read()
    {
        var reading = CaptureReading.Of(new TrickleStream(Pcap, atATime: 50, failsAt: 100));

        Assert.Equal(CaptureReading.Of(Pcap).Packets.Take(2), reading.Packets);
        var remark = Assert.Single(reading.Remarks);
        Assert.Equal((CaptureRemarkKind.Damaged, 100), (remark.Kind, remark.Offset));
        Assert.Throws<CaptureFormatException>(() => CaptureReading.Of(new TrickleStream(Pcap, atATime: 4, failsAt: 4)));
    }

    [Fact]
    public void Changed_octets_never_throw_anything_but_a_refusal()
    {
        byte[][] files = [Pcap, Modified, Pcapng];
        Gen<(int File, int Offset, byte Value)[]> changes = Gen.ArrayOf(
            from file in Gen.Choose(0, files.Length - 1)
            from offset in Gen.Choose(0, Pcapng.Length - 1)
            from value in Gen.Elements<byte>(0, 1, 4, 0x7f, 0x80, 0xff)
            select (file, offset, value));
        Prop.ForAll(changes.ToArbitrary(), changed =>
        {
            if (changed.Length == 0)
            {
                return;
            }

            byte[] file = [.. files[changed[0].File]];
            foreach ((_, var offset, var value) in changed)
            {
                file[offset % file.Length] = value;
            }

            try
            {
                var reading = CaptureReading.Of(file);
                Assert.All(reading.Remarks, remark => Assert.InRange(remark.Offset, 0, file.Length));
                Assert.True(reading.Packets.Sum(packet => packet.Octets.Length / 2) <= file.Length);
            }
            catch (CaptureFormatException refusal)
            {
                Assert.DoesNotContain(refusal.Message, char.IsControl);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
