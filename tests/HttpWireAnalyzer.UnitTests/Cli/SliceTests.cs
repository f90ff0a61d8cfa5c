using System.Text;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.UnitTests.Capture;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;

namespace HttpWireAnalyzer.UnitTests.Cli;

public sealed class SliceTests
{
    private static readonly byte[] Request = "GET /wanted HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray();

    [Fact]
    public void What_came_in_fragments_goes_with_all_of_its_frames()
    {
        var (first, second) = Fragments(source: "192.0.2.1:5000", identification: 7);
        var (otherFirst, otherSecond) = Fragments(source: "192.0.2.9:5000", identification: 8);
        var sliced = Slice(Capture(first, otherFirst, otherSecond, second), "-Y", "client.address == 192.0.2.1");
        Assert.Equal([first, second], OctetsOf(sliced));

        // Chosen for itself, a fragment comes once, and in its place.
        var chosen = Slice(Capture(first, otherFirst, otherSecond, second), "--packets", "-Y", "packet.number == 1 || client.address == 192.0.2.1");
        Assert.Equal([first, second], OctetsOf(chosen));
    }

    [Fact]
    public void Everything_that_a_packet_has_goes_with_it()
    {
        var frame = Ethernet(TcpPacket(EndpointOf("192.0.2.1:5000"), EndpointOf("192.0.2.2:80"), Request));
        var file = new PcapngBytes().Section(bigEndian: true)
            .Interface(name: "unused", linkType: 101)
            .Interface(name: "eth0", snapLength: 100, filter: "tcp", resolution: 9)
            .Block(PcapngBytes.DecryptionSecrets, body => body.U32(0x544c534b).U32(3).Octets("KEY"u8).Pad())
            .Block(PcapngBytes.EnhancedPacket, body =>
            {
                body.U32(1).U32(1).U32(2).U32((uint)frame.Length).U32(1500).Octets(frame).Pad();
                body.U16(1).U16(4).Octets("note"u8).U16(2).U16(4).U32(2).U32(0);
            })
            .Statistics(of: 1, systemDropped: 5)
            .ToArray();

        var sliced = Slice(file, "-Y", "conn.id == 0");
        var packet = Assert.Single(CaptureReading.Of(sliced).Packets);
        Assert.Equal((0x1_0000_0002, 1500, 1), (packet.Nanoseconds, packet.OriginalLength, packet.Interface));
        Assert.Equal(
            [new CaptureInterface("unused", LinkType.Raw, 0, null), new CaptureInterface("eth0", LinkType.Ethernet, 100, "tcp") { Counts = new InterfaceCounts(null, null, null, 5, null) }],
            CaptureReading.Of(sliced).Interfaces);

        using var source = CaptureFile.Open(new MemoryStream(sliced), "-", new CaptureFileOptions { KeepsExtras = true });
        var batch = new PacketBatch();
        Assert.True(source.Read(batch));
        Assert.Equal((2u, "note"), (batch.NotesOf(0)!.Flags, batch.NotesOf(0)!.Comments[0]));
        Assert.Equal("KEY", Encoding.UTF8.GetString(((ISecretSource)source).Secrets[0].Octets.Span));
    }

    [Fact]
    public void A_filter_that_chooses_nothing_makes_a_capture_without_packets()
    {
        var frame = Ethernet(TcpPacket(EndpointOf("192.0.2.1:5000"), EndpointOf("192.0.2.2:80"), Request));
        var reading = CaptureReading.Of(Slice(Capture(frame), "-Y", "conn.id == 9"));
        Assert.Empty(reading.Packets);
        Assert.Empty(reading.Remarks);
        Assert.Single(reading.Interfaces);
    }

    [Theory]
    [InlineData("where to? -w OUT.pcapng names a file, -w - is standard output.", false, "slice", "-")]
    [InlineData("-w - writes packets, and not to a terminal: pipe it, or name a file.", true, "slice", "-", "-w", "-")]
    public void A_place_is_needed(string expected, bool isTerminal, params string[] arguments)
    {
        var (code, output, error) = Run([], isTerminal, arguments);
        Assert.Equal((2, 0, $"hwa: {expected}\n"), (code, output.Length, error));
    }

    [Fact]
    public void A_device_that_is_full_is_said_with_what_is_in_the_file()
    {
        var frame = Ethernet(TcpPacket(EndpointOf("192.0.2.1:5000"), EndpointOf("192.0.2.2:80"), Request));
        var (code, _, error) = Run(Capture(frame), false, "slice", "-", "-w", "/dev/full");
        Assert.Equal(5, code);
        Assert.StartsWith("hwa: /dev/full: cannot be written further: ", error);
        Assert.EndsWith(" It has 0 packets, whole.\n", error);
    }

    /// <summary>One segment with the request, in two fragments.</summary>
    private static (byte[] First, byte[] Second) Fragments(string source, ushort identification)
    {
        var from = EndpointOf(source);
        var to = EndpointOf("192.0.2.2:80");
        var segment = Segment(from, to, Request);
        return (
            Ethernet(Ipv4(from.Address, to.Address, TcpProtocol, segment[..24], identification, moreFragments: true)),
            Ethernet(Ipv4(from.Address, to.Address, TcpProtocol, segment[24..], identification, fragmentOffset: 24)));
    }

    private static byte[] Capture(params byte[][] frames)
    {
        var file = new PcapBytes();
        for (var i = 0; i < frames.Length; i++)
        {
            file.Packet((uint)i, 0, frames[i]);
        }

        return file.ToArray();
    }

    private static IEnumerable<byte[]> OctetsOf(byte[] file) =>
        CaptureReading.Of(file).Packets.Select(packet => Convert.FromHexString(packet.Octets));

    private static byte[] Slice(byte[] capture, params string[] arguments)
    {
        var (code, output, error) = Run(capture, false, ["slice", "-", .. arguments, "-w", "-", "-q"]);
        Assert.Equal((0, ""), (code, error));
        return output;
    }

    private static (int Code, byte[] Output, string Error) Run(byte[] capture, bool isTerminal, params string[] arguments)
    {
        using var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        var code = Hwa.Run(arguments, new Terminal
        {
            Input = new MemoryStream(capture),
            Output = output,
            Error = error,
            OutputIsTerminal = isTerminal,
        });
        return (code, output.ToArray(), error.ToString());
    }
}
