using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Capture.Filter;

/// <summary>On a machine without libpcap these hold that its absence is said; with it, that filters filter.</summary>
public sealed class CaptureFilterTests
{
    private static readonly byte[] Ipv4Frame = [.. new byte[12], 0x08, 0x00, 0x45, .. new byte[40]];
    private static readonly byte[] Ipv6Frame = [.. new byte[12], 0x86, 0xdd, 0x60, .. new byte[40]];

    [Fact]
    public void Packets_that_the_filter_accepts_keep_their_numbers() => WithLibPcap(
        new PcapBytes().Packet(1, 0, Ipv6Frame).Packet(2, 0, Ipv4Frame)
            .Packet(3, 0, []).Packet(4, 0, Ipv4Frame).ToArray(),
        "ip",
        reading =>
        {
            Assert.Equal([2L, 4], reading.Packets.Select(packet => packet.Number));
            Assert.Empty(reading.Remarks);
        });

    [Fact]
    public void The_length_is_that_on_the_wire() => WithLibPcap(
        new PcapBytes().Packet(1, 0, Ipv4Frame, original: 1500).Packet(2, 0, Ipv4Frame).ToArray(),
        "greater 1000",
        reading => Assert.Equal(1, Assert.Single(reading.Packets).Number));

    [Fact]
    public void A_filter_is_compiled_for_each_link_type() => WithLibPcap(
        new PcapngBytes().Section().Interface(linkType: 1).Interface(linkType: 101)
            .Packet(1, Ipv4Frame).Packet(2, Ipv4Frame.AsSpan(14), from: 1)
            .Packet(3, Ipv6Frame).Packet(4, Ipv6Frame.AsSpan(14), from: 1)
            .ToArray(),
        "ip6",
        reading => Assert.Equal([3L, 4], reading.Packets.Select(packet => packet.Number)));

    [Fact]
    public void Packets_of_a_link_type_that_the_filter_does_not_fit_are_remarked() => WithLibPcap(
        new PcapngBytes().Section().Interface(linkType: 1).Interface(linkType: 101)
            .Packet(1, Ipv4Frame).Packet(2, Ipv4Frame.AsSpan(14), from: 1)
            .Packet(3, Ipv4Frame.AsSpan(14), from: 1).ToArray(),
        "ether src 00:00:00:00:00:00",
        reading =>
        {
            Assert.Equal(1, Assert.Single(reading.Packets).Number);
            Assert.Equal(CaptureRemarkKind.Skipped, Assert.Single(reading.Remarks).Kind);
        });

    [Fact]
    public void A_file_without_packets_still_proves_its_filter() =>
        WithLibPcap(new PcapBytes().ToArray(), "ip", reading => Assert.Empty(reading.Packets));

    [Theory]
    [InlineData("tcp prot 80")]
    [InlineData("ip and (")]
    public void A_filter_that_does_not_compile_is_refused_with_libpcaps_words(string filter)
    {
        var file = new PcapBytes().Packet(1, 0, Ipv4Frame).ToArray();

        var refusal = Record.Exception(() => CaptureReading.Of(file, filter));

        if (refusal is CaptureFormatException)
        {
            AssertNamesThePackage(refusal);
            return;
        }

        var error = Assert.IsType<CaptureFilterException>(refusal);
        Assert.Equal(filter, error.Filter);
        Assert.Contains("syntax error", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_filter_is_no_filter() =>
        Assert.Single(CaptureReading.Of(new PcapBytes().Packet(1, 0, Ipv4Frame).ToArray(), filter: " ").Packets);

    private static void WithLibPcap(byte[] file, string filter, Action<CaptureReading> check)
    {
        CaptureReading reading;
        try
        {
            reading = CaptureReading.Of(file, filter);
        }
        catch (CaptureFormatException missing)
        {
            AssertNamesThePackage(missing);
            return;
        }

        check(reading);
    }

    private static void AssertNamesThePackage(Exception missing) =>
        Assert.Contains("install libpcap0.8", missing.Message, StringComparison.Ordinal);
}
