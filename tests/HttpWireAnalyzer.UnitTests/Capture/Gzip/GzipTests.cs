using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Gzip;
using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Capture.Gzip;

public sealed class GzipTests
{
    // RFC 1951 §3.2.5: 258 octets of two bits, the shortest length and distance.
    private const long MostExpansion = 1032;

    private static readonly byte[] Plain = MakePlain();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void A_packed_file_gives_the_packets_of_the_plain_one(CompressionLevel level)
    {
        var reading = CaptureReading.Of(Pack(Plain, level));

        Assert.Equal(CaptureReading.Of(Plain).Packets, reading.Packets);
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void Members_follow_one_another_wherever_the_file_was_split()
    {
        for (var split = 0; split < 100; split++)
        {
            byte[] file = [.. Pack(Plain[..split]), .. Pack([]), .. Pack(Plain[split..])];
            var reading = CaptureReading.Of(new TrickleStream(file, atATime: split + 1));
            Assert.Equal(CaptureReading.Of(Plain).Packets, reading.Packets);
            Assert.Empty(reading.Remarks);
        }
    }

    [Fact]
    public void Every_optional_field_of_the_header_is_passed_over()
    {
        var packed = Pack(Plain);
        byte[] header = [0x1f, 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, .. "name\0comment\0"u8, 0xab, 0xcd];

        var reading = CaptureReading.Of([.. header, .. packed[10..]]);

        Assert.Equal(CaptureReading.Of(Plain).Packets, reading.Packets);
        Assert.Empty(reading.Remarks);
    }

    [Fact]
    public void A_packed_file_cut_anywhere_says_so_and_gives_what_it_can()
    {
        var whole = CaptureReading.Of(Plain);
        var packed = Pack(Plain);
        var before = 0;
        for (var cut = packed.Length - 1; cut > 1000; cut -= 97)
        {
            var reading = CaptureReading.Of(packed[..cut]);
            Assert.Equal(whole.Packets.Take(reading.Packets.Count), reading.Packets);
            Assert.Equal(CaptureRemarkKind.Truncated, Assert.Single(reading.Remarks).Kind);
            Assert.True(before == 0 || reading.Packets.Count <= before);
            before = reading.Packets.Count;
        }

        // The CRC and the length are cut off, but no packet.
        Assert.Equal(whole.Packets.Count, CaptureReading.Of(packed[..^8]).Packets.Count);
    }

    [Fact]
    public void A_wrong_check_loses_no_packet()
    {
        var packed = Pack(Plain);
        packed[^6] ^= 1;

        var reading = CaptureReading.Of(packed);

        Assert.Equal(CaptureReading.Of(Plain).Packets, reading.Packets);
        Assert.Equal(CaptureRemarkKind.Damaged, Assert.Single(reading.Remarks).Kind);
    }

    [Fact]
    public void Damage_in_the_middle_gives_every_packet_before_it()
    {
        // Stored blocks show where each packet stands in the packed file.
        var packed = Pack(Plain, CompressionLevel.NoCompression);
        packed[10] |= 0x06;
        Assert.Contains("found what no deflate stream has", CaptureReading.RefusalOf(packed), StringComparison.Ordinal);

        var optimal = Pack(Plain);
        var whole = CaptureReading.Of(optimal[..(optimal.Length / 2)]).Packets.Count;
        optimal.AsSpan(optimal.Length / 2, 40).Fill(0xff);
        var reading = CaptureReading.Of(optimal);
        Assert.True(reading.Packets.Count >= whole);
        Assert.Equal(CaptureReading.Of(Plain).Packets.Take(whole), reading.Packets.Take(whole));
        Assert.NotEmpty(reading.Remarks);
    }

    [Theory]
    [InlineData("00000000", 0)]
    [InlineData("0102030405", 1)]
    public void What_follows_the_last_member_is_passed_over(string trailer, int remarks)
    {
        var reading = CaptureReading.Of([.. Pack(Plain), .. Convert.FromHexString(trailer)]);

        Assert.Equal(CaptureReading.Of(Plain).Packets, reading.Packets);
        Assert.Equal(remarks, reading.Remarks.Count(remark => remark.Kind == CaptureRemarkKind.Odd));
        Assert.Equal(remarks, reading.Remarks.Count);
    }

    [Fact]
    public void Any_octets_unpack_to_what_was_packed()
    {
        var octets = Gen.OneOf(
            Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)),
            Gen.ArrayOf(Gen.Choose(0, 3).Select(value => (byte)value), 5000),
            Gen.Choose(0, 200_000).Select(length => new byte[length]),
            Gen.Choose(0, int.MaxValue).Select(RandomWords));
        Prop.ForAll(octets.ToArbitrary(), Arb.From(Gen.Elements(Enum.GetValues<CompressionLevel>())), (plain, level) =>
        {
            var packed = Pack(plain, level);
            Assert.Equal(plain, Unpack(packed, packed.Length, out var fault));
            Assert.Null(fault);
            Assert.Equal(plain, Unpack(packed, 1 + (plain.Length % 13), out _));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Changed_octets_are_found_out()
    {
        var packed = Pack(Plain);
        Prop.ForAll(
            Arb.From(Gen.Choose(10, packed.Length - 1)), Arb.From(Gen.Choose(0, 7)), (offset, bit) =>
            {
                byte[] changed = [.. packed];
                changed[offset] ^= (byte)(1 << bit);
                var plain = Unpack(changed, 4096, out var fault);

                // A match may be found at another distance in a run of zeros, and padding bits mean nothing.
                Assert.True(fault is not null || plain.AsSpan().SequenceEqual(Plain));
                Assert.InRange(plain.Length, 0, packed.Length * MostExpansion);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static byte[] MakePlain()
    {
        PcapBytes file = new();
        Random random = new(7);
        for (uint i = 0; i < 1000; i++)
        {
            var packet = new byte[random.Next(40, 300)];
            random.NextBytes(packet.AsSpan(0, 20));
            file.Packet(i, 0, packet);
        }

        return file.ToArray();
    }

    private static byte[] RandomWords(int seed)
    {
        Random random = new(seed);
        byte[][] words = [.. Enumerable.Range(0, 50).Select(_ => new byte[random.Next(1, 400)])];
        Array.ForEach(words, random.NextBytes);
        return [.. Enumerable.Range(0, 1000).SelectMany(_ => words[random.Next(words.Length)])];
    }

    private static byte[] Pack(byte[] plain, CompressionLevel level = CompressionLevel.Optimal)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        // The platform writes nothing at all for nothing; gzip(1) writes a member.
        return packed.Length > 0 ? packed.ToArray() : Convert.FromHexString("1f8b080000000000000303000000000000000000");
    }

    private static byte[] Unpack(byte[] packed, int atATime, out OctetFault? fault)
    {
        using TrickleStream stream = new(packed, atATime);
        using GzipOctets octets = new([], new StreamOctets(stream, leaveOpen: true));
        using MemoryStream plain = new();
        var buffer = new byte[3000];
        int read;
        while ((read = octets.Read(buffer)) > 0)
        {
            plain.Write(buffer, 0, read);
        }

        fault = octets.Fault;
        return plain.ToArray();
    }
}
