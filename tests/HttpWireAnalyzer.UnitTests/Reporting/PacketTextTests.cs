using HttpWireAnalyzer.Reporting.Packets;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public sealed class PacketTextTests
{
    private static readonly SegmentEnds Ends = new(EndpointOf("192.0.2.1:40000"), EndpointOf("198.51.100.2:80"));

    [Fact]
    public void A_header_that_cannot_be_read_names_its_ends_and_what_is_wrong() => Assert.Equal(
        "192.0.2.1:40000 → 198.51.100.2:80  Tcp at octet 34: length too large, at most 47, has 60",
        LineOf(new DecodeError(Layer.Tcp, DecodeErrorKind.LengthTooLarge, 34, 47, 60), Ends));

    [Fact]
    public void What_is_cut_needs_more_than_there_is() => Assert.Equal(
        "Ipv4 at octet 14: truncated, needs 20, has 6",
        LineOf(new DecodeError(Layer.Ipv4, DecodeErrorKind.Truncated, 14, 20, 6), null));

    [Fact]
    public void A_link_type_that_is_not_decoded_is_named_by_number() => Assert.Equal(
        "Link at octet 0: unknown link type 147",
        LineOf(new DecodeError(Layer.Link, DecodeErrorKind.UnknownLinkType, 0, 0, 147), null));

    private static string LineOf(DecodeError error, SegmentEnds? ends)
    {
        using var output = new StringWriter();
        new PacketText(output, TextStyle.Plain, PacketTime.Relative)
            .OnUndecodable(new UndecodablePacket(new PacketRef(1, new Timestamp(0)), error, ends));
        return output.ToString().Trim().Split("      ")[^1].Trim();
    }
}
