using System.IO.Compression;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Ip;

public sealed class CompressionTests
{
    private const byte Compression = 108;

    [Fact]
    public void A_compressed_packet_is_inflated() => UsualSegment(Compressed([4, 0, 0x63, 0xE1], Deflate(Packet4)));

    [Fact]
    public void A_compressed_segment_is_inflated() =>
        UsualSegment(Compressed([6, 0, 0, 2], Deflate(Segment(Client, Server, Payload))));

    [Fact]
    public void What_does_not_inflate_to_a_packet_is_not_tcp()
    {
        Assert.Equal(OtherPacket.NotTcp, OtherOf(Compressed([4, 0, 0, 2], [0xFF, 0xFF, 0xFF, 0xFF])));
        Assert.Equal(OtherPacket.NotTcp, OtherOf(Compressed([4, 0, 0, 2], Deflate(Payload))));
        Assert.Equal(OtherPacket.NotTcp, OtherOf(Compressed([4, 0, 0, 3], Deflate(Packet4)))); // LZS
    }

    [Fact]
    public void More_than_a_datagram_holds_is_not_inflated()
    {
        var packet = Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[10_000_000], totalLength: 0);

        var decoding = new Decoding().Take(Compressed([4, 0, 0, 2], Deflate(packet)));

        Assert.Equal(1, decoding.Counts.Undecodable);
    }

    private static byte[] Compressed(byte[] header, byte[] payload) =>
        Ethernet(Ipv4(Client.Address, Server.Address, Compression, [.. header, .. payload]));

    private static byte[] Deflate(byte[] octets)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal))
        {
            stream.Write(octets);
        }

        return deflated.ToArray();
    }
}
