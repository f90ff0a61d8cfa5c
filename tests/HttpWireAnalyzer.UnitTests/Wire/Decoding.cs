using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;

namespace HttpWireAnalyzer.UnitTests.Wire;

/// <summary>A decoder at work on packets of a millisecond each, and the packet that most tests carry in it.</summary>
internal sealed class Decoding
{
    public static readonly Endpoint Client = EndpointOf("192.0.2.1:40000");
    public static readonly Endpoint Server = EndpointOf("198.51.100.2:80");
    public static readonly Endpoint Client6 = EndpointOf("[2001:db8::1]:40000");
    public static readonly Endpoint Server6 = EndpointOf("[2001:db8::2]:80");
    public static readonly byte[] Payload = "GET / HTTP/1.1\r\n\r\n"u8.ToArray();
    public static readonly byte[] Packet4 = TcpPacket(Client, Server, Payload);
    public static readonly byte[] Packet6 = TcpPacket(Client6, Server6, Payload);

    private readonly FrameDecoder _decoder;
    private long _packets;

    public Decoding(DecoderLimits? limits = null) =>
        _decoder = new FrameDecoder(Sink, limits ?? DecoderLimits.Default);

    public RecordingSegmentSink Sink { get; } = new();

    public DecodeCounts Counts => _decoder.Counts;

    public Decoding Take(
        byte[] octets, LinkType linkType = LinkType.Ethernet, int? originalLength = null, double? seconds = null)
    {
        var number = ++_packets;
        var time = new Timestamp((long)((seconds ?? number / 1000.0) * Timestamp.NanosecondsPerSecond));
        var record = new PacketRecord(
            new PacketRef(number, time), 0, octets.Length, originalLength ?? octets.Length, linkType, 0);
        _decoder.Decode(in record, octets);
        Assert.Equal(number, Sink.Calls);
        Assert.Equal(number, Counts.Packets);
        Assert.Equal(
            number,
            Counts.TcpSegments + Counts.IcmpErrors + Counts.NotIp + Counts.NotTcp + Counts.FragmentsHeld
            + Counts.Undecodable);
        return this;
    }

    /// <summary>The one segment of the packet, which must be the usual one.</summary>
    public static RecordedSegment UsualSegment(byte[] octets, LinkType linkType = LinkType.Ethernet)
    {
        var segment = Assert.Single(new Decoding().Take(octets, linkType).Sink.Segments);
        Assert.Equal(segment.Source.Address.IsIpv4 ? Client : Client6, segment.Source);
        Assert.Equal(segment.Source.Address.IsIpv4 ? Server : Server6, segment.Destination);
        Assert.Equal(Payload, segment.Payload);
        Assert.Equal(Payload.Length, segment.PayloadLengthOnWire);
        Assert.Equal(ChecksumVerdict.Good, segment.Checksum);
        return segment;
    }

    public static OtherPacket OtherOf(byte[] octets, LinkType linkType = LinkType.Ethernet) =>
        Assert.Single(new Decoding().Take(octets, linkType).Sink.Others).Kind;

    public static DecodeError ErrorOf(byte[] octets, LinkType linkType = LinkType.Ethernet) =>
        Assert.Single(new Decoding().Take(octets, linkType).Sink.Undecodable).Error;
}
